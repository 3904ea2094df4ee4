package io.gradiometer.detector;

import io.gradiometer.finding.Fact;
import io.gradiometer.finding.Finding;
import io.gradiometer.finding.Numbers;
import io.gradiometer.finding.Severity;
import io.gradiometer.finding.Verdict;
import java.util.List;

/** Finds regression targets so far from 1 that outputs cannot reach them, or errors throw the network off. */
@DetectorInfo(
        id = "unscaled-target",
        summary = "Targets far from the size that outputs start out with",
        severity = Severity.ERROR,
        needs = {Signal.LABELS, Signal.LOSS, Signal.SKILL},
        speaksFrom = 1)
final class UnscaledTarget extends CauseDetector {

    private final Limits limits;

    UnscaledTarget(Limits limits) {
        super(
                "dead-units",
                "exploding-gradient",
                "ignores-input",
                "loss-diverging",
                "loss-not-decreasing",
                "loss-oscillating",
                "non-finite",
                "saturated-units",
                "slow-convergence");
        this.limits = limits;
    }

    /**
     * @param rms of the targets; errors, and with them gradients, are as large at first
     */
    record Limits(double rms) {
        static final Limits DEFAULT = new Limits(100);
    }

    @Override
    Verdict judge(Course course, List<Finding> symptoms) {
        List<ActivityTrack> outputs = course.outputs();
        boolean regression =
                outputs.size() == 1 && outputs.get(0).activation().equals("identity") && !isEntropy(outputs.get(0));
        if (!regression) {
            return new Verdict.NotApplicable("no single output that may take any value");
        } else if (course.data().labels().isEmpty()) {
            return new Verdict.Inconclusive("targets that could be described");
        }
        double rms = course.data().labels().stream()
                .mapToDouble(DataTrack.Column::rms)
                .max()
                .orElse(0);
        if (!(rms > limits.rms && suffers(course, symptoms))) {
            return new Verdict.Clear(course.steps());
        }
        Finding.Builder finding = Finding.of(
                        "unscaled-target",
                        Harm.severity(course),
                        "The targets have a root mean square of " + Numbers.format(rms)
                                + ", where outputs begin at about 1; " + Harm.words(course) + ".")
                .layers(List.of(outputs.get(0).name()))
                .seen(course.firstIteration(), course.lastIteration(), course.firstIteration())
                .confidence(Math.min(0.74, 0.6 + 0.05 * Math.log10(rms / limits.rms)))
                .fact(Fact.of("root mean square of the targets", rms, limits.rms));
        Harm.addFacts(finding, course);
        return Verdict.Found.one(
                finding.remedy(Remedies.standardizeTargets(rms)).build());
    }

    private boolean suffers(Course course, List<Finding> symptoms) {
        // One answer for all is the best there is where nothing can be told from the inputs.
        List<Finding> telling = symptoms.stream()
                .filter(symptom -> !symptom.id().equals("ignores-input") || course.isFarBelowYardstick())
                .toList();
        return course.isPoor() && gravest(telling) != Severity.INFO;
    }

    private static boolean isEntropy(ActivityTrack output) {
        String loss = output.view.loss();
        return loss != null && loss.contains("XENT");
    }
}
