package io.gradiometer.detector;

import io.gradiometer.finding.Finding;
import io.gradiometer.finding.Remedy;
import io.gradiometer.finding.Severity;
import io.gradiometer.finding.Verdict;
import java.util.List;

/** Finds activations that cannot do in this network what they do elsewhere: growing faster than linearly, or dying unprovoked. */
@DetectorInfo(
        id = "activation-unsuited",
        summary = "An activation that overflows, or whose units die without a step too long",
        severity = Severity.ERROR,
        needs = {Signal.ACTIVATIONS, Signal.UPDATES, Signal.LOSS, Signal.SKILL},
        speaksFrom = 1)
final class ActivationUnsuited extends CauseDetector {

    /** Share of the sound initial size below which weights count as too small. */
    private static final double SOUND = 1.0 / 3;

    private final Limits limits;

    ActivationUnsuited(Limits limits) {
        super(
                "class-collapse",
                "dead-units",
                "exploding-gradient",
                "ignores-input",
                "loss-diverging",
                "loss-not-decreasing",
                "non-finite",
                "unchanged-weights",
                "vanishing-gradient");
        this.limits = limits;
    }

    /**
     * @param updateRatio of a step over its weights that can push units out of reach: without one, they died by themselves
     */
    record Limits(double updateRatio) {
        static final Limits DEFAULT = new Limits(LayerTrack.LONG);
    }

    @Override
    Verdict judge(Course course, List<Finding> symptoms) {
        List<ActivityTrack> hidden = course.activity().stream()
                .filter(layer -> !layer.view.isOutput() && layer.view.activation() != null)
                .toList();
        if (hidden.isEmpty()) {
            return new Verdict.NotApplicable("no hidden layer has an activation");
        }
        List<ActivityTrack> growing = hidden.stream()
                .filter(layer -> Activations.growsFast(layer.activation()))
                .toList();
        boolean overflows = symptoms.stream()
                .anyMatch(s -> s.severity() != Severity.INFO
                        && List.of("non-finite", "exploding-gradient", "loss-diverging")
                                .contains(s.id()));
        if (!growing.isEmpty() && overflows) {
            return Verdict.Found.one(finding(
                    course,
                    growing,
                    "grows faster than linearly, so that each layer multiplies what the one before let grow",
                    0.95));
        }
        Finding dead = symptoms.stream()
                .filter(s -> s.id().equals("dead-units") && s.severity() != Severity.INFO)
                .findFirst()
                .orElse(null);
        boolean pushed = course.layers().stream().anyMatch(layer -> layer.peakRatio() > limits.updateRatio);
        List<ActivityTrack> died = dead == null
                ? List.of()
                : hidden.stream()
                        .filter(layer -> dead.layers().contains(layer.name()))
                        .toList();
        // Weights of next to nothing leave rectifiers at 0 as well: then it is the weights.
        boolean weak = course.layers().stream().anyMatch(layer -> layer.initialExcess() < SOUND);
        if (!died.isEmpty() && !pushed && !weak) {
            return Verdict.Found.one(finding(
                    course, died, "let its units die although no step was long enough to push them out of reach", 0.6));
        }
        return new Verdict.Clear(course.steps());
    }

    private static Finding finding(Course course, List<ActivityTrack> layers, String what, double confidence) {
        ActivityTrack first = layers.get(0);
        List<String> names = layers.stream().map(ActivityTrack::name).toList();
        Finding.Builder finding = Finding.of(
                        "activation-unsuited",
                        Harm.severity(course),
                        first.activation() + " in '" + first.name() + "' " + what + "; " + Harm.words(course) + ".")
                .layers(names)
                .seen(course.firstIteration(), course.lastIteration(), course.lastIteration())
                .confidence(confidence);
        Harm.addFacts(finding, course);
        Remedy remedy = first.rectifies() ? Advice.leakyRectifiers(names) : Remedies.rectifier(first);
        return finding.remedy(remedy).build();
    }
}
