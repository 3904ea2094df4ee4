package io.gradiometer.examples;

import io.gradiometer.dl4j.SameDiffListener;
import java.util.Map;
import java.util.function.IntConsumer;
import org.nd4j.autodiff.listeners.At;
import org.nd4j.autodiff.listeners.BaseListener;
import org.nd4j.autodiff.listeners.Loss;
import org.nd4j.autodiff.listeners.Operation;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/**
 * A network of formulas.
 *
 * @param network that takes {@code input} and gives {@link #ANSWER}
 */
record SameDiffLearner(SameDiff network) implements Learner {

    static final String ANSWER = "answer";

    @Override
    public Observed observed(IntConsumer afterIteration) {
        SameDiffListener listener = new SameDiffListener();
        network.addListeners(listener, new AfterIteration(afterIteration));
        return new BySameDiffListener(listener);
    }

    @Override
    public void train(DataSetIterator batches, int epochs) {
        network.fit(batches, epochs);
    }

    @Override
    public INDArray answers(INDArray features) {
        return network.outputSingle(Map.of("input", features), ANSWER);
    }

    /** Tells of every iteration. */
    private static final class AfterIteration extends BaseListener {
        private final IntConsumer listener;

        private AfterIteration(IntConsumer listener) {
            this.listener = listener;
        }

        @Override
        public boolean isActive(Operation operation) {
            return operation == Operation.TRAINING;
        }

        @Override
        public void iterationDone(SameDiff network, At at, MultiDataSet batch, Loss loss) {
            listener.accept(at.iteration());
        }
    }
}
