package io.gradiometer.examples;

import java.util.function.IntConsumer;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.optimize.api.BaseTrainingListener;

/** Tells of every iteration. */
final class EachIteration extends BaseTrainingListener {

    private final IntConsumer listener;

    EachIteration(IntConsumer listener) {
        this.listener = listener;
    }

    @Override
    public void iterationDone(Model model, int iteration, int epoch) {
        listener.accept(iteration);
    }
}
