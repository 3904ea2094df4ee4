package io.gradiometer.detector;

import io.gradiometer.finding.Fact;
import io.gradiometer.finding.Finding;
import io.gradiometer.finding.Numbers;
import io.gradiometer.finding.Severity;
import io.gradiometer.finding.Verdict;
import java.util.List;

/** Finds output layers whose activation and loss cannot express the labels, or reward an answer that tells nothing apart. */
@DetectorInfo(
        id = "loss-output-mismatch",
        summary = "An output layer whose activation and loss do not fit its labels",
        severity = Severity.ERROR,
        needs = {Signal.LABELS, Signal.ACTIVATIONS, Signal.LOSS},
        speaksFrom = 1)
final class LossOutputMismatch extends CauseDetector {

    LossOutputMismatch(Limits limits) {
        super(
                "class-collapse",
                "ignores-input",
                "loss-not-decreasing",
                "loss-diverging",
                "non-finite",
                "dead-units",
                "saturated-units",
                "unchanged-weights",
                "vanishing-gradient",
                "exploding-gradient");
    }

    /** Nothing to set: what a loss and an activation can express is no matter of degree. */
    record Limits() {
        static final Limits DEFAULT = new Limits();
    }

    @Override
    Verdict judge(Course course, List<Finding> symptoms) {
        List<ActivityTrack> outputs = course.outputs();
        if (outputs.isEmpty()) {
            return new Verdict.NotApplicable("no layer has a loss");
        } else if (outputs.size() > 1) {
            return new Verdict.NotApplicable("several outputs: which label columns belong to which is not known");
        } else if (course.data().labels().isEmpty()) {
            return new Verdict.Inconclusive("labels that could be described");
        }
        ActivityTrack output = outputs.get(0);
        Head.Mismatch mismatch = Head.mismatch(output, course.data());
        if (mismatch == null) {
            return new Verdict.Clear(course.steps());
        }
        Finding.Builder finding = Finding.of(
                        "loss-output-mismatch",
                        severity(course, mismatch),
                        "Output layer '" + output.name() + "' (" + output.activation() + ", " + output.view.loss()
                                + ") does not fit its labels: " + mismatch.why() + ".")
                .layers(List.of(output.name()))
                .seen(course.firstIteration(), course.lastIteration(), course.firstIteration())
                .confidence(mismatch.confidence())
                .fact(Fact.of("columns of labels", course.data().labels().size()));
        Harm.addFacts(finding, course);
        finding.evidence("labels lie between "
                + Numbers.format(course.data().labels().stream()
                        .mapToDouble(DataTrack.Column::min)
                        .min()
                        .orElse(Double.NaN))
                + " and "
                + Numbers.format(course.data().labels().stream()
                        .mapToDouble(DataTrack.Column::max)
                        .max()
                        .orElse(Double.NaN)));
        return Verdict.Found.one(finding.remedy(mismatch.remedy()).build());
    }

    /** A head that cannot work is no matter of how low its loss gets: the loss is what is wrong. */
    private static Severity severity(Course course, Head.Mismatch mismatch) {
        Severity byOutcome = Harm.severity(course);
        return mismatch.certain() && byOutcome == Severity.INFO ? Severity.WARNING : byOutcome;
    }
}
