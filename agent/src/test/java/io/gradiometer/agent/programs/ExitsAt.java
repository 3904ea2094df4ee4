package io.gradiometer.agent.programs;

import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.optimize.api.BaseTrainingListener;

/** Ends the JVM in the midst of an iteration. */
final class ExitsAt extends BaseTrainingListener {

    private final int iteration;

    ExitsAt(int iteration) {
        this.iteration = iteration;
    }

    @Override
    public void iterationDone(Model model, int current, int epoch) {
        if (current == iteration) {
            System.exit(3);
        }
    }
}
