package io.gradiometer.detector;

import io.gradiometer.finding.Fact;
import io.gradiometer.finding.Finding;
import io.gradiometer.finding.Numbers;
import io.gradiometer.finding.Severity;
import io.gradiometer.finding.Verdict;
import java.util.List;

/** Finds batches so small that the loss jumps with each of them. */
@DetectorInfo(
        id = "batch-too-small",
        summary = "Batches so small that their noise outweighs what they teach",
        severity = Severity.INFO,
        needs = {Signal.LOSS, Signal.SKILL},
        speaksFrom = 20)
final class BatchTooSmall extends CauseDetector {

    private final Limits limits;

    BatchTooSmall(Limits limits) {
        super("loss-oscillating", "loss-not-decreasing");
        this.limits = limits;
    }

    /**
     * @param examples in a batch at most
     */
    record Limits(int examples) {
        static final Limits DEFAULT = new Limits(4);
    }

    @Override
    Verdict judge(Course course, List<Finding> symptoms) {
        double batch = course.batch();
        boolean oscillates = symptoms.stream().anyMatch(s -> s.id().equals("loss-oscillating"));
        if (!(batch <= limits.examples && oscillates)) {
            return new Verdict.Clear(course.steps());
        }
        return Verdict.Found.one(Finding.of(
                        "batch-too-small",
                        Severity.INFO,
                        "Batches of " + Numbers.format(batch) + (batch == 1 ? " example" : " examples")
                                + " teach little more than their own luck; "
                                + Harm.words(course) + ".")
                .seen(course.firstIteration(), course.lastIteration(), course.lastIteration())
                .confidence(0.6)
                .fact(Fact.of("examples in a batch", batch, limits.examples))
                .remedy(Remedies.largerBatch(batch))
                .build());
    }
}
