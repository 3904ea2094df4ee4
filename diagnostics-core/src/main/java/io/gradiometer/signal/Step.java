package io.gradiometer.signal;

import java.util.List;
import org.apiguardian.api.API;

/**
 * One training iteration: parameters, the loss and gradient at them, and the step taken away from them.
 *
 * @param iteration as the network counts
 * @param epoch as the network counts
 * @param examples in the batch
 * @param score as Deeplearning4j reports it, regularisation included
 * @param loss of the data alone, per example; NaN where it cannot be told apart, or where it is NaN
 * @param constantLoss per example, of the best constant prediction on all labels seen so far; NaN where unknown
 * @param features the inputs of the batch; empty where they were not read
 * @param labels the labels of the batch; empty where they were not read
 * @param layers in the order of {@link ModelView#layers()}
 */
@API(status = API.Status.EXPERIMENTAL)
public record Step(
        int iteration,
        int epoch,
        int examples,
        double score,
        double loss,
        double constantLoss,
        TensorStats features,
        TensorStats labels,
        List<LayerStep> layers) {

    public Step {
        layers = List.copyOf(layers);
    }

    /** Returns what the network knows beyond a constant: 0 nothing, 1 all, below 0 less than nothing; NaN if unknown. */
    public double skill() {
        return constantLoss > 0 ? 1 - loss / constantLoss : Double.NaN;
    }

    /** Returns the root mean square gradient over every parameter that follows the loss. */
    public double gradientRms(ModelView model) {
        double squares = 0;
        long length = 0;
        for (int i = 0; i < layers.size(); i++) {
            TensorStats gradient = layers.get(i).gradient(model.layers().get(i));
            squares = Math.hypot(squares, gradient.l2());
            length += gradient.length() - gradient.nonFinite();
        }
        return length == 0 ? 0 : squares / Math.sqrt(length);
    }
}
