package io.gradiometer.detector;

import io.gradiometer.finding.Fact;
import io.gradiometer.finding.Finding;
import io.gradiometer.finding.Numbers;
import io.gradiometer.finding.Remedy;
import io.gradiometer.finding.Severity;
import io.gradiometer.finding.Verdict;
import java.util.Comparator;
import java.util.List;

/** Finds steps too long for the weights they change, where the network suffers from them. */
@DetectorInfo(
        id = "learning-rate-too-high",
        summary = "A learning rate whose steps throw the network off",
        severity = Severity.ERROR,
        needs = {Signal.UPDATES, Signal.PARAMETERS, Signal.LOSS, Signal.SKILL},
        speaksFrom = 3)
final class LearningRateTooHigh extends CauseDetector {

    private final Limits limits;

    LearningRateTooHigh(Limits limits) {
        super(
                "class-collapse",
                "dead-units",
                "exploding-gradient",
                "gradient-spike",
                "loss-diverging",
                "loss-not-decreasing",
                "loss-oscillating",
                "non-finite",
                "saturated-units",
                "vanishing-gradient");
        this.limits = limits;
    }

    /**
     * @param updateRatio of a step over its weights that distorts a layer
     * @param usualRatio of most steps over the weights, above which a network cannot settle: ten times what Deeplearning4j's guide
     *     asks for
     */
    record Limits(double updateRatio, double usualRatio) {
        static final Limits DEFAULT = new Limits(LayerTrack.LONG, 0.03);
    }

    @Override
    Verdict judge(Course course, List<Finding> symptoms) {
        LayerTrack worst = course.layers().stream()
                .filter(layer -> Double.isFinite(layer.peakRatio()) && layer.peakRatio() > 0)
                .max(Comparator.comparingDouble(LayerTrack::peakRatio))
                .orElse(null);
        if (worst == null) {
            return new Verdict.Inconclusive("steps that are known");
        } else if (Double.isNaN(worst.peakLearningRate())) {
            return new Verdict.NotApplicable("the updater of '" + worst.name() + "' has no learning rate");
        }
        boolean distorts = worst.peakRatio() > limits.updateRatio;
        boolean restless = worst.usualRatio() > limits.usualRatio;
        boolean suffers = gravest(symptoms) != Severity.INFO;
        if (!((distorts || restless) && suffers)) {
            return new Verdict.Clear(course.steps());
        }
        Finding.Builder finding = Finding.of(
                        "learning-rate-too-high",
                        Harm.severity(course),
                        "Steps are too long: '" + worst.name() + "' moved by " + Numbers.format(worst.peakRatio())
                                + " of its weights in iteration " + worst.peakIteration() + " (learning rate "
                                + Numbers.format(worst.peakLearningRate()) + "); " + Harm.words(course) + ".")
                .layers(tooFar(course, worst))
                .seen(course.firstIteration(), course.lastIteration(), worst.peakIteration())
                .confidence(confidence(course, worst))
                .fact(Fact.of("update ratio, at most", worst.peakRatio(), limits.updateRatio))
                .fact(Fact.of("update ratio, usually", worst.usualRatio(), limits.usualRatio));
        Harm.addFacts(finding, course);
        List<Remedy> steps = StepAdvice.remedies(course.layers(), Growth.NONE);
        steps.forEach(finding::remedy);
        if (steps.isEmpty()) {
            double rate = worst.peakLearningRate();
            finding.remedy(Advice.lowerLearningRate(
                    worst, rate, Advice.roundDown(rate / 10), "a tenth: most steps are too long, none sticks out"));
        }
        return Verdict.Found.one(finding.build());
    }

    /** All layers that a step took too far: which of them it took farthest may fall between two readings. */
    private List<String> tooFar(Course course, LayerTrack worst) {
        List<String> names = course.layers().stream()
                .filter(layer -> layer.peakRatio() > limits.updateRatio)
                .map(LayerTrack::name)
                .toList();
        return names.isEmpty() ? List.of(worst.name()) : names;
    }

    /** Large inputs make long steps at a rate that is customary: then they come first. */
    private static double confidence(Course course, LayerTrack worst) {
        double customary = Customary.rate(worst.view.updater());
        double beyond = Math.log10(worst.peakLearningRate() / customary);
        boolean unusual = beyond > 0.5;
        boolean largeInput = Inputs.of(course.data()).rms() > Inputs.LARGE;
        return unusual ? 0.97 : largeInput ? 0.7 : 0.9;
    }
}
