package io.gradiometer.detector;

import java.util.Arrays;

/**
 * A series of any length in bounded memory: each block holds the mean of as many values as its neighbours, and when all
 * blocks are full, pairs are merged. Short series are kept exactly.
 *
 * <p>Values that are not finite are counted and left out of the means.
 */
final class Blocks {

    /** Even, so that pairs merge; enough for 20 block means at any length. */
    static final int MOST = 128;

    private final double[] sums = new double[MOST];
    private final int[] counts = new int[MOST];
    private final int[] firsts = new int[MOST];
    private int used;
    private int valuesPerBlock = 1;
    private int inLast;

    /** Takes the value of an iteration. */
    void add(int iteration, double value) {
        if (used == 0 || inLast == valuesPerBlock) {
            if (used == MOST) {
                merge();
            }
            // After merging, the last block may have room again.
            if (used == 0 || inLast == valuesPerBlock) {
                firsts[used] = iteration;
                sums[used] = 0;
                counts[used] = 0;
                used++;
                inLast = 0;
            }
        }
        inLast++;
        if (Double.isFinite(value)) {
            sums[used - 1] += value;
            counts[used - 1]++;
        }
    }

    private void merge() {
        for (int i = 0; i < MOST / 2; i++) {
            sums[i] = sums[2 * i] + sums[2 * i + 1];
            counts[i] = counts[2 * i] + counts[2 * i + 1];
            firsts[i] = firsts[2 * i];
        }
        used = MOST / 2;
        valuesPerBlock *= 2;
        inLast = valuesPerBlock;
    }

    /** Returns the means of the blocks that have any finite value, in order. */
    double[] means() {
        double[] means = new double[used];
        int n = 0;
        for (int i = 0; i < used; i++) {
            if (counts[i] > 0) {
                means[n++] = sums[i] / counts[i];
            }
        }
        return Arrays.copyOf(means, n);
    }

    /** Returns the iterations at which the blocks of {@link #means()} begin. */
    double[] iterations() {
        double[] iterations = new double[used];
        int n = 0;
        for (int i = 0; i < used; i++) {
            if (counts[i] > 0) {
                iterations[n++] = firsts[i];
            }
        }
        return Arrays.copyOf(iterations, n);
    }

    int finiteBlocks() {
        int n = 0;
        for (int i = 0; i < used; i++) {
            n += counts[i] > 0 ? 1 : 0;
        }
        return n;
    }
}
