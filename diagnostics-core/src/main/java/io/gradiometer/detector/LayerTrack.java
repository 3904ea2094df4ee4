package io.gradiometer.detector;

import io.gradiometer.signal.LayerStep;
import io.gradiometer.signal.LayerView;
import io.gradiometer.signal.ModelView;
import io.gradiometer.signal.Role;
import io.gradiometer.signal.Step;
import io.gradiometer.signal.TensorStats;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.math3.stat.descriptive.rank.Median;

/** What detectors remember of one layer that learns: where it began, and how far one step ever took it. */
final class LayerTrack {

    final int index;
    final LayerView view;

    /** A step of more than a tenth of the weights distorts a layer. */
    static final double LONG = 0.1;

    private double firstWeightRms = Double.NaN;
    private double peakRatio;
    private int peakIteration;
    private double peakLearningRate = Double.NaN;
    private double longRatio = Double.NaN;
    private int longIteration = Integer.MAX_VALUE;
    private double longRate = Double.NaN;
    private double longToClip = Double.NaN;
    private double firstWeightNorm = Double.NaN;
    private double largestElement;
    private double largestNorm;
    private int zeroSince = -1;
    private int zeroSteps;
    private int peakRead;
    private int read;
    private int firstIteration;
    private int lastIteration;
    private boolean moved;
    private double travelled;
    private boolean startsUniform;
    private boolean hadGradient;
    private final Blocks ratios = new Blocks();
    private final Blocks norms = new Blocks();
    private final Blocks left = new Blocks();

    private LayerTrack(int index, LayerView view) {
        this.index = index;
        this.view = view;
    }

    /** Returns one track for each layer that training can change, from input to output. */
    static List<LayerTrack> ofAll(ModelView model) {
        List<LayerTrack> tracks = new ArrayList<>();
        for (int i = 0; i < model.layers().size(); i++) {
            if (model.layers().get(i).learns()) {
                tracks.add(new LayerTrack(i, model.layers().get(i)));
            }
        }
        return tracks;
    }

    LayerStep of(Step step) {
        return step.layers().get(index);
    }

    String name() {
        return view.name();
    }

    /** Takes the next step; one in which the layer was not read says nothing of it. */
    void step(Step step) {
        if (!step.full()) {
            return;
        }
        firstIteration = read == 0 ? step.iteration() : firstIteration;
        int since = read == 0 ? 1 : step.iteration() - lastIteration;
        lastIteration = step.iteration();
        read++;
        LayerStep layer = of(step);
        TensorStats weights = layer.weights(view);
        if (Double.isNaN(firstWeightRms) && weights.length() > 0) {
            firstWeightRms = weights.rms();
            startsUniform = weights.length() > 1 && weights.meanMagnitude() >= weights.max() * (1 - 1e-6);
            firstWeightNorm = Math.max(weights.l2(), view.glorotScale() * Math.sqrt(weights.length()));
        }
        TensorStats gradient = layer.gradient(view);
        largestElement = Math.max(largestElement, gradient.max());
        largestNorm = Math.max(largestNorm, gradient.l2());
        hadGradient |= !gradient.allZero();
        if (gradient.l2() > 0) {
            norms.add(step.iteration(), gradient.l2());
            left.add(step.iteration(), layer.clipped(view).l2() / gradient.l2());
        }
        if (gradient.allZero()) {
            zeroSince = zeroSteps == 0 ? step.iteration() : zeroSince;
            zeroSteps++;
        } else {
            zeroSteps = 0;
        }
        TensorStats update = layer.update(view);
        moved |= !update.isRead() || update.l2() > 0 || !update.allFinite();
        double ratio = layer.updateRatio(view);
        ratios.add(step.iteration(), ratio);
        travelled += Double.isFinite(ratio) ? ratio * since : 0;
        if (Double.isNaN(longRatio) && ratio > LONG) {
            longRatio = ratio;
            longIteration = step.iteration();
            longRate = layer.learningRate(view);
            longToClip = clipsElements() ? gradient.max() : gradient.l2();
        }
        if (ratio > peakRatio) {
            peakRatio = ratio;
            peakIteration = step.iteration();
            peakRead = read;
            peakLearningRate = layer.learningRate(view);
        }
    }

    /** Returns the longest step of the weights over their length. */
    double peakRatio() {
        return peakRatio;
    }

    int peakIteration() {
        return peakIteration;
    }

    double peakLearningRate() {
        return peakLearningRate;
    }

    /** Tells whether any step that was read moved the layer at all, or was not known. */
    boolean moved() {
        return moved;
    }

