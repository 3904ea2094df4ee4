package io.gradiometer.detector;

import io.gradiometer.finding.Fact;
import io.gradiometer.finding.Finding;
import io.gradiometer.finding.Numbers;
import io.gradiometer.finding.Remedy;
import io.gradiometer.finding.Severity;
import io.gradiometer.finding.Verdict;
import io.gradiometer.signal.ModelView;
import io.gradiometer.signal.Step;
import io.gradiometer.signal.TensorStats;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.apache.commons.math3.stat.descriptive.rank.Median;

/**
 * Finds training that is thrown off by its own gradients: either they grow steadily over decades, or one step is longer than
 * the weights it changes. Neither counts unless the network suffers; magnitude alone never does.
 */
@DetectorInfo(
        id = "exploding-gradient",
        summary = "Gradients that outgrow the weights they change, and training that suffers from it",
        severity = Severity.ERROR,
        needs = {Signal.GRADIENTS, Signal.UPDATES, Signal.PARAMETERS, Signal.LOSS, Signal.SKILL},
        speaksFrom = 3)
final class ExplodingGradient implements Detector {

    private final Limits limits;
    private final Outcome outcome = new Outcome();
    private final Blocks gradients = new Blocks();
    private final Recent recent = new Recent();
    private final Blocks longestSteps = new Blocks();
    private List<LayerTrack> layers = List.of();
    private ModelView model = ModelView.UNKNOWN;
    private double firstRms = Double.NaN;
    private double peakRms;
    private double lowestLog = Double.POSITIVE_INFINITY;
    private double inputRms = Double.NaN;
    private double depthFactor = Double.NaN;
    private int detectedAt = -1;
    private int lastIteration;

    ExplodingGradient(Limits limits) {
        this.limits = limits;
    }

    /**
     * @param decades by which gradients must grow; two orders of magnitude are beyond minibatch noise and learning-rate
     *     schedules
     * @param updateRatio above which a step distorts a layer: TheDeepChecker's upper end, ten times what Deeplearning4j's own
     *     guide calls worrying
     * @param overshoot at which one step replaces a layer instead of changing it
     * @param killing at which a step is to blame for layers that have been dead ever since; shorter ones leave them to dead-units
     * @param initialExcess how many times their law's standard deviation initial weights may have before they are named as
     *     a cause
     * @param inputRms above which inputs are named as a cause; initialisations assume about 1
     * @param minSteps before the verdict can be "clear"
     */
    record Limits(
            double decades,
            double updateRatio,
            double overshoot,
            double killing,
            double initialExcess,
            double inputRms,
            int minSteps) {
        static final Limits DEFAULT = new Limits(2, 0.1, 1, 0.5, 3, 10, 3);
    }

    @Override
    public void start(ModelView network) {
        model = network;
        layers = LayerTrack.ofAll(network);
    }

    @Override
    public void step(Step step) {
        outcome.step(step);
        lastIteration = step.iteration();
        if (outcome.steps() == 1) {
            inputRms =
                    step.features().length() == 0 ? Double.NaN : step.features().rms();
            depthFactor = DepthProfile.of(model, step).factorPerLayer();
        }
        recent.add(step.iteration(), Math.log10(watched(step)));
        if (step.full()) {
            read(step);
        }
    }

    /** Returns the size of what is read in every iteration; of a network without such small tensors, that of everything. */
    private double watched(Step step) {
        TensorStats gradient = step.watched().isRead() ? step.watched() : step.gradient(model);
        return gradient.allFinite() ? gradient.rms() : Double.NaN;
    }

    private void read(Step step) {
        TensorStats gradient = step.gradient(model);
        double rms = gradient.rms();
        if (Double.isNaN(firstRms)) {
            firstRms = rms;
        }
        peakRms = Math.max(peakRms, rms);
        double log = gradient.allFinite() ? Math.log10(rms) : Double.NaN;
        gradients.add(step.iteration(), log);
        layers.forEach(layer -> layer.step(step));
        noticeFirst(step, log);
    }

