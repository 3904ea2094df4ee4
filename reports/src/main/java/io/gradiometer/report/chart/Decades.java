package io.gradiometer.report.chart;

/**
 * Whole powers of ten around some values.
 *
 * @param low exponent of the lower end
 * @param high exponent of the upper end, above the lower one
 */
record Decades(int low, int high) {

    /** Returns the decades around these logarithms, {@code 0.1 … 1} if there are none. */
    static Decades around(double lowest, double highest) {
        if (lowest > highest) {
            return new Decades(-1, 0);
        }
        int low = (int) Math.floor(lowest);
        return new Decades(low, Math.max(low + 1, (int) Math.ceil(highest)));
    }

    /** Returns the decades that hold these and others. */
    Decades and(Decades other) {
        return new Decades(Math.min(low, other.low), Math.max(high, other.high));
    }

    int count() {
        return high - low;
    }

    /** Returns every how many decades a label fits, if about eight fit in all. */
    int labelEvery() {
        for (int unit : new int[] {1, 2, 5, 10, 20, 50}) {
            if (count() <= 8 * unit) {
                return unit;
            }
        }
        return 100;
    }
}
