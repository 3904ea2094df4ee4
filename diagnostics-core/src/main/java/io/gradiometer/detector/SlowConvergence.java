package io.gradiometer.detector;

import io.gradiometer.finding.Fact;
import io.gradiometer.finding.Finding;
import io.gradiometer.finding.Numbers;
import io.gradiometer.finding.Severity;
import io.gradiometer.finding.Verdict;
import java.util.List;
import java.util.Set;

/**
 * Finds training that moves the right way, but would need many times its length to get where a simple model is.
 */
@DetectorInfo(
        id = "slow-convergence",
        summary = "Training that would take many times longer to get anywhere",
        severity = Severity.WARNING,
        needs = {Signal.LOSS, Signal.SKILL, Signal.YARDSTICK},
        speaksFrom = 1)
final class SlowConvergence extends CourseDetector {

    /** Symptoms that a network which is slow, and nothing else, may show. */
    private static final Set<String> OF_SLOW_NETWORKS = Set.of("vanishing-gradient", "class-collapse");

    private final Limits limits;

    SlowConvergence(Limits limits) {
        this.limits = limits;
    }

    /**
     * @param times the length of the run that the way to the yardstick would still take
     * @param minSteps before a slope can be told
     * @param minPasses over the data: a short test is no slow training
     */
    record Limits(double times, int minSteps, int minPasses) {
        static final Limits DEFAULT = new Limits(3, 8, 3);
    }

    @Override
    Phase phase() {
        return Phase.OUTCOME;
    }

    @Override
    Verdict judge(Course course, List<Finding> symptoms) {
        Outcome outcome = course.outcome();
        if (!outcome.knowsSkill() || !outcome.endsFinite()) {
            return new Verdict.Inconclusive("a finite loss, and labels that tell what a constant prediction costs");
        } else if (!course.isPoor()) {
            return new Verdict.Clear(course.steps());
        } else if (course.steps() < limits.minSteps || course.passes().passes() < limits.minPasses) {
            return new Verdict.Inconclusive(limits.minPasses + " passes over the data ("
                    + course.passes().passes() + " seen) and " + limits.minSteps + " iterations");
        } else if (!course.yardstick().isKnown()) {
            return new Verdict.Inconclusive("examples enough to tell what there is to learn");
        }
        boolean otherwiseIll =
                symptoms.stream().anyMatch(s -> s.severity() != Severity.INFO && !OF_SLOW_NETWORKS.contains(s.id()));
        Progress late = Progress.of(outcome);
        double missing = course.yardstick().best() - outcome.end();
        double needed = missing / (Progress.pace(outcome) * course.steps());
        if (otherwiseIll || !(course.isUnfinished() && late.rise() > 0 && needed > limits.times)) {
            return new Verdict.Clear(course.steps());
        }
        Finding.Builder finding = Finding.of(
                        "slow-convergence",
                        Severity.WARNING,
                        "After " + course.steps() + " iterations the skill is " + Numbers.format(outcome.end())
                                + ", where a simple model reaches "
                                + Numbers.format(course.yardstick().best()) + "; at its pace it would take "
                                + Numbers.format(needed) + " times as long again.")
                .seen(course.firstIteration(), course.lastIteration(), course.lastIteration())
                .confidence(0.9)
                .fact(Fact.of("length still needed, in runs", needed, limits.times))
                .fact(Fact.of("skill at the end", outcome.end()))
                .fact(Fact.of("skill of a simple model", course.yardstick().best()))
                .fact(Fact.of("skill gained over the last half", late.rise()));
        return Verdict.Found.one(finding.remedy(Remedies.longer(course.passes().passes(), needed))
                .build());
    }
}
