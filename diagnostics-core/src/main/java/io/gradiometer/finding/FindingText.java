package io.gradiometer.finding;

import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.apiguardian.api.API;

/**
 * Renders findings for a console: what, observed against limit, why, what to try, where to read on. What is one {@link Disease} is
 * one block, for five symptoms of one cause would otherwise be five alarms.
 */
@API(status = API.Status.EXPERIMENTAL)
public final class FindingText {

    private static final String CONTINUED = System.lineSeparator() + "             ";

    private FindingText() {}

    /** Renders the findings of one network, a block for each disease, without a final line break. */
    public static String render(Collection<Finding> findings, long seed) {
        return Disease.of(findings).stream()
                .map(disease -> render(disease.head(), disease.others(), seed))
                .collect(Collectors.joining(System.lineSeparator()));
    }

    /** Renders the finding as an indented block without a final line break. */
    public static String render(Finding finding, long seed) {
        return render(finding, List.of(), seed);
    }

    private static String render(Finding finding, List<Finding> others, long seed) {
        StringBuilder text = new StringBuilder();
        text.append('[').append(finding.id()).append("] ").append(OneLine.of(finding.summary()));
        line(text, "observed", observed(finding));
        line(text, "because", String.join(", ", finding.because()));
        line(text, "why", finding.evidence().stream().map(OneLine::of).collect(Collectors.joining(CONTINUED)));
        line(
                text,
                "try",
                finding.remedies().stream()
                        .map(r -> OneLine.of(r.summary()))
                        .collect(Collectors.joining("," + CONTINUED + "or ")));
        line(
                text,
                "also",
                others.stream()
                        .map(other -> "[" + other.id() + "] " + OneLine.of(other.summary()))
                        .collect(Collectors.joining(CONTINUED)));
        line(text, "more", page(finding.id()) + "rerun with seed " + seed);
        return text.toString();
    }

    /** Custom detectors have no page of ours. */
    private static String page(String id) {
        return FindingIds.all().contains(id) ? "docs/detectors/" + id + ".md      " : "";
    }

    private static String observed(Finding finding) {
        String iterations = "iterations " + finding.iterations().first() + " to "
                + finding.iterations().last();
        String facts = finding.facts().stream().map(FindingText::fact).collect(Collectors.joining("," + CONTINUED));
        return facts.isEmpty() ? iterations : facts + "," + CONTINUED + iterations;
    }

    private static String fact(Fact fact) {
        Double limit = fact.limit();
        String value = OneLine.of(fact.key()) + " " + Numbers.format(fact.value());
        return limit == null ? value : value + " (limit " + Numbers.format(limit) + ")";
    }

    private static void line(StringBuilder text, String key, String value) {
        if (!value.isEmpty()) {
            text.append(System.lineSeparator())
                    .append("  ")
                    .append(String.format("%-11s", key))
                    .append(value);
        }
    }
}
