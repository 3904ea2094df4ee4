package io.gradiometer.dl4j;

import io.gradiometer.signal.TensorStats;

/**
 * Tells from what is read in every iteration whether everything must be read now: a value that is not finite, a jump far above
 * the recent range, or gradients that have just become zero. Then the next few iterations are read, too.
 */
final class Suspicion {

    /** Ordinary minibatch noise stays within this factor of the largest of the recent values. */
    private static final double JUMP = 3;

    private static final int RECENT = 32;
    private static final int LASTS = 16;

    private final double[] losses = new double[RECENT];
    private final double[] gradients = new double[RECENT];
    private int seen;
    private int left;
    private boolean zeroBefore;
    private boolean brokenBefore;

    /** Takes what was watched in the next iteration, and tells whether it is to be read as a whole. */
    boolean isRaisedBy(double loss, TensorStats watched) {
        boolean broken = !Double.isFinite(loss) || !watched.allFinite();
        boolean zero = watched.allZero();
        double rms = watched.rms();
        boolean jumped = seen >= RECENT && (rms > JUMP * largest(gradients) || Math.abs(loss) > JUMP * largest(losses));
        boolean turned = (broken && !brokenBefore) || (zero && !zeroBefore);
        if (jumped || turned) {
            left = LASTS + 1;
        }
        losses[seen % RECENT] = Math.abs(loss);
        gradients[seen % RECENT] = rms;
        seen = seen == Integer.MAX_VALUE - RECENT ? seen % RECENT + RECENT : seen + 1;
        zeroBefore = zero;
        brokenBefore = broken;
        left = Math.max(0, left - 1);
        return left > 0;
    }

    private static double largest(double[] values) {
        double largest = 0;
        for (double value : values) {
            largest = Math.max(largest, value);
        }
        return largest;
    }
}
