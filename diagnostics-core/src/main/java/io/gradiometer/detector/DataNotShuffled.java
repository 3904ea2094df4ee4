package io.gradiometer.detector;

import io.gradiometer.finding.Fact;
import io.gradiometer.finding.Finding;
import io.gradiometer.finding.Severity;
import io.gradiometer.finding.Verdict;
import java.util.List;

/** Finds batches that each hold one class, where different batches hold different ones. */
@DetectorInfo(
        id = "data-not-shuffled",
        summary = "Batches that hold one class each",
        severity = Severity.ERROR,
        needs = {Signal.LABELS},
        speaksFrom = 2)
final class DataNotShuffled extends CauseDetector {

    private final Limits limits;

    DataNotShuffled(Limits limits) {
        super("loss-oscillating", "class-collapse", "loss-not-decreasing", "ignores-input");
        this.limits = limits;
    }

    /**
     * @param share of its largest class above which a batch counts as pure
     * @param minRows of a batch: small ones are pure by chance
     */
    record Limits(double share, int minRows) {
        static final Limits DEFAULT = new Limits(0.99, 8);
    }

    @Override
    Verdict judge(Course course, List<Finding> symptoms) {
        DataTrack data = course.data();
        if (Double.isNaN(data.largestClass())) {
            return new Verdict.NotApplicable("labels name no classes");
        } else if (data.batches() > 1 && (data.purestShare() < limits.share || !isMixed(course))) {
            return new Verdict.Clear(course.steps());
        } else if (data.batches() < 2 || data.smallestBatch() < limits.minRows) {
            return new Verdict.Inconclusive("two batches of " + limits.minRows + " labels each");
        }
        return Verdict.Found.one(Finding.of(
                        "data-not-shuffled",
                        gravest(symptoms),
                        "Each of the first " + data.batches()
                                + " batches holds one class, and not all the same: each step"
                                + " unlearns the one before; " + Harm.words(course) + ".")
                .seen(course.firstIteration(), course.lastIteration(), course.firstIteration())
                .confidence(0.9)
                .fact(Fact.of("share of its largest class in each batch, at least", data.purestShare(), limits.share))
                .remedy(Remedies.shuffle())
                .build());
    }

    /** Labels that are one class in all first batches may still be several over the run: then a constant prediction costs something. */
    private boolean isMixed(Course course) {
        double cost = course.outcome().constantLoss();
        return course.data().largestClass() < limits.share || (course.data().largestClass() == 1 && cost > 0);
    }
}
