package io.gradiometer.detector;

import io.gradiometer.finding.Numbers;
import io.gradiometer.signal.Step;

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
    private boolean lastFinite = true;

    void step(Step step) {
        steps++;
        lastFinite = Double.isFinite(step.loss());
        losses.add(step.iteration(), step.loss());
        if (Double.isFinite(step.constantLoss())) {
            constantLoss = step.constantLoss();
        }
    }

    int steps() {
        return steps;
    }

    boolean endsFinite() {
        return lastFinite;
    }

    /** Tells whether skill can be told, or only progress. */
    boolean knowsSkill() {
        return constantLoss > 0;
    }

    /** Returns what training achieved at its end; NaN where not even the loss is known. */
    double end() {
        double[] means = losses.means();
        if (means.length == 0 || !lastFinite) {
            return Double.NaN;
        }
        // The last tenth: one noisy batch at the very end decides nothing in a long run.
        int tail = Math.max(1, means.length / 10);
        double sum = 0;
        for (int i = means.length - tail; i < means.length; i++) {
            sum += means[i];
        }
        return achieved(sum / tail, means[0]);
    }

    /** Returns the same for the first block. */
    double start() {
        double[] means = losses.means();
        return means.length == 0 ? Double.NaN : achieved(means[0], means[0]);
    }

    /** Returns the same for the best block. */
    double best() {
        double[] means = losses.means();
        double best = Double.NaN;
        for (double mean : means) {
            double achieved = achieved(mean, means[0]);
            best = Double.isNaN(best) ? achieved : Math.max(best, achieved);
        }
        return best;
    }

    private double achieved(double loss, double first) {
        if (knowsSkill()) {
            return 1 - loss / constantLoss;
        }
        return first > 0 ? 1 - loss / first : Double.NaN;
    }

    /** Tells whether the network ends knowing nothing, or cannot be told to know anything. */
    boolean learnedNothing() {
        double end = end();
        return Double.isNaN(end) || end < NOTHING;
    }

    /** Tells whether the network lost more than a fifth of what there is to know after having known it. */
    boolean fell() {
        return best() - end() > 0.2;
    }

    /** Says it in words, with the number. */
    String words() {
        String what = knowsSkill() ? "skill" : "share of the first loss gone";
        double end = end();
        return Double.isNaN(end)
                ? "the loss is not finite at the end"
                : what + " " + Numbers.format(end) + " at the end";
    }
}