    /** Returns the length of the way that the weights went, at most, over their length. */
    double travelled() {
        return travelled;
    }

    /** Returns how long a step of the weights usually was, over their length; NaN without weights. */
    double usualRatio() {
        return median(ratios);
    }

    /** Returns how long the gradient usually was, before clipping; NaN where it was never there. */
    double usualNorm() {
        return median(norms);
    }

    /** Returns which share of the gradient's length clipping usually left; NaN where there was none. */
    double usuallyLeft() {
        return median(left);
    }

    private static double median(Blocks blocks) {
        double[] means = blocks.means();
        return means.length == 0 ? Double.NaN : new Median().evaluate(means);
    }

    /** Tells whether every gradient that was read was exactly 0. */
    boolean neverHadGradient() {
        return read > 0 && !hadGradient;
    }

    /** Tells whether the layer multiplies by the same weights in each time step. */
    boolean isRecurrent() {
        return view.parameters().stream().anyMatch(p -> p.role() == Role.RECURRENT_WEIGHT);
    }

    /** Tells whether all weights began with one and the same magnitude, so that units cannot become different. */
    boolean startsUniform() {
        return startsUniform;
    }

    /** Returns the first step of more than a tenth of the weights, over the weights; NaN if there was none. */
    double firstLongRatio() {
        return longRatio;
    }

    /** Returns the iteration of that step, the largest number if there was none. */
    int firstLongIteration() {
        return longIteration;
    }

    /** Returns the learning rate of that step. */
    double firstLongRate() {
        return longRate;
    }

    /** Returns the length of the weights at the beginning, of sound ones at the least. */
    double firstWeightNorm() {
        return firstWeightNorm;
    }

    double firstWeightRms() {
        return firstWeightRms;
    }

    /** Tells whether the layer's units are rectifiers, which pass half of their input on and so need larger weights. */
    boolean rectifies() {
        String activation = view.activation();
        return activation != null && (activation.contains("relu") || activation.contains("elu"));
    }

    /** Returns the standard deviation that the weights should begin with, 0 where there are none. */
    double soundWeightRms() {
        if (view.fanIn() == 0) {
            return 0;
        }
        return rectifies() ? Math.sqrt(2.0 / view.fanIn()) : view.glorotScale();
    }

    /** Returns whose law that is: He et al. (2015) for rectifiers, Glorot and Bengio (2010) for everything else. */
    String soundLaw() {
        return rectifies() ? "He's law" : "Xavier's law";
    }

    /** Returns how many times larger than sound the weights began; NaN where it cannot be told. */
    double initialExcess() {
        return soundWeightRms() == 0 ? Double.NaN : firstWeightRms / soundWeightRms();
    }

    /** Tells whether clipping is configured and no gradient was ever long enough for it. */
    boolean clippingNeverTookEffect() {
        return clipsAbove(largestToClip());
    }

    /**
     * Tells whether clipping is configured and let the first step of more than a tenth of the weights pass; what it holds back
     * after that step comes too late.
     */
    boolean clippingLetLongStepPass() {
        return clipsAbove(longToClip);
    }

    private boolean clipsAbove(double size) {
        boolean renormalizes = view.updater().clipping().startsWith("Renormalize");
        return view.updater().clips() && !renormalizes && size <= view.updater().clippingThreshold();
    }

    /** Returns for how many of the last iterations every gradient was exactly zero. */
    int zeroIterations() {
        return zeroSteps == 0 ? 0 : lastIteration - zeroSince + 1;
    }

    /** Returns how many readings after its longest step the layer's gradients became zero; at most 0 if before. */
    int zeroAfter(LayerTrack jump) {
        return read - zeroSteps + 1 - jump.peakRead;
    }

    /** Returns the iteration in which that began. */
    int zeroSince() {
        return zeroSince;
    }

    /**
     * Tells whether the gradient is exactly zero at the end, for at least so many iterations and for a tenth of the run: too
     * long for a chance of batches that missed the layer.
     */
    boolean isCutOff(int minSteps) {
        long iterations = 1L + lastIteration - firstIteration;
        return zeroSteps >= minSteps && zeroIterations() * 10L >= iterations;
    }

    /** Returns what clipping would hold against its threshold, at most: an element of the gradient, or its norm. */
    double largestToClip() {
        return clipsElements() ? largestElement : largestNorm;
    }

    /** Returns the same of the gradient behind the first step of more than a tenth of the weights; NaN if there was none. */
    double firstLongToClip() {
        return longToClip;
    }

    /** Tells whether clipping looks at single elements, rather than at norms. */
    boolean clipsElements() {
        return view.updater().clipping().contains("ElementWise");
    }
}
