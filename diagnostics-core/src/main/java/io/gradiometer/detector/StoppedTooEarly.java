package io.gradiometer.detector;

import io.gradiometer.finding.Fact;
import io.gradiometer.finding.Finding;
import io.gradiometer.finding.Numbers;
import io.gradiometer.finding.Severity;
import io.gradiometer.finding.Verdict;
import java.util.List;

/** Finds training that was stopped while it still learned at a good pace, short of what a simple model reaches. */
@DetectorInfo(
        id = "stopped-too-early",
        summary = "Training stopped while it was still learning well",
        severity = Severity.WARNING,
        needs = {Signal.LOSS, Signal.SKILL, Signal.YARDSTICK},
        speaksFrom = 1)
final class StoppedTooEarly extends CauseDetector {

    /** Below this a network knows so much less than a constant prediction that time is not what it lacks. */
    private static final double LOST = -0.5;

    private final Limits limits;

    StoppedTooEarly(Limits limits) {
        super("slow-convergence");
        this.limits = limits;
    }

    /**
     * @param times of the run that the way to the yardstick would take at most: beyond, it is slow
     * @param minSteps before a slope can be told
     * @param minPasses over the data: a short test is not meant to get anywhere
     */
    record Limits(double times, int minSteps, int minPasses) {
        static final Limits DEFAULT = new Limits(1.5, 8, 3);
    }

    @Override
    Verdict judge(Course course, List<Finding> symptoms) {
        Outcome outcome = course.outcome();
        if (!course.isPoor()) {
            return new Verdict.Clear(course.steps());
        } else if (course.steps() < limits.minSteps || course.passes().passes() < limits.minPasses) {
            return new Verdict.Inconclusive(limits.minPasses + " passes over the data ("
                    + course.passes().passes() + " seen) and " + limits.minSteps + " iterations");
        } else if (!outcome.knowsSkill() || !course.yardstick().isKnown()) {
            return new Verdict.Inconclusive("examples and labels enough to tell what there is to learn");
        }
        boolean otherwiseIll =
                symptoms.stream().anyMatch(s -> s.severity() != Severity.INFO && !s.id().equals("slow-convergence"));
        Progress late = Progress.of(outcome);
        double missing = course.yardstick().best() - outcome.end();
        double needed = missing / (Progress.pace(outcome) * course.steps());
        if (otherwiseIll
                || outcome.end() < LOST
                || !(course.isUnfinished() && late.rise() > 0 && needed <= limits.times)) {
            return new Verdict.Clear(course.steps());
        }
        Finding.Builder finding = Finding.of(
                        "stopped-too-early",
                        Severity.WARNING,
                        "Training stopped after " + course.passes().passes() + " passes at a skill of "
                                + Numbers.format(outcome.end()) + ", still rising; a simple model reaches "
                                + Numbers.format(course.yardstick().best()) + ".")
                .seen(course.firstIteration(), course.lastIteration(), course.lastIteration())
                .confidence(0.8)
                .fact(Fact.of("length still needed, in runs", needed, limits.times))
                .fact(Fact.of("skill gained over the last half", late.rise()));
        Harm.addFacts(finding, course);
        return Verdict.Found.one(finding.remedy(Remedies.longer(course.passes().passes(), needed))
                .build());
    }
}
