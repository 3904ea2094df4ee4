package io.gradiometer.dl4j;

import java.util.Arrays;
import org.apache.commons.math3.stat.descriptive.rank.Percentile;

/**
 * How long a gradient may be, given those before it. Keeps what it has seen: one rule for one training.
 *
 * <p>Asked once for each step, in order, with a norm that is finite.
 */
sealed interface ClippingRule {

    /** Returns the length to which the gradient is cut, itself where it stays as it is. */
    double allow(double norm);

    /** The same limit for every step (Pascanu et al. 2013). */
    record Fixed(double largest) implements ClippingRule {
        @Override
        public double allow(double norm) {
            return Math.min(norm, largest);
        }
    }

    /**
     * Cuts what lies further above the mean of the last steps than chance takes it (Kumar et al. 2025, "ZClip"): a length that is z deviations
     * above is cut to limit²/z of them, the further the more. What is cut counts for later steps as it was cut.
     */
    final class ZScore implements ClippingRule {

        /** As published: how much of mean and variance stays from step to step, and when both are first known. */
        private static final double STAYS = 0.97;

        private static final int WARM_UP = 25;

        private final double limit;
        private int steps;
        private double mean;
        private double variance;

        ZScore(double limit) {
            this.limit = limit;
        }

        @Override
        public double allow(double norm) {
            double allowed = norm;
            double deviation = Math.sqrt(variance);
            if (steps >= WARM_UP && norm > mean + limit * deviation) {
                double z = (norm - mean) / deviation;
                allowed = deviation > 0 ? mean + limit * limit / z * deviation : mean;
            }
            learn(allowed);
            return allowed;
        }

        /** Welford's sums until the warm-up is over, and a forgetting mean after that. */
        private void learn(double norm) {
            steps++;
            double before = norm - mean;
            if (steps <= WARM_UP) {
                mean += before / steps;
                variance += (before * (norm - mean) - variance) / steps;
            } else {
                mean += (1 - STAYS) * before;
                variance = STAYS * variance + (1 - STAYS) * (norm - mean) * (norm - mean);
            }
        }
    }

    /** Cuts to a percentile of the last lengths (Seetharaman et al. 2020, "AutoClip"), which there are all since the beginning. */
    final class OfPercentile implements ClippingRule {

        private static final int REMEMBERED = 1000;
        private static final int WARM_UP = 10;

        private final double percent;
        private final double[] norms = new double[REMEMBERED];
        private int steps;

        OfPercentile(double percent) {
            this.percent = percent;
        }

        @Override
        public double allow(double norm) {
            norms[steps % REMEMBERED] = norm;
            steps++;
            double[] known = Arrays.copyOf(norms, Math.min(steps, REMEMBERED));
            return steps <= WARM_UP ? norm : Math.min(norm, new Percentile().evaluate(known, percent));
        }
    }
}
