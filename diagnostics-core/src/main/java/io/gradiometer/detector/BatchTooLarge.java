package io.gradiometer.detector;

import io.gradiometer.finding.Fact;
import io.gradiometer.finding.Finding;
import io.gradiometer.finding.Numbers;
import io.gradiometer.finding.Severity;
import io.gradiometer.finding.Verdict;
import java.util.List;

/** Finds batches so large that a pass over the data is but a few steps, in training that was too short for that. */
@DetectorInfo(
        id = "batch-too-large",
        summary = "Batches so large that hardly any steps are made",
        severity = Severity.INFO,
        needs = {Signal.LOSS, Signal.SKILL, Signal.YARDSTICK},
        speaksFrom = 5)
final class BatchTooLarge extends CauseDetector {

    private final Limits limits;

    BatchTooLarge(Limits limits) {
        super("slow-convergence");
        this.limits = limits;
    }

    /**
     * @param steps in a pass over the data at most
     * @param examples in a batch at least
     * @param minPasses over the data: a short test is not meant to get anywhere
     */
    record Limits(int steps, int examples, int minPasses) {
        static final Limits DEFAULT = new Limits(4, 256, 3);
    }

    @Override
    Verdict judge(Course course, List<Finding> symptoms) {
        double batch = course.batch();
        double stepsInPass =
                (double) course.steps() / Math.max(1, course.passes().passes());
        boolean otherwiseIll = symptoms.stream().anyMatch(s -> s.severity() != Severity.INFO && !explains(s.id()));
        boolean shortOfSteps =
                course.isUnfinished() && Progress.of(course.outcome()).rise() > 0 && !otherwiseIll;
        boolean enoughPasses = course.passes().passes() >= limits.minPasses;
        if (!(batch >= limits.examples && stepsInPass <= limits.steps && enoughPasses && shortOfSteps)) {
            return new Verdict.Clear(course.steps());
        }
        return Verdict.Found.one(Finding.of(
                        "batch-too-large",
                        Severity.INFO,
                        "A pass over the data is " + Numbers.format(stepsInPass)
                                + (stepsInPass == 1 ? " step" : " steps")
                                + " of " + Numbers.format(batch)
                                + " examples; " + Harm.words(course) + ".")
                .seen(course.firstIteration(), course.lastIteration(), course.lastIteration())
                .confidence(0.6)
                .fact(Fact.of("steps in a pass", stepsInPass, limits.steps))
                .fact(Fact.of("examples in a batch", batch, limits.examples))
                .remedy(Remedies.smallerBatch(batch))
                .build());
    }
}
