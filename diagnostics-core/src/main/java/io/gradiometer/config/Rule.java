package io.gradiometer.config;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * From which severity on certain findings fail.
 *
 * @param name by which messages call it
 * @param scope what it is about
 * @param failOn from where on they fail
 */
record Rule(String name, Scope scope, FailOn failOn) {

    static final String PREFIX = Setting.PREFIX + "rule.";

    /** The one that says most comes first; of two that say as much, the stricter. */
    static final Comparator<Rule> BY_PRECEDENCE = Comparator.comparingInt((Rule rule) -> -rule.scope.weight())
            .thenComparing(Rule::failOn)
            .thenComparing(Rule::name);

    private static final List<String> KEYS = List.of("id", "test", "layer", "severity");

    /** Reads a rule whose text has no mistake. */
    static Rule parse(String name, String text) {
        Clauses clauses = Clauses.parse(text, KEYS);
        FailOn failOn = FailOn.parse(clauses.value("severity")).orElse(FailOn.ERROR);
        return new Rule(name, clauses.scope(), failOn);
    }

    static Optional<String> mistakeIn(String text, List<String> findingIds) {
        Clauses clauses = Clauses.parse(text, KEYS);
        clauses.checkId(findingIds);
        if (clauses.scope().weight() == 0) {
            clauses.mistakes().add("has no id, no test and no layer; gradiometer.failOn is for all findings");
        }
        Setting.failOnMistake(clauses.value("severity"))
                .map(mistake -> "severity: " + mistake)
                .ifPresent(clauses.mistakes()::add);
        return clauses.mistake();
    }
}
