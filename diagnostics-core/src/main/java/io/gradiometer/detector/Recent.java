package io.gradiometer.detector;

/**
 * The last values before a series breaks off, exactly: an explosion late in a long run is over within a few iterations, which
 * block means would blur.
 */
final class Recent {

    private static final int SIZE = 64;

    private final double[] iterations = new double[SIZE];
    private final double[] values = new double[SIZE];
    private int added;
    private boolean broken;

    /** Takes the logarithm of a size; a size of 0 is left out, and the first one that is not finite ends the series. */
    void add(int iteration, double value) {
        boolean zero = value == Double.NEGATIVE_INFINITY;
        broken |= !zero && !Double.isFinite(value);
        if (!broken && !zero) {
            iterations[added % SIZE] = iteration;
            values[added % SIZE] = value;
            added++;
        }
    }

    Growth growth() {
        int n = Math.min(added, SIZE);
        double[] x = new double[n];
        double[] y = new double[n];
        for (int i = 0; i < n; i++) {
            int slot = (added - n + i) % SIZE;
            x[i] = iterations[slot];
            y[i] = values[slot];
        }
        return Growth.in(x, y, broken);
    }
}
