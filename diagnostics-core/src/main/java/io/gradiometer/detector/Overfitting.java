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
     * @param minScores that must have been handed in, 3 at the least
     */
    record Limits(double lost, int minScores) {
        static final Limits DEFAULT = new Limits(0.2, 5);
    }

    @Override
    Verdict judge(Course course, List<Finding> symptoms) {
        Validations scores = course.validations();
        if (scores.count() == 0) {
            return new Verdict.NotApplicable("no validation scores were handed in");
        }
        int needed = Math.max(3, limits.minScores);
        if (scores.count() < needed) {
            return new Verdict.Inconclusive(needed + " validation scores (" + scores.count() + " handed in)");
        }
        Validations.Turn turn = scores.turn();
        Progress late = Progress.of(course.outcome());
        boolean forgets = late.most() < 0;
        if (!(turn.lostShare() > limits.lost) || forgets) {
            return new Verdict.Clear(course.steps());
        }
        return Verdict.Found.one(Finding.of(
                        "overfitting",
                        Severity.WARNING,
                        "The validation score was best at iteration " + turn.bestIteration() + " ("
                                + Numbers.format(turn.best()) + ") and is " + Numbers.format(turn.end())
                                + " at the end, while the training loss "
                                + (late.rise() > 0 ? "went on falling." : "did not rise."))
                // Scores may have been handed in under a count that is ahead of what was seen.
                .seen(
                        Math.min(turn.bestIteration(), course.lastIteration()),
                        course.lastIteration(),
                        course.lastIteration())
                .confidence(0.9)
                .fact(Fact.of("share of the gain lost again", turn.lostShare(), limits.lost))
                .fact(Fact.of("best validation score", turn.best()))
                .fact(Fact.of("validation score at the end", turn.end()))
                .remedy(Remedies.stopAt(turn.bestIteration()))
                .remedy(Remedies.regularize())
                .build());
    }
}
