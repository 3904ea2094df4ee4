package io.gradiometer.maven;

import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * From which severity on certain findings fail the build.
 *
 * <p>Maven fills the fields, by name, from {@code <rule><id>…</id><severity>…</severity></rule>}.
 */
@API(status = API.Status.EXPERIMENTAL)
public final class Rule {

    /** Id of the findings, {@code vanishing-gradient} for instance; none for all. */
    private @Nullable String id;

    /** Pattern of the test, {@code FraudModelTest.*} for instance; none for all. */
    private @Nullable String test;

    /** Pattern of the layer; none for all. */
    private @Nullable String layer;

    /** One of {@code error}, {@code warning}, {@code info}, {@code never}. */
    private @Nullable String severity;

    /** For Maven. */
    public Rule() {}

    Rule(@Nullable String id, @Nullable String severity) {
        this(id, null, null, severity);
    }

    Rule(@Nullable String id, @Nullable String test, @Nullable String layer, @Nullable String severity) {
        this.id = id;
        this.test = test;
        this.layer = layer;
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

    /** Tells whether it is about findings of one kind wherever they are. */
    boolean isForIdAlone() {
        return isBlank(test) && isBlank(layer);
    }

    private static boolean isBlank(@Nullable String text) {
        return text == null || text.isBlank();
    }

    String text() {
        return new ClauseText()
                .add("id", id)
                .add("test", test)
                .add("layer", layer)
                .add("severity", severity)
                .toString();
    }
}
