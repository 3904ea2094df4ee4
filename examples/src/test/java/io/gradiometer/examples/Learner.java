package io.gradiometer.examples;

import io.gradiometer.finding.Diagnosis;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/** A network of any kind. */
interface Learner {

    /**
     * Has Gradiometer observe the network.
     *
     * @param afterIteration is told of each iteration, counted from 0, once it was observed
     * @return gives the diagnosis as of then
     */
    Supplier<Diagnosis> observed(IntConsumer afterIteration);

    void train(DataSetIterator batches, int epochs);

    INDArray answers(INDArray features);
}
