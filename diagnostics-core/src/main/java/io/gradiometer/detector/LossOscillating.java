package io.gradiometer.detector;

import io.gradiometer.finding.Fact;
import io.gradiometer.finding.Finding;
import io.gradiometer.finding.Numbers;
import io.gradiometer.finding.Severity;
import io.gradiometer.finding.Verdict;
import java.util.List;

/**
 * Finds a loss that jumps up and down from pass to pass instead of settling. Each pass holds the same examples, so minibatch luck
 * cancels; what is left is what the network learned and lost again.
 */
@DetectorInfo(
        id = "loss-oscillating",
        summary = "A loss that jumps up and down from one pass over the data to the next",
        severity = Severity.WARNING,
        needs = {Signal.LOSS, Signal.SKILL, Signal.YARDSTICK},
        speaksFrom = 1)
final class LossOscillating extends CourseDetector {

    private final Limits limits;

    LossOscillating(Limits limits) {
        this.limits = limits;
    }

    /**
     * @param turns share of the passes at which the loss turns round; a random sequence has two thirds, a settling one fewer
     * @param jump from pass to pass over the level of the loss, at the median
     * @param minPasses over the data
     */
    record Limits(double turns, double jump, int minPasses) {
        static final Limits DEFAULT = new Limits(0.5, 0.05, 6);
    }

    @Override
    Verdict judge(Course course, List<Finding> symptoms) {
        if (course.outcome().endsFinite() && !course.isPoor()) {
            return new Verdict.Clear(course.steps());
        }
        List<Passes.Pass> passes = course.passes().last();
        if (passes.size() < limits.minPasses) {
            return new Verdict.Inconclusive(limits.minPasses + " passes over the data (" + passes.size() + " seen)");
        } else if (!course.outcome().endsFinite()) {
            return new Verdict.Inconclusive("a finite loss");
        }
        List<Passes.Pass> late = passes.subList(passes.size() / 3, passes.size());
        double turns = Turns.share(late);
        double jump = Turns.medianJump(late);
        if (!(turns >= limits.turns && jump > limits.jump)) {
            return new Verdict.Clear(course.steps());
        }
        Finding.Builder finding = Finding.of(
                        "loss-oscillating",
                        Severity.WARNING,
                        "From one pass over the data to the next the loss jumps by " + Numbers.format(100 * jump)
                                + " % of its level and turns round in " + Numbers.format(100 * turns)
                                + " % of them; " + Harm.words(course) + ".")
                .seen(course.firstIteration(), course.lastIteration(), course.lastIteration())
                .confidence(0.85)
                .fact(Fact.of("jump from pass to pass over the loss", jump, limits.jump))
                .fact(Fact.of("share of passes at which the loss turns", turns, limits.turns));
        Harm.addFacts(finding, course);
        StepAdvice.remedies(course.layers(), Growth.NONE).forEach(finding::remedy);
        return Verdict.Found.one(
                finding.remedy(Remedies.largerBatch(course.batch())).build());
    }
}
