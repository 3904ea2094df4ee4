package io.gradiometer.detector;

import io.gradiometer.signal.ActivationStats;

/** What a layer of ten units gave for a batch of 32, said in one word. */
final class Outputs {

    static final int UNITS = 10;

    private Outputs() {}

    /** Values of which this share lies where the activation is flat; every unit has been active. */
    static ActivationStats flat(double share) {
        return new ActivationStats(32, 0.5, 1, 0.5, share, UNITS, 0, 32, 0);
    }

    /** Units of which so many have not been active for so many rows. */
    static ActivationStats silent(int units, long rows) {
        return new ActivationStats(32, 0.5, 1, 0.5, 0.5, UNITS, units, rows, 0);
    }

    /** Values that differ from row to row by this much. */
    static ActivationStats spread(double spread) {
        return new ActivationStats(32, 0.5, 1, spread, Double.NaN, UNITS, -1, 0, 0);
    }
}
