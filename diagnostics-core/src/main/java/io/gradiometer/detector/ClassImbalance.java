package io.gradiometer.detector;

import io.gradiometer.finding.Fact;
import io.gradiometer.finding.Finding;
import io.gradiometer.finding.Numbers;
import io.gradiometer.finding.Severity;
import io.gradiometer.finding.Verdict;
import java.util.List;

/** Finds labels of which one class has nearly all, so that answering with it alone looks good. */
@DetectorInfo(
        id = "class-imbalance",
        summary = "One class that has nearly all of the labels",
        severity = Severity.INFO,
        needs = {Signal.LABELS},
        speaksFrom = 1)
final class ClassImbalance extends CauseDetector {

    private final Limits limits;

    ClassImbalance(Limits limits) {
        super("class-collapse", "ignores-input", "loss-not-decreasing");
        this.limits = limits;
    }

    /**
     * @param share of the largest class among the labels of the first batches
     * @param minRows of labels
     */
    record Limits(double share, int minRows) {
        static final Limits DEFAULT = new Limits(0.9, 64);
    }

    @Override
    Verdict judge(Course course, List<Finding> symptoms) {
        double largest = course.data().largestClass();
        if (Double.isNaN(largest)) {
            return new Verdict.NotApplicable("labels name no classes");
        }
        long rows = course.data().labels().get(0).count();
        if (rows < limits.minRows) {
            return new Verdict.Inconclusive(limits.minRows + " labels in the first batches (" + rows + " seen)");
        } else if (largest <= limits.share || largest == 1) {
            // Labels of a single class are no rare classes to weigh up: labels-invalid tells of them.
            return new Verdict.Clear(course.steps());
        }
        return Verdict.Found.one(Finding.of(
                        "class-imbalance",
                        Severity.INFO,
                        "One class has " + Numbers.format(100 * largest)
                                + " % of the labels: accuracy is as high for a network"
                                + " that always answers with it.")
                .seen(course.firstIteration(), course.lastIteration(), course.firstIteration())
                .confidence(0.8)
                .fact(Fact.of("share of the largest class", largest, limits.share))
                .remedy(Remedies.weightClasses(largest))
                .build());
    }
}
