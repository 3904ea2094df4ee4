package io.gradiometer.detector;

import io.gradiometer.finding.Fact;
import io.gradiometer.finding.Finding;
import io.gradiometer.finding.Numbers;
import io.gradiometer.finding.Severity;
import io.gradiometer.finding.Verdict;
import java.util.List;

/** Finds classifiers that answer with one class, whatever they are shown, while the labels name several. */
@DetectorInfo(
        id = "class-collapse",
        summary = "A classifier that gives the same class to every example",
        severity = Severity.ERROR,
        needs = {Signal.ANSWERS, Signal.LABELS, Signal.LOSS, Signal.SKILL},
        speaksFrom = 1)
final class ClassCollapse extends CourseDetector {

    private final Limits limits;

    ClassCollapse(Limits limits) {
        this.limits = limits;
    }

    /**
     * @param share of the answers within a batch from which on one class is the only one, a stray example aside
     * @param labelShare of the largest class above which answering with it alone is what accuracy asks for
     * @param rise of the skill over the last half of the run that tells a slow learner from one that is stuck
     * @param minRows answered, of late
     * @param minSteps before one answer for all is more than a first guess
     */
    record Limits(double share, double labelShare, double rise, int minRows, int minSteps) {
        static final Limits DEFAULT = new Limits(0.99, 0.9, 0.02, 64, 20);
    }

    @Override
    Verdict judge(Course course, List<Finding> symptoms) {
        double largest = course.data().largestClass();
        List<ActivityTrack> outputs = course.outputs();
        if (outputs.size() != 1 || Double.isNaN(largest)) {
            return new Verdict.NotApplicable("labels name no classes, or there are several outputs");
        }
        ActivityTrack output = outputs.get(0);
        if (course.steps() < limits.minSteps || output.answeredRows() < limits.minRows) {
            return new Verdict.Inconclusive("answers to " + limits.minRows + " rows after " + limits.minSteps
                    + " iterations (" + output.answeredRows() + " rows, " + course.steps() + " iterations seen)");
        }
        List<Double> answers = output.answers();
        int top = 0;
        for (int k = 1; k < answers.size(); k++) {
            top = answers.get(k) > answers.get(top) ? k : top;
        }
        if (!course.outcome().endsFinite()) {
            return new Verdict.Inconclusive("a finite loss: answers mean nothing after it is lost");
        } else if (output.oneSided() < limits.share || largest > limits.labelShare) {
            return new Verdict.Clear(course.steps());
        }
        return Verdict.Found.one(finding(course, output, top, output.oneSided(), largest));
    }

    private Finding finding(Course course, ActivityTrack output, int top, double share, double largest) {
        Head.Mismatch mismatch = Head.mismatch(output, course.data());
        // A loss that rewards one answer for all falls, and nothing is learned by it.
        boolean meaningless = mismatch != null && mismatch.certain();
        boolean stillLearns = !meaningless && Progress.of(course.outcome()).rise() > limits.rise;
        Severity severity = meaningless || course.outcome().learnedNothing() ? Severity.ERROR : Severity.WARNING;
        Finding.Builder finding = Finding.of(
                        "class-collapse",
                        stillLearns ? Severity.INFO : severity,
                        "'" + output.name() + "' gives " + Numbers.format(100 * share)
                                + " % of each batch one answer (of late mostly class " + top
                                + "), though the largest class has "
                                + Numbers.format(100 * largest) + " % of the labels; " + Harm.words(course) + ".")
                .layers(List.of(output.name()))
                .seen(course.firstIteration(), course.lastIteration(), course.lastIteration())
                .confidence(stillLearns ? 0.6 : 0.97)
                .fact(Fact.of("share of one class among the answers", share, limits.share))
                .fact(Fact.of("share of the largest class among the labels", largest, limits.labelShare));
        if (stillLearns) {
            finding.ruledOut("that it is stuck: the skill still rises");
        }
        Harm.addFacts(finding, course);
        return finding.remedy(Advice.overfitOneBatch()).build();
    }
}