    private void noticeFirst(Step step, double log) {
        if (Double.isFinite(log)) {
            lowestLog = Math.min(lowestLog, log);
        }
        double ratio = 0;
        for (LayerTrack layer : layers) {
            double here = layer.of(step).updateRatio(layer.view);
            // Layers without weights, such as batch normalisation, have none.
            ratio = Double.isFinite(here) ? Math.max(ratio, here) : ratio;
        }
        longestSteps.add(step.iteration(), ratio);
        boolean grown = log - lowestLog >= limits.decades && ratio > limits.updateRatio;
        if (detectedAt < 0 && (grown || ratio > limits.overshoot)) {
            detectedAt = step.iteration();
        }
    }

    @Override
    public Verdict verdict() {
        if (layers.isEmpty()) {
            return new Verdict.Inconclusive("parameters that training could change: the network has none");
        }
        Growth growth = recent.growth().orIfSteeper(Growth.in(gradients.iterations(), gradients.means(), false));
        LayerTrack worst = layers.stream()
                .max(Comparator.comparingDouble(LayerTrack::peakRatio))
                .orElseThrow();
        boolean grows = growth.steady() && growth.decades() >= limits.decades;
        boolean distorts = worst.peakRatio() > limits.updateRatio;
        if (grows && (distorts || !outcome.endsFinite())) {
            return Verdict.Found.one(finding(growth, worst, true));
        } else if (outcome.steps() >= limits.minSteps
                && ((overshoots(worst) && didNotRecover()) || (worst.peakRatio() >= limits.killing && killed(worst)))) {
            return Verdict.Found.one(finding(growth, worst, false));
        } else if (outcome.steps() < limits.minSteps) {
            return new Verdict.Inconclusive(StepsMissing.words(limits.minSteps, outcome.steps()));
        }
        return new Verdict.Clear(outcome.steps());
    }

    /**
     * Tells whether a step that was too long had consequences. A long first step alone has none where labels cannot be learned
     * anyway: it takes units that stay dead, a loss that is lost, or steps that go on being too long for a network which ends
     * worse than a constant.
     */
    private boolean didNotRecover() {
        boolean dead = layers.stream().anyMatch(l -> l.isCutOff(limits.minSteps));
        boolean thrashes = lateStep() > limits.updateRatio && outcome.end() < -Outcome.NOTHING;
        return !outcome.endsFinite() || outcome.fell() || (outcome.learnedNothing() && (dead || thrashes));
    }

    /** Tells whether layers have been dead ever since the longest step. */
    private boolean killed(LayerTrack worst) {
        return outcome.learnedNothing()
                && layers.stream()
                        .filter(l -> l.isCutOff(limits.minSteps))
                        .mapToInt(l -> l.zeroAfter(worst))
                        .anyMatch(wait -> wait == 1 || wait == 2);
    }

    /** Returns the median of the longest steps in the second half of the run. */
    private double lateStep() {
        double[] means = longestSteps.means();
        return means.length == 0 ? 0 : new Median().evaluate(Arrays.copyOfRange(means, means.length / 2, means.length));
    }

    private Severity severity() {
        if (outcome.learnedNothing()) {
            return Severity.ERROR;
        }
        return outcome.fell() ? Severity.WARNING : Severity.INFO;
    }

    private Finding finding(Growth growth, LayerTrack worst, boolean grows) {
        List<LayerTrack> offending =
                layers.stream().filter(l -> l.peakRatio() > limits.updateRatio).toList();
        List<LayerTrack> named = offending.isEmpty() ? List.of(worst) : offending;
        Finding.Builder finding = Finding.of("exploding-gradient", severity(), summary(growth, worst, grows))
                .layers(named.stream().map(LayerTrack::name).toList())
                .seen(
                        grows ? Math.min(growth.first(), worst.peakIteration()) : worst.peakIteration(),
                        grows ? Math.max(growth.last(), worst.peakIteration()) : worst.peakIteration(),
                        knownFrom())
                .confidence(grows && overshoots(worst) ? 0.99 : 0.95)
                .fact(Fact.of(
                        "update ratio", worst.peakRatio(), overshoots(worst) ? limits.overshoot : limits.updateRatio))
                .fact(Fact.of("gradient RMS at first", firstRms))
                .fact(Fact.of("gradient RMS at most", peakRms));
        if (grows) {
            finding.fact(Fact.of("decades of growth", growth.decades(), limits.decades));
        }
        if (Double.isFinite(outcome.end())) {
            finding.fact(Fact.of(
                    outcome.knowsSkill() ? "skill at the end" : "share of the loss gone",
                    outcome.end(),
                    Outcome.NOTHING));
        }
        explain(finding, growth, worst);
        return finding.build();
    }

