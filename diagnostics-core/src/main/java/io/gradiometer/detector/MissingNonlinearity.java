package io.gradiometer.detector;

import io.gradiometer.finding.Fact;
import io.gradiometer.finding.Finding;
import io.gradiometer.finding.Severity;
import io.gradiometer.finding.Verdict;
import io.gradiometer.signal.Yardstick;
import java.util.List;

/** Finds layers that follow one another without a nonlinearity in between, which together can do no more than one. */
@DetectorInfo(
        id = "missing-nonlinearity",
        summary = "Layers in a row that together can do no more than one",
        severity = Severity.ERROR,
        needs = {Signal.PARAMETERS, Signal.LOSS, Signal.SKILL, Signal.YARDSTICK},
        speaksFrom = 1)
final class MissingNonlinearity extends CauseDetector {

    private final Limits limits;

    MissingNonlinearity(Limits limits) {
        super("loss-not-decreasing", "slow-convergence", "class-collapse");
        this.limits = limits;
    }

    /**
     * @param bend skill by which a model that is not linear beats one that is, on the same examples: only then does the data ask for
     *     what is missing
     */
    record Limits(double bend) {
        static final Limits DEFAULT = new Limits(0.2);
    }

    @Override
    Verdict judge(Course course, List<Finding> symptoms) {
        if (!course.model().kind().equals("MultiLayerNetwork")) {
            return new Verdict.NotApplicable("which layer follows which is known of layers in a row only");
        }
        List<String> linear = Sequence.linearBeforeWeights(course.model());
        if (linear.isEmpty()) {
            return new Verdict.Clear(course.steps());
        }
        Yardstick yardstick = course.yardstick();
        boolean asked = yardstick.flexible() - yardstick.linear() > limits.bend;
        return Verdict.Found.one(Finding.of(
                        "missing-nonlinearity",
                        asked ? gravest(symptoms) : Severity.INFO,
                        "'" + linear.get(0)
                                + "' multiplies and passes on to another layer that multiplies: the two can do no"
                                + " more than one; " + Harm.words(course) + ".")
                .layers(linear)
                .seen(course.firstIteration(), course.firstIteration(), course.firstIteration())
                .confidence(asked ? 0.9 : 0.6)
                .fact(Fact.of("layers without a nonlinearity behind them", linear.size(), 0))
                .remedy(Remedies.activation(linear.get(0)))
                .build());
    }
}
