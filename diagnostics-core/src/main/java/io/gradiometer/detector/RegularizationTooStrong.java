package io.gradiometer.detector;

import io.gradiometer.finding.Fact;
import io.gradiometer.finding.Finding;
import io.gradiometer.finding.Numbers;
import io.gradiometer.finding.Severity;
import io.gradiometer.finding.Verdict;
import java.util.List;

/** Finds penalties on the weights that weigh more than the loss of the data, in a network that knows little. */
@DetectorInfo(
        id = "regularization-too-strong",
        summary = "A penalty on the weights that outweighs the data",
        severity = Severity.ERROR,
        needs = {Signal.LOSS, Signal.SKILL},
        speaksFrom = 10)
final class RegularizationTooStrong extends CauseDetector {

    private final Limits limits;

    RegularizationTooStrong(Limits limits) {
        super("loss-not-decreasing", "class-collapse", "ignores-input", "slow-convergence");
        this.limits = limits;
    }

    /**
     * @param share of the score that is penalty: above a half, the weights obey it before the data
     */
    record Limits(double share) {
        static final Limits DEFAULT = new Limits(0.5);
    }

    @Override
    Verdict judge(Course course, List<Finding> symptoms) {
        double share = course.penaltyShare();
        if (Double.isNaN(share)) {
            return new Verdict.NotApplicable("the score holds no penalty");
        } else if (!(share > limits.share && course.isPoor())) {
            return new Verdict.Clear(course.steps());
        }
        Finding.Builder finding = Finding.of(
                        "regularization-too-strong",
                        gravest(symptoms),
                        Numbers.format(100 * share) + " % of the score is penalty on the weights; " + Harm.words(course)
                                + ".")
                .seen(course.firstIteration(), course.lastIteration(), course.lastIteration())
                .confidence(0.8)
                .fact(Fact.of("share of the penalty in the score", share, limits.share));
        Harm.addFacts(finding, course);
        return Verdict.Found.one(
                finding.remedy(Remedies.lessRegularization(share)).build());
    }
}
