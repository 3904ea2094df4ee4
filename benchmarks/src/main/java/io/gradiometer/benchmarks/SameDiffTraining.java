package io.gradiometer.benchmarks;

import io.gradiometer.config.Configuration;
import io.gradiometer.config.Setting;
import io.gradiometer.dl4j.Observation;
import io.gradiometer.dl4j.ObservationScope;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.datasets.iterator.ExistingDataSetIterator;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.dataset.DataSet;

/** A {@link SameDiff} graph. */
final class SameDiffTraining implements Training {

    private final SameDiff graph;
    private final List<DataSet> batches;
    private @Nullable Observation observation;
    private int iteration;

    SameDiffTraining(SameDiff graph, List<DataSet> batches) {
        this.graph = graph;
        this.batches = batches;
    }

    @Override
    public boolean watchedBy(Variant variant) {
        if (variant == Variant.DEFAULT || variant == Variant.EXACT) {
            Map<String, String> settings = Map.of(Setting.EXACT.key(), Boolean.toString(variant == Variant.EXACT));
            Configuration configuration = Configuration.of(new Configuration.Source("benchmark", settings));
            try (ObservationScope scope = ObservationScope.open(configuration)) {
                observation = scope.watch(graph);
            }
        }
        // StatsListener knows nothing of SameDiff.
        return variant != Variant.STATS_LISTENER;
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
        return observation == null ? Double.NaN : observation.diagnosis().cost().fraction();
    }
}
