package io.gradiometer.signal;

import java.util.List;
import org.apiguardian.api.API;

/**
 * One training iteration: parameters, the loss and gradient at them, and the step taken away from them.
 *
 * <p>The loss is read in every iteration, and so is {@code watched}. All the rest is read on a schedule, and at once when these
 * look suspicious; a step without it has the same layers, with nothing read.
 *
 * @param iteration as the network counts
 * @param epoch as the network counts
 * @param examples in the batch
 * @param score as Deeplearning4j reports it, regularisation included
 * @param loss of the data alone, per example; NaN where it cannot be told apart, or where it is NaN
 * @param constantLoss per example, of the best constant prediction on all labels seen so far; NaN where unknown
 * @param full whether everything was read
 * @param watched gradient of the small tensors that every error reaches: biases, normalisations, the output layer
 * @param data the batch
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
        boolean full,
        TensorStats watched,
        DataStep data,
        List<LayerStep> layers) {

    public Step {
        layers = List.copyOf(layers);
    }

    /**
     * Returns what the network knows beyond a constant: 0 nothing, 1 all, below 0 less than nothing; NaN if unknown.
     *
     * <p>Losses that can be negative have no 1; their skill still grows as the loss falls.
     */
    public double skill() {
        return skill(loss, constantLoss);
    }

    /** Returns the skill that a loss means beside that of the best constant prediction; NaN if it means none. */
    public static double skill(double loss, double constantLoss) {
        return constantLoss == 0 ? Double.NaN : (constantLoss - loss) / Math.abs(constantLoss);
    }

    public TensorStats features() {
        return data.features();
    }

    public TensorStats labels() {
        return data.labels();
    }

    /** Returns the gradient over every parameter that follows the loss. */
    public TensorStats gradient(ModelView model) {
        TensorStats joined = TensorStats.EMPTY;
        for (int i = 0; i < layers.size(); i++) {
            joined = joined.and(layers.get(i).gradient(model.layers().get(i)));
        }
        return joined;
    }

    /** Returns the update over every parameter that follows the loss. */
    public TensorStats update(ModelView model) {
        TensorStats joined = TensorStats.EMPTY;
        for (int i = 0; i < layers.size(); i++) {
            joined = joined.and(layers.get(i).update(model.layers().get(i)));
        }
        return joined;
    }
}
