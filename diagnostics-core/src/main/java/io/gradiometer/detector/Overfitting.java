package io.gradiometer.detector;

import io.gradiometer.finding.Fact;
import io.gradiometer.finding.Finding;
import io.gradiometer.finding.Numbers;
import io.gradiometer.finding.Severity;
import io.gradiometer.finding.Verdict;
import java.util.List;

/** Finds validation scores that turned round while the training loss went on falling. */
@DetectorInfo(
        id = "overfitting",
        summary = "A validation score that gets worse while the training loss falls",
        severity = Severity.WARNING,
        needs = {Signal.LOSS, Signal.VALIDATION},
        speaksFrom = 1)
final class Overfitting extends CourseDetector {

    private final Limits limits;

    Overfitting(Limits limits) {
        this.limits = limits;
    }

    /**
     * @param lost share of what the score had gained, at the end
     * @param minScores that must have been handed in
     */
    record Limits(double lost, int minScores) {
        static final Limits DEFAULT = new Limits(0.2, 5);
    }

    @Override
    Verdict judge(Course course, List<Finding> symptoms) {
        Validations scores = course.validations();
        if (scores.count() == 0) {
            return new Verdict.NotApplicable("no validation scores were handed in");
        } else if (scores.count() < limits.minScores) {
            return new Verdict.Inconclusive(limits.minScores + " validation scores (" + scores.count() + " handed in)");
        }
        boolean stillFalls = !(Progress.of(course.outcome()).most() < 0);
        if (!(scores.lostShare() > limits.lost && stillFalls)) {
            return new Verdict.Clear(course.steps());
        }
        return Verdict.Found.one(Finding.of(
                        "overfitting",
                        Severity.WARNING,
                        "The validation score was best at iteration " + scores.bestIteration() + " ("
                                + Numbers.format(scores.best()) + ") and is " + Numbers.format(scores.last())
                                + " at the end, while the training loss went on falling.")
                .seen(scores.bestIteration(), course.lastIteration(), course.lastIteration())
                .confidence(0.9)
                .fact(Fact.of("share of the gain lost again", scores.lostShare(), limits.lost))
                .fact(Fact.of("best validation score", scores.best()))
                .fact(Fact.of("last validation score", scores.last()))
                .remedy(Remedies.stopAt(scores.bestIteration()))
                .remedy(Remedies.regularize())
                .build());
    }
}
