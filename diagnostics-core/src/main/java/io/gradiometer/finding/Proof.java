package io.gradiometer.finding;

import org.apiguardian.api.API;

/**
 * What trying a remedy showed.
 *
 * @param status what it did
 * @param metric that was compared; empty where nothing was tried
 * @param before without the remedy; NaN where nothing was tried
 * @param after with the remedy; NaN where nothing was tried
 * @param leastGain that chance leaves possible, at a confidence of 95 %; NaN where too little was tried
 * @param mostGain likewise
 * @param note what must be said of it in one sentence: why nothing was tried, or what did as well; may be empty
 */
@API(status = API.Status.EXPERIMENTAL)
public record Proof(
        Status status, String metric, double before, double after, double leastGain, double mostGain, String note) {

    /** The remedy is computed, not yet tried. */
    public static final Proof NOT_TRIED = notTried("");

    /** A proof without an interval. */
    public Proof(Status status, String metric, double before, double after) {
        this(status, metric, before, after, Double.NaN, Double.NaN, "");
    }

    /** Says why a remedy was not tried. */
    public static Proof notTried(String why) {
        return new Proof(Status.NOT_TRIED, "", Double.NaN, Double.NaN, Double.NaN, Double.NaN, why);
    }

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
