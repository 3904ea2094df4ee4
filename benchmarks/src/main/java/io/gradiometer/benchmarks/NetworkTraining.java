package io.gradiometer.benchmarks;

import io.gradiometer.config.Setting;
import io.gradiometer.dl4j.GradiometerListener;
import java.util.List;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.ui.model.stats.StatsListener;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.dataset.DataSet;

/** A {@link MultiLayerNetwork}. */
final class NetworkTraining implements Training {

    private final MultiLayerNetwork network;
    private final List<DataSet> batches;
    private @Nullable GradiometerListener listener;
    private int iteration;

    NetworkTraining(MultiLayerNetwork network, List<DataSet> batches) {
        this.network = network;
        this.batches = batches;
    }

    @Override
    public boolean watchedBy(Variant variant) {
        switch (variant) {
            case NOTHING -> {}
            case DEFAULT -> listener = new GradiometerListener();
            case EXACT ->
                listener = GradiometerListener.builder()
                        .set(Setting.EXACT.key(), "true")
                        .build();
            case STATS_LISTENER -> network.addListeners(new StatsListener(new DiscardingRouter(), 1));
        }
        if (listener != null) {
            network.addListeners(listener);
        }
        return true;
    }

    @Override
    public void iterate(int iterations) {
        for (int i = 0; i < iterations; i++) {
            network.fit(batches.get(iteration % batches.size()));
            iteration++;
        }
    }

    @Override
    public double ownShare() {
        return listener == null ? Double.NaN : listener.diagnosis().cost().fraction();
    }
}
