package io.gradiometer.dl4j;

import io.gradiometer.finding.Fact;
import io.gradiometer.finding.Numbers;
import io.gradiometer.finding.OneLine;
import java.util.List;
import java.util.stream.Collectors;
import org.apiguardian.api.API;

/**
 * What came out of one of the {@link ModelChecks}.
 *
 * @param check its name, for instance {@code canOverfitOneBatch}
 * @param passed whether the claim holds
 * @param summary what was seen, and where, in one sentence
 * @param facts the numbers behind it
 * @param advice what to try, the likeliest first; empty where the claim holds
 */
@API(status = API.Status.EXPERIMENTAL)
public record CheckResult(String check, boolean passed, String summary, List<Fact> facts, List<String> advice) {

    private static final String CONTINUED = System.lineSeparator() + "             ";

    public CheckResult {
        facts = List.copyOf(facts);
        advice = List.copyOf(advice);
        if (!passed && advice.isEmpty()) {
            throw new IllegalArgumentException("a check that failed without a word on what to try");
        }
    }

    static CheckResult passed(String check, String summary, List<Fact> facts) {
        return new CheckResult(check, true, summary, facts, List.of());
    }

    static CheckResult failed(String check, String summary, List<Fact> facts, List<String> advice) {
        return new CheckResult(check, false, summary, facts, advice);
    }

    /** Renders it for a console as an indented block without a final line break. */
    public String text() {
        String observed = facts.stream().map(CheckResult::text).collect(Collectors.joining("," + CONTINUED));
        String tries = advice.stream().map(OneLine::of).collect(Collectors.joining("," + CONTINUED + "or "));
        return "[" + check + "] " + OneLine.of(summary) + line("observed", observed) + line("try", tries);
    }

    private static String text(Fact fact) {
        Double limit = fact.limit();
        String value = OneLine.of(fact.key()) + " " + Numbers.format(fact.value());
        return limit == null ? value : value + " (limit " + Numbers.format(limit) + ")";
    }

    private static String line(String key, String value) {
        return value.isEmpty() ? "" : System.lineSeparator() + "  " + String.format("%-11s", key) + value;
    }
}
