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

    /** Takes a value; the first one that is not finite ends the series, and what came before stays. */
    void add(int iteration, double value) {
        broken |= !Double.isFinite(value);
        if (!broken) {
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
