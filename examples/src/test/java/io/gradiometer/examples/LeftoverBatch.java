package io.gradiometer.examples;

import io.gradiometer.detector.Detector;
import io.gradiometer.detector.DetectorInfo;
import io.gradiometer.detector.Signal;
import io.gradiometer.finding.Fact;
import io.gradiometer.finding.Finding;
import io.gradiometer.finding.Remedy;
import io.gradiometer.finding.Severity;
import io.gradiometer.finding.Verdict;
import io.gradiometer.signal.ModelView;
import io.gradiometer.signal.Step;

/** A detector that is not built in: finds batches so much smaller than the others that their step is mostly noise. */
@DetectorInfo(
        id = "leftover-batch",
        summary = "A batch much smaller than the others",
        severity = Severity.INFO,
        needs = Signal.INPUTS,
        speaksFrom = 2)
public final class LeftoverBatch implements Detector {

    private static final double SMALL = 0.1;

    private long steps;
    private int largest;
    private int smallest = Integer.MAX_VALUE;
    private int smallestAt;
    private int last;

    @Override
    public void start(ModelView model) {}

    @Override
    public void step(Step step) {
        steps++;
        last = step.iteration();
        largest = Math.max(largest, step.examples());
        if (step.examples() < smallest) {
            smallest = step.examples();
            smallestAt = last;
        }
    }

    @Override
    public Verdict verdict() {
        if (steps < 2) {
            return new Verdict.Inconclusive("two iterations to compare");
        } else if (smallest >= SMALL * largest) {
            return new Verdict.Clear(steps);
        }
        return Verdict.Found.one(Finding.of(
                        "leftover-batch",
                        Severity.INFO,
                        "One batch holds " + smallest + " examples, the largest " + largest + ".")
                .seen(smallestAt, last, smallestAt)
                .fact(Fact.of("share of the largest batch", (double) smallest / largest, SMALL))
                .remedy(Remedy.untried(
                        "drop-leftover", "Leave out the last " + smallest + " examples of each epoch.", ""))
                .build());
    }
}
