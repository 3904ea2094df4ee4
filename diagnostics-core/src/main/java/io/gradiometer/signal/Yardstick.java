package io.gradiometer.signal;

import org.apiguardian.api.API;

/**
 * What simple models learn from examples that the network was trained on, judged on examples held out from them: a network that
 * ends far below is ill, whatever its loss.
 *
 * @param rows distinct examples that were kept
 * @param linear skill of a linear model; NaN where it cannot be told
 * @param flexible skill of a linear model on random rectified features; NaN where it cannot be told
 * @param examplesPerRow how often each distinct example was seen; NaN where not all of them were kept
 * @param contradictory whether equal inputs came with clearly different labels
 */
@API(status = API.Status.EXPERIMENTAL)
public record Yardstick(long rows, double linear, double flexible, double examplesPerRow, boolean contradictory) {

    /** Where nothing is known. */
    public static final Yardstick UNKNOWN = new Yardstick(0, Double.NaN, Double.NaN, Double.NaN, false);

    public boolean isKnown() {
        return !Double.isNaN(best());
    }

    /** Returns the better of the two skills; NaN if neither is known. */
    public double best() {
        return Double.isNaN(linear) ? flexible : Double.isNaN(flexible) ? linear : Math.max(linear, flexible);
    }
}
