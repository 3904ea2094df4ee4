package io.gradiometer.dl4j;

import org.deeplearning4j.nn.api.Model;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.SameDiff;

/** What whoever observes must ask of a network outside of its training, whatever its kind. */
interface WatchedNetwork {

    /** Reads the network's shape, to read all of it always if {@code exact}; null while it has none that is final. */
    @Nullable
    NetworkProbe probe(boolean exact);

    /** Tells whether the network trained although no listener of ours is on it. */
    boolean trainedUnheard();

    /** Finds out how to ask a network that can be observed. */
    static WatchedNetwork of(Object network) {
        return network instanceof SameDiff sameDiff ? new OfSameDiff(sameDiff) : new OfModel((Model) network);
    }

    /** A {@code MultiLayerNetwork} or {@code ComputationGraph}: its shape is final once it is initialised. */
    record OfModel(Model model) implements WatchedNetwork {
        @Override
        public @Nullable NetworkProbe probe(boolean exact) {
            return Layout.layersOf(model) == null ? null : new Probe(model, exact);
        }

        @Override
        public boolean trainedUnheard() {
            return Probe.iterationOf(model) > 0 && !GradiometerListener.isOn(model);
        }
    }

    /** A {@code SameDiff}: what is trained, and for which loss, is settled when {@code fit} is called. */
    record OfSameDiff(SameDiff sameDiff) implements WatchedNetwork {
        @Override
        public @Nullable NetworkProbe probe(boolean exact) {
            return null;
        }

        @Override
        public boolean trainedUnheard() {
            return sameDiff.getTrainingConfig() != null
                    && sameDiff.getTrainingConfig().getIterationCount() > 0
                    && !SameDiffAttacher.isAmong(sameDiff.getListeners());
        }
    }
}
