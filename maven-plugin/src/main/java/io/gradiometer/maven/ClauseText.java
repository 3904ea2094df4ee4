package io.gradiometer.maven;

import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** Writes elements of a POM as the one line that a setting takes: {@code id=…; test=…}. */
final class ClauseText {

    private final StringJoiner clauses = new StringJoiner("; ");

    /** Adds an element; nothing where the POM does not have it. */
    ClauseText add(String key, @Nullable String value) {
        if (value != null && !value.isBlank()) {
            // Semicolons end a clause, and no command line takes both kinds of quotes.
            clauses.add(key + "="
                    + value.strip().replaceAll("\\s+", " ").replace(';', ',').replace('"', '\''));
        }
        return this;
    }

    @Override
    public String toString() {
        return clauses.toString();
    }
}
