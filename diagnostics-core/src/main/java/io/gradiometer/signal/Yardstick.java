package io.gradiometer.signal;

import org.apiguardian.api.API;

/**
 * What simple models learn from the examples that a network was trained on: a judge that needs no reference network.
 *
 * <p>Skills are 1 − loss / loss of the best constant, on rows held out from the model: 0 for a model that knows no more than
 * the shares of the labels, 1 for one that knows everything. Both are lower bounds of what can be learned: of sequences the
 * models know two steps, of wide inputs means over neighbours.
 *
 * @param rows distinct rows that were kept
 * @param linear skill of a ridge regression on the inputs; NaN where it cannot be told
 * @param flexible skill of a ridge regression on random rectified features of the inputs; NaN where it cannot be told
 * @param examplesPerRow how often training has seen each distinct example by now; NaN unless all distinct ones are known
 * @param contradictory whether equal inputs came with clearly different labels; natural where inputs take few values
 */
@API(status = API.Status.EXPERIMENTAL)
public record Yardstick(long rows, double linear, double flexible, double examplesPerRow, boolean contradictory) {

    /** Of examples that were not, or could not be, kept. */
    public static final Yardstick UNKNOWN = new Yardstick(0, Double.NaN, Double.NaN, Double.NaN, false);

    /** Tells whether there is a skill to compare with. */
    public boolean isKnown() {
        return !Double.isNaN(best());
    }

    /** Returns the larger of the skills, NaN where they cannot be told. */
    public double best() {
        return Math.max(linear, flexible);
    }
}