    /** Returns when it could be told: with the step itself, or else once layers had been dead for long enough. */
    private int knownFrom() {
        if (detectedAt >= 0) {
            return detectedAt;
        }
        return layers.stream()
                .filter(layer -> layer.zeroIterations() > 0)
                .mapToInt(layer -> layer.zeroSince() + limits.minSteps() - 1)
                .filter(iteration -> iteration <= lastIteration)
                .min()
                .orElse(lastIteration);
    }

    private boolean overshoots(LayerTrack worst) {
        return worst.peakRatio() > limits.overshoot;
    }

    private String summary(Growth growth, LayerTrack worst, boolean grows) {
        String step = "one step of layer '" + worst.name() + "' (iteration " + worst.peakIteration() + ") was "
                + Numbers.format(worst.peakRatio()) + " times as long as its weights";
        if (grows) {
            return "Gradients grew by a factor of " + Numbers.format(Math.pow(10, growth.decades()))
                    + " between iterations " + growth.first() + " and " + growth.last() + "; " + step + "; "
                    + outcome.words() + ".";
        }
        return Character.toUpperCase(step.charAt(0)) + step.substring(1) + "; " + outcome.words() + ".";
    }

    private void explain(Finding.Builder finding, Growth growth, LayerTrack worst) {
        List<LayerTrack> tooLarge = layers.stream()
                .filter(l -> l.initialExcess() > limits.initialExcess)
                .toList();
        boolean largeInput = inputRms > limits.inputRms;
        if (!tooLarge.isEmpty()) {
            LayerTrack first = tooLarge.get(0);
            finding.evidence("likely cause: initial weights too large; those of '" + first.name()
                            + "' began with a root mean square of " + Numbers.format(first.firstWeightRms())
                            + " where " + first.soundLaw() + " asks for " + Numbers.format(first.soundWeightRms()))
                    .remedy(Advice.soundInitialization(tooLarge));
        } else {
            finding.ruledOut("initialisation: no layer began with more than " + Numbers.format(limits.initialExcess)
                    + " times the weights that suit its activation");
        }
        if (largeInput) {
            finding.evidence("likely cause: unscaled input; its root mean square is " + Numbers.format(inputRms)
                            + ", and the first layer's gradient grows with it")
                    .remedy(Advice.standardizeInput(inputRms));
        } else if (Double.isFinite(inputRms)) {
            finding.ruledOut("input scale: its root mean square is " + Numbers.format(inputRms));
        }
        if (tooLarge.isEmpty() && !largeInput) {
            finding.evidence("likely cause: learning rate too high (" + Numbers.format(worst.peakLearningRate())
                    + "), for weights and inputs began at a sound size");
        }
        if (depthFactor > 1.5) {
            finding.evidence("from output to input, each layer multiplied the back-propagated signal by about "
                    + Numbers.format(depthFactor) + " in the first iteration");
        }
        if (worst.clippingNeverTookEffect()) {
            finding.evidence("the configured clipping (" + worst.view.updater().clipping() + " at "
                    + Numbers.format(worst.view.updater().clippingThreshold())
                    + ") never took effect: the largest " + (worst.clipsElements() ? "element" : "norm")
                    + " of a mean gradient was " + Numbers.format(worst.largestToClip()));
        }
        List<Remedy> steps = StepAdvice.remedies(layers, growth);
        steps.forEach(finding::remedy);
        if (steps.isEmpty()) {
            finding.remedy(Advice.clipping(1, "Deeplearning4j's default threshold; no learning rate is known here"));
        }
    }
}
