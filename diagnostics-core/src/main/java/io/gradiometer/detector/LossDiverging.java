package io.gradiometer.detector;

import io.gradiometer.finding.Fact;
import io.gradiometer.finding.Finding;
import io.gradiometer.finding.Numbers;
import io.gradiometer.finding.Severity;
import io.gradiometer.finding.Verdict;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.math3.stat.descriptive.rank.Median;

/** Finds training that ends knowing less than it did, and less than a constant prediction: its loss rises instead of falling. */
@DetectorInfo(
        id = "loss-diverging",
        summary = "A loss that rises instead of falling",
        severity = Severity.ERROR,
        needs = {Signal.LOSS, Signal.SKILL},
        speaksFrom = 1)
final class LossDiverging extends CourseDetector {

    private final Limits limits;

    LossDiverging(Limits limits) {
        this.limits = limits;
    }

    /**
     * @param skill below which the network knows clearly less than a constant prediction
     * @param lost share of where it began that must have been lost since
     * @param minSteps before a rise is more than a bad start
     */
    record Limits(double skill, double lost, int minSteps) {
        static final Limits DEFAULT = new Limits(0.5, 0.5, 10);
    }

    @Override
    Verdict judge(Course course, List<Finding> symptoms) {
        Outcome outcome = course.outcome();
        if (!outcome.knowsSkill()) {
            return new Verdict.Inconclusive("labels that tell what a constant prediction costs");
        } else if (!outcome.endsFinite()) {
            return new Verdict.Inconclusive("a finite loss");
        } else if (course.steps() < limits.minSteps) {
            return new Verdict.Inconclusive(StepsMissing.words(limits.minSteps, course.steps()));
        }
        double[] achieved = outcome.course();
        double start = median(achieved, 0, Math.max(1, achieved.length / 10));
        double end = median(achieved, achieved.length - Math.max(3, achieved.length / 5), achieved.length);
        boolean worse = 1 - end > (1 + limits.lost) * Math.max(1, 1 - start);
        if (!(end < -limits.skill && worse)) {
            return new Verdict.Clear(course.steps());
        }
        Finding.Builder finding = Finding.of(
                        "loss-diverging",
                        Severity.ERROR,
                        "The loss rises: skill " + Numbers.format(start) + " at the start, " + Numbers.format(end)
                                + " at the end, where a constant prediction has 0.")
                .seen(course.firstIteration(), course.lastIteration(), course.lastIteration())
                .confidence(0.97)
                .fact(Fact.of("skill at the start", start))
                .fact(Fact.of("skill at the end", end, -limits.skill));
        StepAdvice.remedies(course.layers(), Growth.NONE).forEach(finding::remedy);
        return Verdict.Found.one(finding.remedy(Advice.overfitOneBatch()).build());
    }

    private static double median(double[] values, int from, int to) {
        return new Median().evaluate(Arrays.copyOfRange(values, Math.max(0, from), to));
    }
}
