package io.gradiometer.examples;

import io.gradiometer.dl4j.GradiometerListener;
import java.util.function.IntConsumer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/**
 * A network with residual connections.
 *
 * @param network with one input and one output
 */
record GraphLearner(ComputationGraph network) implements Learner {

    @Override
    public Observed observed(IntConsumer afterIteration) {
        GradiometerListener listener = new GradiometerListener();
        network.addListeners(listener, new EachIteration(afterIteration));
        return new ByGradiometerListener(listener);
    }

    @Override
    public void train(DataSetIterator batches, int epochs) {
        network.fit(batches, epochs);
    }

    @Override
    public INDArray answers(INDArray features) {
        return network.outputSingle(features);
    }
}
