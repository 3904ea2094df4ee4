package io.gradiometer.benchmarks;

import io.gradiometer.dl4j.GradiometerListener;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.datasets.iterator.ExistingDataSetIterator;
import org.nd4j.autodiff.listeners.Listener;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.dataset.DataSet;

/** A {@link SameDiff} graph. */
final class SameDiffTraining implements Training {

    private final SameDiff graph;
    private final List<DataSet> batches;
    private int iteration;

    SameDiffTraining(SameDiff graph, List<DataSet> batches) {
        this.graph = graph;
        this.batches = batches;
    }

    @Override
    public boolean watchedBy(Variant variant) {
        Object listener = new GradiometerListener();
        if (variant == Variant.DEFAULT && listener instanceof Listener observer) {
            graph.addListeners(observer);
        }
        return variant == Variant.NOTHING || (variant == Variant.DEFAULT && listener instanceof Listener);
    }

    /** All at once, since every call of {@code fit} prepares a session of its own. */
    @Override
    public void iterate(int iterations) {
        List<DataSet> next = new ArrayList<>(iterations);
        for (int i = 0; i < iterations; i++) {
            next.add(batches.get(iteration % batches.size()));
            iteration++;
        }
        graph.fit(new ExistingDataSetIterator(next), 1);
    }

    @Override
    public double ownShare() {
        return Double.NaN;
    }
}
