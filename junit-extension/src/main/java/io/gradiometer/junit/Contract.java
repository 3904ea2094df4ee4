package io.gradiometer.junit;

import io.gradiometer.finding.Verdict;
import java.util.stream.Collectors;

/** How a contract is held, without any assertion library. */
final class Contract {

    private Contract() {}

    static void require(boolean kept, String otherwise) {
        if (!kept) {
            throw new AssertionError(otherwise);
        }
    }

    static void requireEqual(Object expected, Object actual, String otherwise) {
        require(expected.equals(actual), otherwise + ": " + expected + " and " + actual);
    }

    /** Returns a verdict without its numbers, which change with their units. */
    static String outline(Verdict verdict) {
        return verdict.fold(
                clear -> "clear",
                found -> found.findings().stream()
                        .map(finding -> finding.id() + " as " + finding.severity() + " in " + finding.layers())
                        .collect(Collectors.joining(", ", "found ", "")),
                unknown -> "inconclusive",
                notApplicable -> "not applicable");
    }
}
