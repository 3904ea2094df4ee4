package io.gradiometer.config;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apiguardian.api.API;

/** Every setting, with its default and what it accepts. Keys are the same in files, system properties and POMs. */
@API(status = API.Status.EXPERIMENTAL)
public enum Setting {
    FAIL_ON("failOn", "error", Kind.FAIL_ON),
    FAIL_IF_INCONCLUSIVE("failIfInconclusive", "false", Kind.FLAG),
    FAIL_IF_NO_DATA("failIfNoData", "false", Kind.FLAG),
    HALT_ON_FAILURE("haltOnFailure", "true", Kind.FLAG),
    IGNORE("ignore", "", Kind.IDS),
    /** Whether tests hold the findings they expect; {@code ignore} leaves those findings open and fails no test. */
    EXPECTATIONS("expectations", "enforce", Kind.EXPECTATIONS),
    /** Whether every parameter, gradient and step is read in every iteration, whatever that costs. */
    EXACT("exact", "false", Kind.FLAG),
    /** Where findings stand that were there before; relative to the folder in which a build or a test JVM works. */
    BASELINE("baseline", "gradiometer-baseline.txt", Kind.TEXT),
    /** Whether the goal {@code check} writes what it finds into that file, in place of failing. */
    BASELINE_UPDATE("baseline.update", "false", Kind.FLAG),
    OUTPUT("output", "target/gradiometer", Kind.TEXT),
    /** In which formats a build's runs are written, see {@link Format}. */
    FORMATS("formats", "html", Kind.FORMATS),
    SESSION("session", "", Kind.TEXT),
    MODULE("module", "", Kind.TEXT),
    /** Whether a build keeps the runs of earlier ones. */
    APPEND("append", "false", Kind.FLAG),
    SKIP("skip", "false", Kind.FLAG);

    /** What all keys begin with. */
    public static final String PREFIX = "gradiometer.";

    private final String shortName;
    private final String defaultValue;
    private final Kind kind;

    Setting(String shortName, String defaultValue, Kind kind) {
        this.shortName = shortName;
        this.defaultValue = defaultValue;
        this.kind = kind;
    }

    public String key() {
        return PREFIX + shortName;
    }

    public String defaultValue() {
        return defaultValue;
    }

    static Optional<Setting> of(String key) {
        return Stream.of(values()).filter(s -> s.key().equals(key)).findFirst();
    }

    /**
     * Returns what is wrong with the value, with the accepted form, or nothing.
     *
     * @param findingIds those that there are
     */
    Optional<String> mistakeIn(String value, List<String> findingIds) {
        return switch (kind) {
            case TEXT -> Optional.empty();
            case FLAG -> oneOf(value, List.of("true", "false"));
            case EXPECTATIONS -> oneOf(value, List.of("enforce", "ignore"));
            case FAIL_ON -> failOnMistake(value);
            case FORMATS -> Format.mistakeIn(ids(value).toList());
            case IDS ->
                ids(value)
                        .filter(id -> !findingIds.contains(id))
                        .map(id -> "'" + id + "' is no finding id" + Suggestion.of(id, findingIds))
                        .reduce((a, b) -> a + ", " + b);
        };
    }

    static Optional<String> failOnMistake(String value) {
        return FailOn.parse(value).isPresent()
                ? Optional.empty()
                : oneOf(value, Arrays.stream(FailOn.values()).map(FailOn::id).toList());
    }

    static Stream<String> ids(String value) {
        return Stream.of(value.split("[,\\s]+")).filter(id -> !id.isEmpty());
    }

    private static Optional<String> oneOf(String value, List<String> accepted) {
        return accepted.contains(value.trim())
                ? Optional.empty()
                : Optional.of("'" + value + "' is not one of " + String.join(", ", accepted)
                        + Suggestion.of(value, accepted));
    }

    private enum Kind {
        TEXT,
        FLAG,
        FAIL_ON,
        EXPECTATIONS,
        FORMATS,
        IDS
    }
}
