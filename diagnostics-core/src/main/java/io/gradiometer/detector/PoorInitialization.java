package io.gradiometer.detector;

import io.gradiometer.finding.Fact;
import io.gradiometer.finding.Finding;
import io.gradiometer.finding.Numbers;
import io.gradiometer.finding.Severity;
import io.gradiometer.finding.Verdict;
import java.util.List;
import java.util.Set;

/** Finds initial weights of the wrong size, or all alike, where a symptom follows from them. */
@DetectorInfo(
        id = "poor-initialization",
        summary = "Initial weights too small, too large or all alike",
        severity = Severity.ERROR,
        needs = {Signal.PARAMETERS, Signal.LOSS, Signal.SKILL},
        speaksFrom = 1)
final class PoorInitialization extends CauseDetector {

    private static final Set<String> OF_SMALL = Set.of(
            "vanishing-gradient",
            "class-collapse",
            "ignores-input",
            "loss-not-decreasing",
            "slow-convergence",
            "unchanged-weights");

    private static final Set<String> OF_LARGE = Set.of(
            "exploding-gradient",
            "non-finite",
            "loss-diverging",
            "saturated-units",
            "dead-units",
            "loss-not-decreasing",
            "loss-oscillating");

    private final Limits limits;

    PoorInitialization(Limits limits) {
        super(
                "class-collapse",
                "dead-units",
                "exploding-gradient",
                "ignores-input",
                "loss-diverging",
                "loss-not-decreasing",
                "loss-oscillating",
                "non-finite",
                "saturated-units",
                "slow-convergence",
                "unchanged-weights",
                "vanishing-gradient");
        this.limits = limits;
    }

    /**
     * @param excess over their law's standard deviation from which on weights are too large
     * @param shortfall below it at which they are too small: what one layer loses, the next one loses again
     */
    record Limits(double excess, double shortfall) {
        static final Limits DEFAULT = new Limits(3, 3);
    }

    @Override
    Verdict judge(Course course, List<Finding> symptoms) {
        List<LayerTrack> hidden = course.layers().stream()
                .filter(layer -> layer.firstWeightNorm() > 0)
                .filter(layer -> !layer.view.type().startsWith("Embedding"))
                .toList();
        if (hidden.isEmpty()) {
            return new Verdict.NotApplicable("no layer has weights that learn");
        }
        List<LayerTrack> uniform =
                hidden.stream().filter(layer -> isUniform(layer, hidden)).toList();
        List<LayerTrack> large = hidden.stream()
                .filter(layer -> layer.initialExcess() > limits.excess)
                .toList();
        List<LayerTrack> small = hidden.stream()
                .filter(layer -> !layer.view.isOutput() && layer.initialExcess() < 1 / limits.shortfall)
                .toList();
        if (!uniform.isEmpty() && course.isPoor()) {
            return Verdict.Found.one(finding(
                    course,
                    uniform,
                    "all began with the same size, so that units of a layer cannot become different",
                    0.97));
        } else if (!large.isEmpty() && suffers(course, symptoms, OF_LARGE)) {
            narrowTo(OF_LARGE);
            return Verdict.Found.one(finding(course, large, "began " + size(large.get(0)), 0.92));
        } else if (!small.isEmpty() && suffers(course, symptoms, OF_SMALL) && !explodes(symptoms)) {
            narrowTo(OF_SMALL);
            return Verdict.Found.one(finding(course, small, "began " + size(small.get(0)), 0.9));
        }
        return new Verdict.Clear(course.steps());
    }

    /** A single output unit, or an output layer behind varied units, may begin with all weights alike. */
    private static boolean isUniform(LayerTrack layer, List<LayerTrack> hidden) {
        return layer.startsUniform() && !layer.view.isOutput() && layer.view.fanOut() > 1 && hidden.size() > 1;
    }

    private static boolean suffers(Course course, List<Finding> symptoms, Set<String> of) {
        return course.isPoor() && symptoms.stream().anyMatch(s -> s.severity() != Severity.INFO && of.contains(s.id()));
    }

    private static boolean explodes(List<Finding> symptoms) {
        return symptoms.stream()
                .anyMatch(s -> s.severity() != Severity.INFO
                        && Set.of("exploding-gradient", "non-finite", "loss-diverging", "saturated-units")
                                .contains(s.id()));
    }

    private static String size(LayerTrack layer) {
        return "with a root mean square of " + Numbers.format(layer.firstWeightRms()) + " where " + layer.soundLaw()
                + " asks for " + Numbers.format(layer.soundWeightRms());
    }

    /** Returns the size with the limit that it broke; weights that are all alike may have broken none. */
    private Fact sizeFact(LayerTrack layer) {
        String key = "size of the weights of '" + layer.name() + "' over what suits them";
        double excess = layer.initialExcess();
        if (excess > limits.excess) {
            return Fact.of(key, excess, limits.excess);
        }
        double least = 1 / limits.shortfall;
        return excess < least ? Fact.of(key, excess, least) : Fact.of(key, excess);
    }

    private Finding finding(Course course, List<LayerTrack> layers, String what, double confidence) {
        LayerTrack first = layers.get(0);
        Finding.Builder finding = Finding.of(
                        "poor-initialization",
                        Harm.severity(course),
                        "Weights of " + Advice.names(layers) + " " + what + "; " + Harm.words(course) + ".")
                .layers(layers.stream().map(LayerTrack::name).toList())
                .seen(course.firstIteration(), course.firstIteration(), course.firstIteration())
                .confidence(confidence)
                .fact(sizeFact(first));
        Harm.addFacts(finding, course);
        return finding.remedy(Advice.soundInitialization(layers)).build();
    }
}
