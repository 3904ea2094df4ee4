package io.gradiometer.dl4j;

import java.util.function.Supplier;
import org.apiguardian.api.API;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.BooleanIndexing;
import org.nd4j.linalg.indexing.conditions.Conditions;

/**
 * Clips the gradient of a network as a whole, which Deeplearning4j cannot: its own clipping takes each layer or parameter by itself.
 *
 * <pre>{@code
 * network.addListeners(GradientClipping.byGlobalNorm(1.0));
 * }</pre>
 *
 * <p>Works on every {@code MultiLayerNetwork} and {@code ComputationGraph}, with every updater: the gradient is cut in place between
 * back-propagation and the updater, which then does its own clipping, if it has any. Lengths are those of the mean gradient over the
 * minibatch, as in the updater. Frozen layers and the running statistics of batch normalisation are left alone, and so is a gradient
 * that is not finite: no clipping mends that, and hiding it would not help.
 *
 * <p>This changes training; it is no part of observing. A listener that is added before it sees the gradient uncut. One listener for one
 * network; it begins anew where it meets another one. Not for line searches, which compare gradients that belong together.
 */
@API(status = API.Status.EXPERIMENTAL)
public final class GradientClipping extends BaseTrainingListener {

    private final String words;
    private final @Nullable Supplier<ClippingRule> rules;
    private final double largestElement;
    private final TensorReader reader = new TensorReader();
    private final GradientRanges.OfOneNetwork ranges = new GradientRanges.OfOneNetwork();
    private @Nullable ClippingRule rule;
    private long steps;
    private long cut;

    private GradientClipping(String words, @Nullable Supplier<ClippingRule> rules, double largestElement) {
        this.words = words;
        this.rules = rules;
        this.largestElement = largestElement;
    }

    /** Scales the gradient so that its length over all layers is at most {@code largest}. */
    public static GradientClipping byGlobalNorm(double largest) {
        requirePositive("the largest norm", largest);
        return new GradientClipping(
                "global norm at most " + largest, () -> new ClippingRule.Fixed(largest), Double.POSITIVE_INFINITY);
    }

    /**
     * Scales a gradient that is longer than chance would have it: by more than {@code limit} standard deviations above the mean of the
     * last steps, both of them forgetting by 3 % a step. Begins after 25 steps. 2.5 is customary.
     */
    public static GradientClipping byZScore(double limit) {
        requirePositive("the limit of the z-score", limit);
        return new GradientClipping(
                "z-score at most " + limit, () -> new ClippingRule.ZScore(limit), Double.POSITIVE_INFINITY);
    }

    /**
     * Scales the gradient to a percentile of the lengths of the last 1000 steps. Begins after 10 steps. 90 leaves most steps as they
     * are; the 10 of its authors makes nearly all of them equally long.
     */
    public static GradientClipping byPercentile(double percent) {
        if (!(percent > 0 && percent < 100)) {
            throw new IllegalArgumentException("a percentile lies between 0 and 100, not at " + percent);
        }
        return new GradientClipping(
                "percentile " + percent, () -> new ClippingRule.OfPercentile(percent), Double.POSITIVE_INFINITY);
    }

    /** Sets every element of the gradient whose magnitude is above {@code largest} to zero. */
    public static GradientClipping truncating(double largest) {
        requirePositive("the largest element", largest);
        return new GradientClipping("elements above " + largest + " set to 0", null, largest);
    }

    private static void requirePositive(String what, double value) {
        if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(what + " has to be a positive number, not " + value);
        }
    }

    /** Returns how many gradients it has seen. */
    public long steps() {
        return steps;
    }

    /** Returns how many of them it has changed. */
    public long stepsCut() {
        return cut;
    }

    @Override
    public void onGradientCalculation(Model model) {
        INDArray flat = model.getGradientsViewArray();
        if (flat == null) {
            return;
        }
        GradientRanges where = ranges.of(model, () -> rule = rules == null ? null : rules.get());
        steps++;
        double divisor = model.conf() == null || model.conf().isMiniBatch() ? Math.max(1, model.batchSize()) : 1;
        boolean changed =
                rule == null ? truncate(where, flat, largestElement * divisor) : scale(where, flat, rule, divisor);
        cut += changed ? 1 : 0;
    }

    private boolean scale(GradientRanges where, INDArray flat, ClippingRule how, double divisor) {
        var gradient = where.read(flat, reader);
        double norm = gradient.l2() / divisor;
        if (!gradient.allFinite() || norm == 0) {
            return false;
        }
        double allowed = how.allow(norm);
        if (allowed >= norm) {
            return false;
        }
        where.all(flat).forEach(view -> view.muli(allowed / norm));
        return true;
    }

    private boolean truncate(GradientRanges where, INDArray flat, double largest) {
        var gradient = where.read(flat, reader);
        if (!gradient.allFinite() || gradient.max() <= largest) {
            return false;
        }
        where.all(flat).forEach(view -> BooleanIndexing.replaceWhere(view, 0.0, Conditions.absGreaterThan(largest)));
        return true;
    }

    @Override
    public String toString() {
        return "GradientClipping(" + words + ")";
    }
}
