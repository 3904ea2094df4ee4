package io.gradiometer.dl4j;

import java.util.Arrays;
import org.apache.commons.math3.distribution.TDistribution;

/** By how much trainings from the same seeds became better. */
final class Effect {

    private static final double CONFIDENCE = 0.95;

    private final double[] before;
    private final double[] after;

    /**
     * @param before skills without a change, a seed each
     * @param after skills with it, of the same seeds
     */
    Effect(double[] before, double[] after) {
        this.before = before.clone();
        this.after = after.clone();
    }

    double meanBefore() {
        return mean(before);
    }

    double meanAfter() {
        return mean(after);
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElse(Double.NaN);
    }

    private double gain() {
        return meanAfter() - meanBefore();
    }

    /** Tells whether every seed became better. */
    boolean isBetterAlways() {
        return better() == before.length;
    }

    private int better() {
        int better = 0;
        for (int i = 0; i < before.length; i++) {
            better += after[i] > before[i] ? 1 : 0;
        }
        return better;
    }

    double leastGain() {
        return gain() - halfWidth();
    }

    double mostGain() {
        return gain() + halfWidth();
    }

    /** Half of Student's interval of the mean of differences. */
    private double halfWidth() {
        int seeds = before.length;
        if (seeds < 2) {
            return Double.NaN;
        }
        double squares = 0;
        for (int i = 0; i < seeds; i++) {
            double deviation = after[i] - before[i] - gain();
            squares += deviation * deviation;
        }
        double error = Math.sqrt(squares / (seeds - 1) / seeds);
        return error * new TDistribution(seeds - 1).inverseCumulativeProbability(0.5 + CONFIDENCE / 2);
    }
}
