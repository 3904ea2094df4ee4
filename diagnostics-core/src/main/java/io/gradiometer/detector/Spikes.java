package io.gradiometer.detector;

import io.gradiometer.signal.Step;
import java.util.Arrays;

/**
 * Gradients far above the median of those just before them, among what is read in every iteration.
 *
 * <p>Only what soon comes down again is a spike: gradients that stay where they jumped to are another trouble, and so are those
 * that end in numbers which are not finite.
 */
final class Spikes {

    private static final int WINDOW = 32;

    /** Above the median by so much, a gradient is counted. */
    private static final double HIGH = 10;

    private final double[] before = new double[WINDOW];
    private int taken;
    private int count;
    private Spike largest = Spike.NONE;
    private Spike open = Spike.NONE;
    private int openFor;

    /** In so many iterations a spike is over. */
    private static final int LONGEST = 3;

    /**
     * One gradient that stands out.
     *
     * @param ratio to the median before it
     * @param usual norm before it
     */
    private record Spike(double ratio, double usual, int iteration) {
        static final Spike NONE = new Spike(0, Double.NaN, 0);
    }

    void step(Step step) {
        double rms = step.watched().rms();
        if (!step.watched().allFinite() || rms == 0) {
            return;
        }
        if (taken >= WINDOW) {
            double[] sorted = before.clone();
            Arrays.sort(sorted);
            double median = sorted[WINDOW / 2];
            compare(new Spike(
                    rms / median, median * Math.sqrt((double) step.watched().length()), step.iteration()));
        }
        before[taken++ % WINDOW] = rms;
    }

    private void compare(Spike here) {
        if (here.ratio > HIGH) {
            count++;
            openFor++;
            open = here.ratio > open.ratio ? here : open;
            return;
        }
        if (openFor <= LONGEST && open.ratio > largest.ratio) {
            largest = open;
        }
        open = Spike.NONE;
        openFor = 0;
    }

    /** Tells whether there was anything to compare with. */
    boolean compared() {
        return taken > WINDOW;
    }

    /** Returns how many gradients stood out. */
    int count() {
        return count;
    }

    double largestRatio() {
        return largest.ratio;
    }

    /** Returns the usual norm before the largest of them. */
    double usual() {
        return largest.usual;
    }

    int iteration() {
        return largest.iteration;
    }
}
