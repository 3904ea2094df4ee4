package io.gradiometer.finding;

import org.apiguardian.api.API;

/**
 * What trying a remedy showed.
 *
 * @param status what it did
 * @param metric that was compared; empty where nothing was tried
 * @param before without the remedy; NaN where nothing was tried
 * @param after with the remedy; NaN where nothing was tried
 */
@API(status = API.Status.EXPERIMENTAL)
public record Proof(Status status, String metric, double before, double after) {

    /** The remedy is computed, not yet tried. */
    public static final Proof NOT_TRIED = new Proof(Status.NOT_TRIED, "", Double.NaN, Double.NaN);

    /** What a remedy did when it was tried. */
    public enum Status {
        CURES,
        HELPS,
        NO_EFFECT,
        HARMS,
        UNCLEAR,
        NOT_TRIED;

        public String id() {
            return Ids.of(this);
        }
    }
}
