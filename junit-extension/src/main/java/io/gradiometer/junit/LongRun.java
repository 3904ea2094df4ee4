package io.gradiometer.junit;

import io.gradiometer.detector.Detector;
import io.gradiometer.signal.ModelView;
import io.gradiometer.signal.Step;
import java.util.List;

/** A run without end in which something happens again and again; its network repeats itself, its iterations do not. */
final class LongRun {

    private static final int EPOCH = 50;

    private final Specimen cycle = Specimen.restless();
    private int fed;

    ModelView model() {
        return cycle.model();
    }

    void feed(Detector detector, int count) {
        List<Step> steps = cycle.steps();
        for (int i = 0; i < count; i++) {
            Step step = steps.get(fed % steps.size());
            detector.step(new Step(
                    fed,
                    fed / EPOCH,
                    step.examples(),
                    step.score(),
                    step.loss(),
                    step.constantLoss(),
                    step.full(),
                    step.watched(),
                    step.data(),
                    step.layers()));
            fed++;
        }
    }
}
