package io.gradiometer.detector;

import io.gradiometer.signal.ModelView;
import io.gradiometer.signal.Step;
import io.gradiometer.signal.Validation;
import io.gradiometer.signal.Yardstick;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * How one training went, gathered once for all detectors that judge it: the outcome, the layers and how they moved, what they
 * gave, what the network answered, the data it was given.
 */
final class Course {

    /** From so far below what a simple model makes of the same examples, a network is ill. */
    private static final double FAR_BELOW = 0.2;

    /** A network that knows more than this may want more training; it is not ill. */
    private static final double HALF = 0.5;

    private final Supplier<Yardstick> yardsticks;
    private final Outcome outcome = new Outcome();
    private final DataTrack data = new DataTrack();
    private final Passes passes = new Passes();
    private final GainTrack gain = new GainTrack();
    private final Spikes spikes = new Spikes();
    private final Validations validations = new Validations();
    private final Penalty penalty = new Penalty();
    private final ForecastTrack forecast = new ForecastTrack();
    private final List<ActivityTrack> activity = new ArrayList<>();
    private List<LayerTrack> layers = List.of();
    private List<RunningMean> runningMeans = List.of();
    private ModelView model = ModelView.UNKNOWN;

    /** How much of its skill the network shows while it trains. */
    private double showing = 1;

    private long examples;
    private int lastIteration;
    private int firstIteration;

    Course(Supplier<Yardstick> yardsticks) {
        this.yardsticks = yardsticks;
    }

    void start(ModelView network) {
        model = network;
        showing = Dropouts.of(network).showing(DropoutTooStrong.Limits.DEFAULT);
        layers = LayerTrack.ofAll(network);
        forecast.start(network);
        runningMeans = RunningMean.ofAll(network);
        for (int i = 0; i < network.layers().size(); i++) {
            activity.add(new ActivityTrack(i, network.layers().get(i)));
        }
    }

    void step(Step step) {
        firstIteration = outcome.steps() == 0 ? step.iteration() : firstIteration;
        lastIteration = step.iteration();
        examples += step.examples();
        outcome.step(step);
        passes.step(step);
        gain.step(model, step);
        spikes.step(step);
        penalty.step(step);
        forecast.step(step);
        layers.forEach(layer -> layer.step(step));
        if (step.full()) {
            data.step(step);
            runningMeans.forEach(mean -> mean.step(step));
            activity.forEach(layer -> layer.step(step));
        }
    }

    ModelView model() {
        return model;
    }

    int steps() {
        return outcome.steps();
    }

    int firstIteration() {
        return firstIteration;
    }

    int lastIteration() {
        return lastIteration;
    }

    /** Returns the examples of a step, on average. */
    double batch() {
        return (double) examples / steps();
    }

    Outcome outcome() {
        return outcome;
    }

    Passes passes() {
        return passes;
    }

    void validation(Validation score) {
        validations.add(score);
    }

    Validations validations() {
        return validations;
    }

    Spikes spikes() {
        return spikes;
    }

    /** Returns which share of the score was penalty on the weights, at the median; NaN where it holds none. */
    double penaltyShare() {
        return penalty.share();
    }

    GainTrack gain() {
        return gain;
    }

    DataTrack data() {
        return data;
    }

    /** Returns what was told before training, beside what its first readings measured. */
    ForecastTrack forecast() {
        return forecast;
    }

    /** Layers that training can change, from input to output. */
    List<LayerTrack> layers() {
        return layers;
    }

    /** Running means of batch normalisations, from input to output. */
    List<RunningMean> runningMeans() {
        return runningMeans;
    }

    /** All layers, from input to output. */
    List<ActivityTrack> activity() {
        return activity;
    }

    /** Returns the output layers with what they answered. */
    List<ActivityTrack> outputs() {
        return activity.stream().filter(layer -> layer.view.isOutput()).toList();
    }

    /**
     * Returns by how many decades the error signal fades from a layer behind to one of the given ones, at the most and at the
     * beginning; 0 where it does not, or was not measured. One that grows towards the input is another trouble.
     */
    double lostSignal(List<ActivityTrack> through) {
        double strongest = Double.NEGATIVE_INFINITY;
        double lost = 0;
        for (int i = activity.size() - 1; i >= 0; i--) {
            ActivityTrack layer = activity.get(i);
            double signal = layer.firstSignal();
            if (Double.isFinite(signal)) {
                strongest = Math.max(strongest, signal);
                boolean inside = through.stream().anyMatch(t -> t.index == layer.index);
                lost = inside ? Math.max(lost, strongest - signal) : lost;
            }
        }
        return lost;
    }

    Yardstick yardstick() {
        return yardsticks.get();
    }

    /** Tells whether the network knows nothing at its end, or far less than a simple model learns from the same examples. */
    boolean isPoor() {
        return outcome.learnedNothing() || isFarBelowYardstick();
    }

    /** Tells whether the network knows less than half of what there is to know, and far less than a simple model. */
    boolean isUnfinished() {
        return isFarBelowYardstick() && outcome.end() < HALF;
    }

    /** Tells whether a simple model learns much more from the same examples, allowing for what dropout hides in training. */
    boolean isFarBelowYardstick() {
        return endsBelow(showing * yardstick().best());
    }

    /** Tells whether a simple model learns much more from the same examples, whether for dropout or not. */
    boolean endsFarBelowYardstick() {
        return endsBelow(yardstick().best());
    }

    private boolean endsBelow(double expected) {
        return outcome.knowsSkill() && outcome.end() < expected - FAR_BELOW;
    }
}
