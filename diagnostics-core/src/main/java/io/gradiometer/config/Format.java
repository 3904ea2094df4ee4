package io.gradiometer.config;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.apiguardian.api.API;

/** What the runs of a build can be written as, beside what each run writes of itself. */
@API(status = API.Status.EXPERIMENTAL)
public enum Format {
    /** Pages for people. */
    HTML,
    /** All diagnoses in one file. */
    JSON,
    /** For code scanning. */
    SARIF,
    /** For whatever shows the results of tests. */
    JUNIT,
    /** For a pull request or the summary of a step. */
    MARKDOWN,
    /** Annotations by GitHub's workflow commands. */
    GITHUB,
    /** Tables of the runs and of what was measured in each. */
    CSV;

    /** Returns the name that users write, {@code sarif} for instance. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Format> of(String id) {
        return Stream.of(values()).filter(format -> format.id().equals(id)).findFirst();
    }

    /** Returns what is wrong with a list of names, or nothing. */
    static Optional<String> mistakeIn(List<String> names) {
        List<String> known = Stream.of(values()).map(Format::id).toList();
        if (names.isEmpty()) {
            return Optional.of("names no format: it takes one or more of " + String.join(", ", known));
        }
        return names.stream()
                .filter(name -> of(name).isEmpty())
                .map(name -> "'" + name + "' is not one of " + String.join(", ", known) + Suggestion.of(name, known))
                .reduce((a, b) -> a + ", " + b);
    }
}
