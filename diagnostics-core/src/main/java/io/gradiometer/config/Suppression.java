package io.gradiometer.config;

import io.gradiometer.finding.RunInfo;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;

/**
 * Findings that are known and do not count for a while.
 *
 * @param name by which messages call it
 * @param scope what it is about
 * @param until the last day on which it holds, by UTC
 * @param reason why
 */
record Suppression(String name, Scope scope, LocalDate until, String reason) {

    static final String PREFIX = Setting.PREFIX + "suppress.";

    private static final List<String> KEYS = List.of("id", "test", "layer", "until", "reason");

    /** Reads a suppression whose text has no mistake. */
    static Suppression parse(String name, String text) {
        Clauses clauses = Clauses.parse(text, KEYS);
        LocalDate until = date(clauses.value("until")).orElse(LocalDate.MIN);
        return new Suppression(name, clauses.scope(), until, clauses.value("reason"));
    }

    static Optional<String> mistakeIn(String text, List<String> findingIds) {
        Clauses clauses = Clauses.parse(text, KEYS);
        clauses.checkId(findingIds);
        if (clauses.value("id").isEmpty()) {
            clauses.mistakes().add("has no id; it takes the id of the findings that are known");
        }
        if (clauses.value("reason").isEmpty()) {
            clauses.mistakes().add("has no reason; say why these findings may stay");
        }
        if (date(clauses.value("until")).isEmpty()) {
            clauses.mistakes().add("until='" + clauses.value("until") + "' is no day; written is until=2027-01-31");
        }
        return clauses.mistake();
    }

    private static Optional<LocalDate> date(String text) {
        try {
            return Optional.of(LocalDate.parse(text));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    /** Tells by the day of the run, not by a clock: test, page and gate then agree, whenever each of them looks. */
    boolean holdsFor(RunInfo run) {
        return !run.started().atZone(ZoneOffset.UTC).toLocalDate().isAfter(until);
    }
}
