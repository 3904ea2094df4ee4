package io.gradiometer.detector;

import io.gradiometer.finding.Fact;
import io.gradiometer.finding.Finding;
import io.gradiometer.finding.Numbers;
import io.gradiometer.finding.Severity;
import io.gradiometer.finding.Verdict;
import java.util.List;

/** Finds labels from which nothing can be learned: not finite, all the same, or class numbers where columns are due. */
@DetectorInfo(
        id = "labels-invalid",
        summary = "Labels from which nothing can be learned",
        severity = Severity.ERROR,
        needs = {Signal.LABELS, Signal.LOSS},
        speaksFrom = 1)
final class LabelsInvalid extends CauseDetector {

    private final Limits limits;

    LabelsInvalid(Limits limits) {
        super("class-collapse", "ignores-input", "loss-not-decreasing", "loss-diverging", "non-finite");
        this.limits = limits;
    }

    /**
     * @param minRows of labels before they count as all the same: a batch may well hold one class
     */
    record Limits(int minRows) {
        static final Limits DEFAULT = new Limits(32);
    }

    @Override
    Verdict judge(Course course, List<Finding> symptoms) {
        List<DataTrack.Column> labels = course.data().labels();
        long nonFinite = course.data().nonFiniteLabels();
        if (labels.isEmpty() && nonFinite == 0) {
            return new Verdict.Inconclusive("labels that could be described");
        } else if (nonFinite > 0) {
            return Verdict.Found.one(finding(
                    course,
                    Severity.ERROR,
                    nonFinite + (nonFinite == 1 ? " label" : " labels") + (nonFinite == 1 ? " is" : " are")
                            + " NaN or infinite in the batches that were read",
                    Fact.of("labels that are not finite", nonFinite, 0),
                    "drop the examples whose labels are not finite, or mask them"));
        }
        long rows = labels.get(0).count();
        double spread =
                labels.stream().mapToDouble(DataTrack.Column::deviation).max().orElse(0);
        if (spread == 0 && rows >= limits.minRows && !(course.outcome().constantLoss() > 0)) {
            return Verdict.Found.one(finding(
                    course,
                    Severity.WARNING,
                    "all " + rows + " labels of the first batches are the same"
                            + (labels.size() == 1
                                    ? " (" + Numbers.format(labels.get(0).mean()) + ")"
                                    : "")
                            + ": a constant answer is perfect",
                    Fact.of("spread of the labels", 0),
                    "check how labels are read; shuffle the data if the first batches hold one class only"));
        }
        return classNumbers(course, labels);
    }

    private Verdict classNumbers(Course course, List<DataTrack.Column> labels) {
        List<ActivityTrack> outputs = course.outputs();
        if (outputs.size() != 1 || labels.size() != 1) {
            return new Verdict.Clear(course.steps());
        }
        String activation = outputs.get(0).activation();
        String loss = outputs.get(0).view.loss();
        boolean probabilities = activation.equals("sigmoid") || activation.equals("softmax");
        boolean sparse = loss != null && loss.contains("Sparse");
        double max = labels.get(0).max();
        boolean numbers = labels.get(0).min() == 0 && max > 1 && max <= 1000 && max == Math.rint(max);
        if (!(probabilities && numbers) || sparse) {
            return new Verdict.Clear(course.steps());
        }
        int classes = (int) max + 1;
        return Verdict.Found.one(finding(
                course,
                Severity.ERROR,
                "labels go from 0 to " + Numbers.format(max) + " in one column, as class numbers do, and " + activation
                        + " gives probabilities",
                Fact.of("largest label", max, 1),
                "give each of the " + classes + " classes a column of its own (one-hot), with " + classes
                        + " outputs, softmax and MCXENT"));
    }

    private Finding finding(Course course, Severity severity, String what, Fact fact, String remedy) {
        return Finding.of("labels-invalid", severity, "Labels are invalid: " + what + ".")
                .seen(course.firstIteration(), course.lastIteration(), course.firstIteration())
                .confidence(0.95)
                .fact(fact)
                .remedy(Remedies.cleanLabels(remedy))
                .build();
    }
}
