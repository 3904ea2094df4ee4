package io.gradiometer.maven;

import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * Findings that are known and do not count for a while.
 *
 * <p>Maven fills the fields, by name, from {@code <suppression><id>…</id>…</suppression>}.
 */
@API(status = API.Status.EXPERIMENTAL)
public final class Suppression {

    /** Id of the findings, {@code vanishing-gradient} for instance. */
    private @Nullable String id;

    /** Pattern of the test, {@code FraudModelTest.*} for instance; none for all. */
    private @Nullable String test;

    /** Pattern of the layer; none for all. */
    private @Nullable String layer;

    /** The last day on which it holds, {@code 2027-01-31} for instance. */
    private @Nullable String until;

    /** Why these findings may stay. */
    private @Nullable String reason;

    /** For Maven. */
    public Suppression() {}

    Suppression(
            @Nullable String id,
            @Nullable String test,
            @Nullable String layer,
            @Nullable String until,
            @Nullable String reason) {
        this.id = id;
        this.test = test;
        this.layer = layer;
        this.until = until;
        this.reason = reason;
    }

    String text() {
        return new ClauseText()
                .add("id", id)
                .add("test", test)
                .add("layer", layer)
                .add("until", until)
                .add("reason", reason)
                .toString();
    }
}
