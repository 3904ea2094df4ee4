package io.gradiometer.detector;

import io.gradiometer.finding.Fact;
import io.gradiometer.finding.Finding;
import io.gradiometer.finding.Numbers;
import io.gradiometer.finding.Severity;
import io.gradiometer.finding.Verdict;
import java.util.List;

/** Finds clipping that holds back nearly every gradient of a network whose batch normalisation makes their size meaningless. */
@DetectorInfo(
        id = "clipping-starves-batch-norm",
        summary = "Clipping that holds back nearly every step of a batch-normalised network",
        severity = Severity.INFO,
        needs = {Signal.GRADIENTS, Signal.UPDATES, Signal.LOSS, Signal.SKILL},
        speaksFrom = 10)
final class ClippingStarvesBatchNorm extends CauseDetector {

    private final Limits limits;

    ClippingStarvesBatchNorm(Limits limits) {
        super("slow-convergence", "loss-not-decreasing", "unchanged-weights", "class-collapse");
        this.limits = limits;
    }

    /**
     * @param left of a gradient's length by clipping, usually
     * @param updateRatio of most steps over the weights, below which the network hardly moves
     */
    record Limits(double left, double updateRatio) {
        static final Limits DEFAULT = new Limits(0.1, 1e-4);
    }

    @Override
    Verdict judge(Course course, List<Finding> symptoms) {
        boolean normalized =
                course.model().layers().stream().anyMatch(layer -> layer.type().equals("BatchNormalization"));
        List<LayerTrack> starved = course.layers().stream()
                .filter(layer -> layer.view.updater().clips())
                .filter(layer -> layer.usuallyLeft() < limits.left && layer.usualRatio() < limits.updateRatio)
                .toList();
        if (!normalized) {
            return new Verdict.NotApplicable("no batch normalisation");
        } else if (starved.isEmpty() || !course.isPoor()) {
            return new Verdict.Clear(course.steps());
        }
        LayerTrack first = starved.get(0);
        return Verdict.Found.one(Finding.of(
                        "clipping-starves-batch-norm",
                        Severity.INFO,
                        first.view.updater().clipping() + " leaves " + Numbers.format(100 * first.usuallyLeft())
                                + " % of most gradients of '" + first.name() + "', which moves by "
                                + Numbers.format(first.usualRatio()) + " of its weights at a time; "
                                + Harm.words(course)
                                + ".")
                .layers(starved.stream().map(LayerTrack::name).toList())
                .seen(course.firstIteration(), course.lastIteration(), course.lastIteration())
                .confidence(0.8)
                .fact(Fact.of("share of the gradient left by clipping", first.usuallyLeft(), limits.left))
                .fact(Fact.of("update ratio, usually", first.usualRatio(), limits.updateRatio))
                .remedy(Advice.clipping(
                        Advice.roundDown(5 * first.usualNorm()), "five times the usual norm, which is for emergencies"))
                .build());
    }
}
