package io.gradiometer.dl4j;

import org.nd4j.autodiff.listeners.At;
import org.nd4j.autodiff.listeners.BaseListener;
import org.nd4j.autodiff.listeners.Loss;
import org.nd4j.autodiff.listeners.Operation;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/** Stops the training of a {@code SameDiff} network that has failed. Comes after the listener that observes. */
final class SameDiffFailFast extends BaseListener {

    /** The user's own: what the end of an iteration names is an inner network that computes gradients. */
    private final SameDiff network;

    SameDiffFailFast(SameDiff network) {
        this.network = network;
    }

    @Override
    public boolean isActive(Operation operation) {
        return operation == Operation.TRAINING;
    }

    @Override
    public void iterationDone(SameDiff sd, At at, MultiDataSet batch, Loss loss) {
        AgentEvents.stopIfFailed(network);
    }
}
