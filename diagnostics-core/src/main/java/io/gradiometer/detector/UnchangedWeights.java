package io.gradiometer.detector;

import io.gradiometer.finding.Fact;
import io.gradiometer.finding.Finding;
import io.gradiometer.finding.Numbers;
import io.gradiometer.finding.Severity;
import io.gradiometer.finding.Verdict;
import io.gradiometer.signal.LayerView;
import java.util.List;

/** Finds layers that are meant to learn and end where they began. */
@DetectorInfo(
        id = "unchanged-weights",
        summary = "Layers that training does not move",
        severity = Severity.ERROR,
        needs = {Signal.UPDATES, Signal.PARAMETERS, Signal.LOSS, Signal.SKILL},
        speaksFrom = 3)
final class UnchangedWeights extends CourseDetector {

    private final Limits limits;

    UnchangedWeights(Limits limits) {
        this.limits = limits;
    }

    /**
     * @param travelled way of the weights over their length, for each iteration, below which single precision loses the step: a
     *     step of 6e-8 of a number does not change it
     */
    record Limits(double travelled) {
        static final Limits DEFAULT = new Limits(6e-8);
    }

    @Override
    Verdict judge(Course course, List<Finding> symptoms) {
        List<LayerTrack> weighted = course.layers().stream()
                .filter(layer -> layer.firstWeightNorm() > 0)
                .toList();
        List<LayerView> frozen = course.model().layers().stream()
                .filter(layer -> layer.frozen()
                        && layer.parameters().stream().anyMatch(p -> p.role().isWeight()))
                .toList();
        if (!frozen.isEmpty() && course.outcome().endsFinite() && course.isPoor()) {
            return Verdict.Found.one(frozenFinding(course, frozen));
        } else if (weighted.isEmpty()) {
            return new Verdict.NotApplicable("no layer has weights that learn");
        } else if (!course.outcome().endsFinite()) {
            return new Verdict.Inconclusive("a finite loss: steps mean nothing after it is lost");
        } else if (weighted.stream().allMatch(layer -> Double.isNaN(layer.usualRatio()))) {
            return new Verdict.Inconclusive("steps that are known: a line search does not tell its own");
        }
        List<LayerTrack> still =
                weighted.stream().filter(layer -> isStill(layer, course)).toList();
        return still.isEmpty() ? new Verdict.Clear(course.steps()) : Verdict.Found.one(finding(course, still));
    }

    /** Layers are frozen on purpose after they have learned elsewhere; a network that knows little has frozen what knows nothing. */
    private static Finding frozenFinding(Course course, List<LayerView> frozen) {
        List<String> names = frozen.stream().map(LayerView::name).toList();
        Finding.Builder finding = Finding.of(
                        "unchanged-weights",
                        Harm.severity(course),
                        "'" + String.join("', '", names) + "' " + (names.size() == 1 ? "is" : "are")
                                + " frozen and cannot learn; " + Harm.words(course) + ".")
                .layers(names)
                .seen(course.firstIteration(), course.lastIteration(), course.firstIteration() + 2)
                .confidence(0.9)
                .fact(Fact.of("frozen layers", names.size(), 0));
        Harm.addFacts(finding, course);
        return finding.remedy(Remedies.unfreeze(names)).build();
    }

    private boolean isStill(LayerTrack layer, Course course) {
        return !layer.moved()
                || (Double.isFinite(layer.usualRatio()) && layer.travelled() < limits.travelled * course.steps());
    }

    private Finding finding(Course course, List<LayerTrack> still) {
        LayerTrack first = still.get(0);
        boolean exactly = still.stream().noneMatch(LayerTrack::moved);
        Finding.Builder finding = Finding.of(
                        "unchanged-weights",
                        Harm.severity(course),
                        "In " + course.steps() + " iterations " + Advice.names(still)
                                + (still.size() == 1 ? " was" : " were") + " moved by "
                                + (exactly ? "nothing at all" : Numbers.format(first.travelled()) + " of the weights")
                                + "; " + Harm.words(course) + ".")
                .layers(still.stream().map(LayerTrack::name).toList())
                .seen(course.firstIteration(), course.lastIteration(), course.firstIteration() + 2)
                .confidence(exactly ? 0.99 : 0.95)
                .fact(Fact.of(
                        "way of '" + first.name() + "' over its weights",
                        first.travelled(),
                        limits.travelled * course.steps()));
        Harm.addFacts(finding, course);
        if (first.view.updater().learningRate() == 0) {
            finding.evidence("its learning rate is 0")
                    .remedy(Remedies.raiseLearningRate(
                            first,
                            0,
                            Customary.rate(first.view.updater()),
                            first.view.updater().name() + " is customarily run at that"));
        } else if (first.zeroIterations() > 0) {
            finding.evidence("its gradient is exactly 0: no error reaches it");
        }
        return finding.remedy(Advice.overfitOneBatch()).build();
    }
}
