package io.gradiometer.detector;

import io.gradiometer.finding.Numbers;
import io.gradiometer.signal.Step;
import java.util.Arrays;
import org.apache.commons.math3.stat.descriptive.moment.Mean;
import org.apache.commons.math3.stat.descriptive.rank.Percentile;

/**
 * How training is turning out, which decides whether an odd number matters.
 *
 * <p>Judged by skill (0 knows no more than a constant prediction, 1 knows all) where the labels tell it, else by how much of
 * its first value the loss has lost.
 */
final class Outcome {

    /** Below this a network knows no more than a constant, allowing for minibatch noise. */
    static final double NOTHING = 0.05;

    private final Blocks losses = new Blocks();
    private double constantLoss = Double.NaN;
    private int steps;
    private boolean lastFinite;

    void step(Step step) {
        steps++;
        lastFinite = Double.isFinite(step.loss());
        losses.add(step.iteration(), step.loss());
        if (Double.isFinite(step.constantLoss())) {
            constantLoss = step.constantLoss();
        }
    }

    /** Returns what the best constant prediction costs on all labels that were seen; NaN where that is not known. */
    double constantLoss() {
        return constantLoss;
    }

    int steps() {
        return steps;
    }

    boolean endsFinite() {
        return lastFinite;
    }

    /** Tells whether skill can be told, or only progress. */
    boolean knowsSkill() {
        return Double.isFinite(constantLoss) && constantLoss != 0;
    }

    /** Returns what training achieved at its end; NaN where not even the loss is known. */
    double end() {
        double[] achieved = achieved();
        if (achieved.length == 0 || !lastFinite) {
            return Double.NaN;
        }
        // The last twenty values, or the last tenth: one noisy batch at the very end decides nothing.
        int tail = Math.max(Math.max(1, Math.min(achieved.length / 2, 20)), achieved.length / 10);
        double[] last = Arrays.copyOfRange(achieved, achieved.length - tail, achieved.length);
        return new Mean().evaluate(last);
    }

    /** Returns what was achieved, block by block over the run. */
    double[] course() {
        return achieved();
    }

    /** Returns the iterations at which those blocks begin. */
    double[] iterations() {
        return losses.iterations();
    }

    private double[] achieved() {
        double[] means = losses.means();
        return Arrays.stream(means).map(mean -> achieved(mean, means[0])).toArray();
    }

    private double achieved(double loss, double first) {
        if (knowsSkill()) {
            return Step.skill(loss, constantLoss);
        }
        return first > 0 ? 1 - loss / first : Double.NaN;
    }

    /** Tells whether the network ends knowing nothing; not where it cannot be told. */
    boolean learnedNothing() {
        return !lastFinite || end() < NOTHING;
    }

    /**
     * Tells whether the network lost more than a fifth of what there is to know after having known it.
     *
     * <p>Compares the end with the best earlier stretch of the same length, both of ten values or more, and only where their
     * middle halves lie apart: the luckiest of many small batches is no yardstick.
     */
    boolean fell() {
        double[] achieved = achieved();
        int window = Math.max(10, achieved.length / 10);
        if (achieved.length < 2 * window) {
            return false;
        }
        double[] end = Arrays.copyOfRange(achieved, achieved.length - window, achieved.length);
        for (int from = 0; from + 2 * window <= achieved.length; from += window) {
            double[] before = Arrays.copyOfRange(achieved, from, from + window);
            boolean lost = quantile(before, 50) - quantile(end, 50) > 0.2;
            if (lost && quantile(end, 75) < quantile(before, 25)) {
                return true;
            }
        }
        return false;
    }

    private static double quantile(double[] values, double percent) {
        return new Percentile().evaluate(values, percent);
    }

    /** Says it in words, with the number. */
    String words() {
        double end = end();
        if (!lastFinite) {
            return "the loss is not finite at the end";
        } else if (Double.isNaN(end)) {
            return "whether it learned cannot be told from its loss";
        }
        return (knowsSkill() ? "skill " : "share of the first loss gone ") + Numbers.format(end) + " at the end";
    }
}
