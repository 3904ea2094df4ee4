package io.gradiometer.trace;

import java.util.List;
import org.apiguardian.api.API;

/**
 * One quantity over a whole run, in buckets of equally many steps (the last may have fewer) that grow with the run.
 *
 * @param quantity what it is
 * @param layer index in the network's layers, {@link #RUN} where it belongs to the whole
 * @param buckets in order
 */
@API(status = API.Status.EXPERIMENTAL)
public record Series(Quantity quantity, int layer, List<Bucket> buckets) {

    /** In place of a layer. */
    public static final int RUN = -1;

    public Series {
        buckets = List.copyOf(buckets);
    }

    /** What is followed in every iteration, or for each layer in those that were fully read. */
    public enum Quantity {
        /** As Deeplearning4j reports it. */
        SCORE,
        /** Of the data alone, per example. */
        LOSS,
        /** Of the best constant prediction. */
        CONSTANT_LOSS,
        /** Root mean square of the small gradients that every error reaches. */
        WATCHED,
        /** Root mean square of a layer's gradient. */
        GRADIENT,
        /** Length of a step of a layer's weights over the length of the weights. */
        UPDATE_RATIO,
        /** What comes back from the loss at a layer's pre-activations. */
        SIGNAL
    }
}
