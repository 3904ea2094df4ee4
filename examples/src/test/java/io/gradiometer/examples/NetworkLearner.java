package io.gradiometer.examples;

import io.gradiometer.dl4j.GradiometerListener;
import java.util.function.IntConsumer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/**
 * A network of layers one upon the other.
 *
 * @param network the same
 */
record NetworkLearner(MultiLayerNetwork network) implements Learner {

    @Override
    public Observed observed(IntConsumer afterIteration) {
        GradiometerListener listener = new GradiometerListener();
        // In this order: what is told of an iteration must find it observed.
        network.addListeners(listener, new EachIteration(afterIteration));
        return new ByGradiometerListener(listener);
    }

    @Override
    public void train(DataSetIterator batches, int epochs) {
        network.fit(batches, epochs);
    }

    @Override
    public INDArray answers(INDArray features) {
        return network.output(features);
    }
}
