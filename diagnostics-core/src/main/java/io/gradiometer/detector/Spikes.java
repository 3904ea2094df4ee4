package io.gradiometer.detector;

import io.gradiometer.signal.Step;
import java.util.Arrays;

/** Gradients far above the median of those just before them, among what is read in every iteration. */
final class Spikes {

    private static final int WINDOW = 32;

    /** Above the median by so much, a gradient is counted. */
    private static final double HIGH = 10;

    private final double[] before = new double[WINDOW];
    private int taken;
    private int count;
    private double largestRatio;
    private double usual = Double.NaN;
    private int iteration;

    void step(Step step) {
        double rms = step.watched().rms();
        if (!step.watched().isRead() || !step.watched().allFinite() || rms == 0) {
            return;
        }
        if (taken >= WINDOW) {
            double[] sorted = before.clone();
            Arrays.sort(sorted);
            double median = sorted[WINDOW / 2];
            double ratio = rms / median;
            count += ratio > HIGH ? 1 : 0;
            if (ratio > largestRatio) {
                largestRatio = ratio;
                usual = median * Math.sqrt(step.watched().length());
                iteration = step.iteration();
            }
        }
        before[taken++ % WINDOW] = rms;
    }

    /** Returns how many gradients stood out. */
    int count() {
        return count;
    }

    double largestRatio() {
        return largestRatio;
    }

    /** Returns the usual norm before the largest of them. */
    double usual() {
        return usual;
    }

    int iteration() {
        return iteration;
    }
}
