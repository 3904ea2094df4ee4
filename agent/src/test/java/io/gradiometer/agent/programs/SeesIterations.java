package io.gradiometer.agent.programs;

import io.gradiometer.detector.Detector;
import io.gradiometer.detector.DetectorInfo;
import io.gradiometer.detector.Signal;
import io.gradiometer.finding.Finding;
import io.gradiometer.finding.Remedy;
import io.gradiometer.finding.Severity;
import io.gradiometer.finding.Verdict;
import io.gradiometer.signal.ModelView;
import io.gradiometer.signal.Step;

/** A detector that a program brings along. */
@DetectorInfo(
        id = "sees-iterations",
        summary = "Any training",
        severity = Severity.INFO,
        needs = Signal.LOSS,
        speaksFrom = 1)
public final class SeesIterations implements Detector {

    private int steps;

    @Override
    public void start(ModelView model) {}

    @Override
    public void step(Step step) {
        steps++;
    }

    @Override
    public Verdict verdict() {
        return Verdict.Found.one(Finding.of("sees-iterations", Severity.INFO, "Saw " + steps + " iterations.")
                .remedy(Remedy.untried("look-away", "Look away.", ""))
                .build());
    }
}
