package io.gradiometer.maven;

import io.gradiometer.finding.Fact;
import io.gradiometer.finding.Finding;
import io.gradiometer.finding.Iterations;
import io.gradiometer.finding.Numbers;
import io.gradiometer.finding.OneLine;
import java.util.stream.Collectors;

/** Says in a build log what was found, where, on which numbers, and what to try first; the page says the rest. */
final class FindingWarning {

    private FindingWarning() {}

    /** Renders a few lines that are logged in one go, so that parallel builds do not tear them apart. */
    static String of(String runTitle, Finding finding) {
        String observed = finding.facts().stream().map(FindingWarning::fact).collect(Collectors.joining(", "));
        return "[" + OneLine.of(finding.id()) + "] " + OneLine.of(runTitle) + ": " + OneLine.of(finding.summary())
                + line("where", where(finding))
                + line("observed", observed)
                + line("because", String.join(", ", finding.because()))
                + line("try", finding.remedies().get(0).summary());
    }

    private static String where(Finding finding) {
        String layers = finding.layers().isEmpty()
                ? "the whole network"
                : (finding.layers().size() == 1 ? "layer " : "layers ")
                        + finding.layers().stream()
                                .map(name -> "'" + name + "'")
                                .collect(Collectors.joining(", "));
        Iterations seen = finding.iterations();
        String when = seen.first() == seen.last()
                ? "iteration " + seen.first()
                : "iterations " + seen.first() + " to " + seen.last();
        return layers + ", " + when + " (" + finding.severity().id() + ")";
    }

    private static String fact(Fact fact) {
        Double limit = fact.limit();
        String observed = fact.key() + " " + Numbers.format(fact.value());
        return limit == null ? observed : observed + " (limit " + Numbers.format(limit) + ")";
    }

    private static String line(String key, String value) {
        return value.isEmpty() ? "" : System.lineSeparator() + String.format("  %-11s", key) + OneLine.of(value);
    }
}
