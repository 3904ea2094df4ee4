package io.gradiometer.detector;

import io.gradiometer.finding.Fact;
import io.gradiometer.finding.Finding;
import io.gradiometer.finding.Severity;
import io.gradiometer.finding.Verdict;
import java.util.List;

/** Finds networks that stand still far below a simple model, and pass all they know through a layer of very few units. */
@DetectorInfo(
        id = "capacity-too-small",
        summary = "A network too small for what there is to learn",
        severity = Severity.INFO,
        needs = {Signal.LOSS, Signal.SKILL, Signal.YARDSTICK, Signal.PARAMETERS},
        speaksFrom = 50)
final class CapacityTooSmall extends CauseDetector {

    private final Limits limits;

    CapacityTooSmall(Limits limits) {
        super("loss-not-decreasing", "slow-convergence");
        this.limits = limits;
    }

    /**
     * @param units of the narrowest hidden layer at most
     * @param times the length of the run that the way to the yardstick would still take, beyond which a rise is none
     */
    record Limits(int units, double times) {
        static final Limits DEFAULT = new Limits(2, 10);
    }

    @Override
    Verdict judge(Course course, List<Finding> symptoms) {
        LayerTrack narrowest = course.layers().stream()
                .filter(layer -> !layer.view.isOutput() && layer.view.fanOut() > 0)
                .min((a, b) -> Long.compare(a.view.fanOut(), b.view.fanOut()))
                .orElse(null);
        if (narrowest == null) {
            return new Verdict.NotApplicable("no hidden layer");
        }
        if (!(narrowest.view.fanOut() <= limits.units && course.isFarBelowYardstick() && standsStill(course))) {
            return new Verdict.Clear(course.steps());
        }
        Finding.Builder finding = Finding.of(
                        "capacity-too-small",
                        Severity.INFO,
                        "All that '" + narrowest.name() + "' can pass on "
                                + (narrowest.view.fanOut() == 1
                                        ? "is one number"
                                        : "are " + narrowest.view.fanOut() + " numbers")
                                + "; "
                                + Harm.words(course) + ".")
                .layers(List.of(narrowest.name()))
                .seen(course.firstIteration(), course.lastIteration(), course.lastIteration())
                .confidence(0.6)
                .fact(Fact.of("units of the narrowest layer", narrowest.view.fanOut(), limits.units));
        Harm.addFacts(finding, course);
        return Verdict.Found.one(finding.remedy(Remedies.moreUnits(narrowest.name(), narrowest.view.fanOut()))
                .build());
    }

    /** Tells whether nothing more is gained, or so little that ten more runs would not do. */
    private boolean standsStill(Course course) {
        Outcome outcome = course.outcome();
        double gainedInOneRun = Progress.pace(outcome) * course.steps();
        return !(Progress.of(outcome).rise() > 0)
                || course.yardstick().best() - outcome.end() > limits.times * gainedInOneRun;
    }
}
