package io.gradiometer.detector;

import io.gradiometer.signal.Validation;
import org.apache.commons.math3.stat.descriptive.rank.Median;

/**
 * Validation scores that the user handed in. Whether a score is good when it is high or when it is low shows in where it went
 * first, while the network certainly learned.
 */
final class Validations {

    /** What is to count as a move must be so many times the noise of the scores. */
    private static final double BEYOND_NOISE = 3;

    private final Blocks blocks = new Blocks();
    private int count;

    /**
     * How scores turned round.
     *
     * @param bestIteration at which the best one was handed in
     * @param best score
     * @param end the better one of the last two scores, for a single bad one is no turn
     * @param lostShare of the gain since the first score; 0 where gain or loss are no more than noise
     */
    record Turn(int bestIteration, double best, double end, double lostShare) {}

    void add(Validation score) {
        if (Double.isFinite(score.score())) {
            blocks.add(score.iteration(), score.score());
            count++;
        }
    }

    int count() {
        return count;
    }

    /** Returns how scores turned round; there must be three of them at least. */
    Turn turn() {
        double[] scores = blocks.means();
        double noise = BEYOND_NOISE * noise(scores);
        double sign = direction(scores, noise);
        int best = 0;
        for (int i = 1; i < scores.length; i++) {
            best = sign * scores[i] > sign * scores[best] ? i : best;
        }
        double last = sign * scores[scores.length - 1];
        double end = sign * Math.max(last, sign * scores[scores.length - 2]);
        double gained = Math.abs(scores[best] - scores[0]);
        double lost = Math.abs(scores[best] - end);
        return new Turn(
                (int) blocks.iterations()[best], scores[best], end, gained > noise && lost > noise ? lost / gained : 0);
    }

    /** Returns 1 where scores rise while the network learns, -1 where they fall. */
    private static double direction(double[] scores, double noise) {
        for (double score : scores) {
            if (Math.abs(score - scores[0]) > noise) {
                return Math.signum(score - scores[0]);
            }
        }
        return 1;
    }

    /**
     * Returns the standard deviation that scores have around their trend, robustly: of three in a row, the middle one's distance
     * from the line through the others varies by the root of 1.5 of it, and its median is 0.6745 times that.
     */
    private static double noise(double[] scores) {
        double[] bends = new double[scores.length - 2];
        for (int i = 0; i < bends.length; i++) {
            bends[i] = Math.abs(scores[i + 1] - (scores[i] + scores[i + 2]) / 2);
        }
        return new Median().evaluate(bends) / (0.6745 * Math.sqrt(1.5));
    }
}
