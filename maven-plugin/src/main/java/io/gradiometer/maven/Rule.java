package io.gradiometer.maven;

import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * From which severity on findings of one kind fail the build.
 *
 * <p>Maven fills the fields, by name, from {@code <rule><id>…</id><severity>…</severity></rule>}.
 */
@API(status = API.Status.EXPERIMENTAL)
public final class Rule {

    /** Id of the findings, {@code vanishing-gradient} for instance. */
    private @Nullable String id;

    /** One of {@code error}, {@code warning}, {@code info}, {@code never}. */
    private @Nullable String severity;

    /** For Maven. */
    public Rule() {}

    Rule(@Nullable String id, @Nullable String severity) {
        this.id = id;
        this.severity = severity;
    }

    @Nullable
    String id() {
        return id;
    }

    @Nullable
    String severity() {
        return severity;
    }
}
