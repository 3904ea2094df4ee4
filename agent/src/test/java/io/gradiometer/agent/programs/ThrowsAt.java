package io.gradiometer.agent.programs;

import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.optimize.api.BaseTrainingListener;

/** Breaks a training in the midst of an iteration. */
final class ThrowsAt extends BaseTrainingListener {

    private final int iteration;

    ThrowsAt(int iteration) {
        this.iteration = iteration;
    }

    @Override
    public void iterationDone(Model model, int current, int epoch) {
        if (current == iteration) {
            throw new IllegalStateException("broken on purpose");
        }
    }
}
