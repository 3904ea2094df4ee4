package io.gradiometer.detector;

import io.gradiometer.finding.Fact;
import io.gradiometer.finding.Finding;
import io.gradiometer.finding.Numbers;
import io.gradiometer.finding.Severity;
import io.gradiometer.finding.Verdict;
import java.util.List;

/** Finds stacks of squashing activations too deep for their error signal, where it fades on its way to the input. */
@DetectorInfo(
        id = "activation-too-deep",
        summary = "Too many squashing activations in a row for the error to pass",
        severity = Severity.ERROR,
        needs = {Signal.BACK_PROPAGATED_SIGNAL, Signal.LOSS, Signal.SKILL},
        speaksFrom = 3)
final class ActivationTooDeep extends CauseDetector {

    private final Limits limits;

    ActivationTooDeep(Limits limits) {
        super(
                "vanishing-gradient",
                "loss-not-decreasing",
                "class-collapse",
                "slow-convergence",
                "ignores-input",
                "unchanged-weights");
        this.limits = limits;
    }

    /**
     * @param decades that the signal must lose over the squashing layers
     * @param layers of them in a row, at least
     */
    record Limits(double decades, int layers) {
        static final Limits DEFAULT = new Limits(2, 3);
    }

    @Override
    Verdict judge(Course course, List<Finding> symptoms) {
        List<ActivityTrack> squashing = course.activity().stream()
                .filter(ActivityTrack::squashes)
                .filter(layer -> !layer.view.isOutput())
                .toList();
        if (squashing.size() < limits.layers) {
            return new Verdict.NotApplicable("fewer than " + limits.layers + " squashing layers");
        }
        double lost = course.lostSignal(squashing);
        boolean explains = gravest(symptoms) != Severity.INFO && course.isPoor();
        if (!(lost > limits.decades && explains)) {
            return new Verdict.Clear(course.steps());
        }
        ActivityTrack first = squashing.get(0);
        Finding.Builder finding = Finding.of(
                        "activation-too-deep",
                        Harm.severity(course),
                        squashing.size() + " layers of " + first.activation()
                                + " in a row weaken the error signal by a factor of "
                                + Numbers.format(Math.pow(10, lost)) + " on its way to '" + first.name() + "'; "
                                + Harm.words(course) + ".")
                .layers(squashing.stream().map(ActivityTrack::name).toList())
                .seen(course.firstIteration(), course.lastIteration(), course.firstIteration() + 2)
                .confidence(0.93)
                .fact(Fact.of("decades lost", lost, limits.decades))
                .fact(Fact.of("squashing layers", squashing.size(), limits.layers));
        Harm.addFacts(finding, course);
        double factor = Math.pow(10, -lost / squashing.size());
        List<LayerTrack> layers = course.layers().stream()
                .filter(layer -> squashing.stream().anyMatch(s -> s.index == layer.index))
                .toList();
        return Verdict.Found.one(finding.remedy(Advice.rectifiers(layers, first.activation(), factor))
                .remedy(Advice.batchNormalization(squashing.size()))
                .build());
    }
}
