package io.gradiometer.examples;

import java.util.function.IntConsumer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/** A network of any kind. */
interface Learner {

    /**
     * Has Gradiometer observe the network.
     *
     * @param afterIteration is told of each iteration, counted from 0, once it was observed
     */
    Observed observed(IntConsumer afterIteration);

    void train(DataSetIterator batches, int epochs);

    INDArray answers(INDArray features);
}
