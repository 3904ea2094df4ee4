package io.gradiometer.detector;

import io.gradiometer.signal.Step;
import org.apache.commons.math3.stat.descriptive.rank.Median;

/**
 * Which share of the score is penalty on the weights.
 *
 * <p>The loss is one per example. So is the score, unless the network is configured not to divide by the batch: then it is as many
 * times larger as there are examples, in every single step. A penalty that strong would soon have shrunk the weights.
 */
final class Penalty {

    private final Blocks ofMeans = new Blocks();
    private final Blocks ofSums = new Blocks();
    private boolean sums = true;

    void step(Step step) {
        double sum = step.examples() * step.loss();
        // Single precision rounds both.
        sums &= !(step.score() < sum - 1e-5 * Math.abs(sum));
        ofMeans.add(step.iteration(), (step.score() - step.loss()) / step.score());
        ofSums.add(step.iteration(), (step.score() - sum) / step.score());
    }

    /** Returns the share at the median; NaN where the score holds no penalty. */
    double share() {
        double[] shares = (sums ? ofSums : ofMeans).means();
        double median = shares.length == 0 ? Double.NaN : new Median().evaluate(shares);
        return median > 0 && median < 1 ? median : Double.NaN;
    }
}
