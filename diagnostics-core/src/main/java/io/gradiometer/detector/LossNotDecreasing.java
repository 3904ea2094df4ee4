package io.gradiometer.detector;

import io.gradiometer.finding.Fact;
import io.gradiometer.finding.Finding;
import io.gradiometer.finding.Numbers;
import io.gradiometer.finding.Severity;
import io.gradiometer.finding.Verdict;
import java.util.List;

/**
 * Finds training that gets nowhere although there is something to learn: the network ends knowing no more than a constant, its
 * skill does not rise, and either a simple model learns from the same examples, or they were repeated often enough to be learned
 * by heart, or another symptom shows a network that cannot learn.
 */
@DetectorInfo(
        id = "loss-not-decreasing",
        summary = "A loss that does not fall although there is something to learn",
        severity = Severity.ERROR,
        needs = {Signal.LOSS, Signal.SKILL, Signal.YARDSTICK},
        speaksFrom = 1)
final class LossNotDecreasing extends CourseDetector {

    private final Limits limits;

    LossNotDecreasing(Limits limits) {
        this.limits = limits;
    }

    /**
     * @param gain of the skill, at its lower bound, that is progress
     * @param learnable skill that a simple model must reach for the examples to count as learnable
     * @param repeats of every example after which it could be known by heart
     * @param minSteps before standing still means anything
     * @param minPasses over the data, too
     * @param longRun iterations that do in place of passes
     */
    record Limits(double gain, double learnable, double repeats, int minSteps, int minPasses, int longRun) {
        static final Limits DEFAULT = new Limits(0.01, 0.1, 20, 20, 2, 200);
    }

    @Override
    Phase phase() {
        return Phase.OUTCOME;
    }

    @Override
    Verdict judge(Course course, List<Finding> symptoms) {
        Outcome outcome = course.outcome();
        if (!outcome.endsFinite() && course.steps() < limits.minSteps) {
            return new Verdict.Inconclusive("a finite loss: it was lost before it could have fallen");
        } else if (!outcome.endsFinite()) {
            return Verdict.Found.one(finding(course, symptoms, course.outcome().words(), 0.99));
        } else if (Double.isNaN(outcome.end())) {
            return new Verdict.Inconclusive("a loss that can be judged: " + outcome.words());
        } else if (!outcome.learnedNothing()) {
            return new Verdict.Clear(course.steps());
        }
        boolean explained = symptoms.stream().anyMatch(s -> s.severity() == Severity.ERROR);
        boolean tooShort = course.steps() < limits.minSteps
                || (course.steps() < limits.longRun && course.passes().passes() < limits.minPasses);
        if (tooShort && !explained) {
            return new Verdict.Inconclusive("a longer training: " + iterations(course) + " in "
                    + course.passes().passes() + (course.passes().passes() == 1 ? " pass" : " passes")
                    + " over the data were seen");
        } else if (rises(outcome)) {
            return explained
                    ? new Verdict.Clear(course.steps())
                    : new Verdict.Inconclusive(
                            "more training: the skill still rises (" + Numbers.format(outcome.end()) + " at the end)");
        }
        return verdictOnStandingStill(course, symptoms, explained);
    }

    /** Tells whether the skill rises beyond doubt; far below a constant prediction, by what there is to make up for. */
    private boolean rises(Outcome outcome) {
        double scale = Math.max(1, 1 - outcome.end());
        return Math.max(Progress.ofAll(outcome).rise(), Progress.of(outcome).rise()) > limits.gain * scale;
    }

    private Verdict verdictOnStandingStill(Course course, List<Finding> symptoms, boolean explained) {
        if (course.yardstick().best() > limits.learnable) {
            return Verdict.Found.one(finding(
                    course,
                    symptoms,
                    course.outcome().words() + "; a simple model reaches "
                            + Numbers.format(course.yardstick().best()) + " on examples held out from it",
                    0.97));
        } else if (course.yardstick().examplesPerRow() >= limits.repeats
                && !course.yardstick().contradictory()) {
            return Verdict.Found.one(finding(
                    course,
                    symptoms,
                    course.outcome().words() + "; its " + course.yardstick().rows() + " examples were shown "
                            + Numbers.format(course.yardstick().examplesPerRow())
                            + " times each, enough to know them by heart",
                    0.9));
        } else if (explained) {
            return Verdict.Found.one(
                    finding(course, symptoms, course.outcome().words() + "; another symptom shows why it cannot", 0.9));
        }
        return new Verdict.Inconclusive(
                "labels that can be predicted: the network learned nothing, and neither did a simple model");
    }

    private Finding finding(Course course, List<Finding> symptoms, String why, double confidence) {
        Finding.Builder finding = Finding.of(
                        "loss-not-decreasing",
                        Severity.ERROR,
                        "The loss did not fall in " + iterations(course) + ": " + why + ".")
                .seen(course.firstIteration(), course.lastIteration(), knownFrom(course))
                .confidence(confidence);
        if (Double.isFinite(course.outcome().end())) {
            finding.fact(Fact.of(
                    "gain over the run, at most",
                    Progress.ofAll(course.outcome()).most(),
                    limits.gain));
        }
        Harm.addFacts(finding, course);
        if (symptoms.isEmpty()) {
            finding.ruledOut("gradients: none explode, fade, or are not finite");
        }
        return finding.remedy(Advice.overfitOneBatch()).build();
    }

    private static String iterations(Course course) {
        return course.steps() + (course.steps() == 1 ? " iteration" : " iterations");
    }

    private int knownFrom(Course course) {
        return Math.min(course.lastIteration(), course.firstIteration() + limits.minSteps - 1);
    }
}
