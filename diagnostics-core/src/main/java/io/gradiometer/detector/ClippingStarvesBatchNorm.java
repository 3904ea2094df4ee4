package io.gradiometer.detector;

import io.gradiometer.finding.Fact;
import io.gradiometer.finding.Finding;
import io.gradiometer.finding.Numbers;
import io.gradiometer.finding.Severity;
import io.gradiometer.finding.Verdict;
import java.util.List;

/**
 * Finds clipping that holds back nearly every gradient of a network whose batch normalisation makes their size meaningless, or the
 * running means of batch normalisation, which are clipped along with the gradients.
 */
@DetectorInfo(
        id = "clipping-starves-batch-norm",
        summary = "Clipping that holds back nearly every step of a batch-normalised network",
        severity = Severity.ERROR,
        needs = {Signal.GRADIENTS, Signal.UPDATES, Signal.LOSS, Signal.SKILL},
        speaksFrom = 10)
final class ClippingStarvesBatchNorm extends CauseDetector {

    private final Limits limits;

    ClippingStarvesBatchNorm(Limits limits) {
        super("slow-convergence", "loss-not-decreasing", "unchanged-weights", "class-collapse");
        this.limits = limits;
    }

    /**
     * @param left of a gradient's length by clipping, usually; of a running mean's steps likewise
     * @param updateRatio of most steps over the weights, below which the network hardly moves
     * @param straightness of a running mean's way, above which it has not arrived
     * @param lag of a running mean behind the batches, in standard deviations, above which everything outside training is normalised
     *     to what training never saw
     */
    record Limits(double left, double updateRatio, double straightness, double lag) {
        static final Limits DEFAULT = new Limits(0.1, 1e-4, 0.5, 1);
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
        } else if (!starved.isEmpty() && course.isPoor()) {
            return Verdict.Found.one(starved(course, gravest(symptoms), starved));
        }
        List<RunningMean> lagging = course.runningMeans().stream()
                .filter(mean -> mean.view().updater().clips() && mean.left() < limits.left)
                .filter(mean -> mean.straightness() > limits.straightness)
                .toList();
        return lagging.isEmpty() ? new Verdict.Clear(course.steps()) : Verdict.Found.one(lagging(course, lagging));
    }

    private Finding starved(Course course, Severity severity, List<LayerTrack> starved) {
        LayerTrack first = starved.get(0);
        return Finding.of(
                        "clipping-starves-batch-norm",
                        severity,
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
                .build();
    }

    private Finding lagging(Course course, List<RunningMean> lagging) {
        RunningMean first = lagging.get(0);
        boolean hurts = lagging.stream().anyMatch(mean -> mean.lag() > limits.lag);
        String name = first.view().name();
        Finding.Builder finding = Finding.of(
                        "clipping-starves-batch-norm",
                        hurts ? Severity.WARNING : Severity.INFO,
                        first.view().updater().clipping() + " at "
                                + Numbers.format(first.view().updater().clippingThreshold()) + " leaves "
                                + Numbers.format(100 * first.left()) + " % of the steps of the running mean of '" + name
                                + "', which still walks straight on at the end: outside training, the network"
                                + " normalises with a mean that it does not have.")
                .layers(lagging.stream().map(mean -> mean.view().name()).toList())
                .seen(course.firstIteration(), course.lastIteration(), course.lastIteration())
                .confidence(0.9)
                .fact(Fact.of("share of the running mean's step left by clipping", first.left(), limits.left))
                .fact(Fact.of("straightness of its way", first.straightness(), limits.straightness));
        if (!Double.isNaN(first.lag())) {
            finding.fact(Fact.of("standard deviations by which it misses, at least", first.lag(), limits.lag));
        }
        return finding.remedy(Remedies.unclipped(name)).build();
    }
}
