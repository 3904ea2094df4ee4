package io.gradiometer.signal;

import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apiguardian.api.API;

/**
 * One layer in one iteration.
 *
 * @param signal estimated norm of the back-propagated signal per example, at the layer's pre-activations; NaN where it
 *     cannot be told (no weights, frozen, embedding) or was not read
 * @param outputs what the layer gave; those of output layers are computed from what they were given
 * @param predicted share of the rows for which each class was the answer; empty for layers that choose no class
 * @param parameters in the order of {@link LayerView#parameters()}
 */
@API(status = API.Status.EXPERIMENTAL)
public record LayerStep(
        double signal, ActivationStats outputs, List<Double> predicted, List<ParameterStep> parameters) {

    public LayerStep {
        predicted = List.copyOf(predicted);
        parameters = List.copyOf(parameters);
    }

    /** Returns a layer of which nothing was read. */
    public static LayerStep unread(LayerView layer) {
        List<ParameterStep> parameters =
                layer.parameters().stream().map(p -> ParameterStep.UNREAD).toList();
        return new LayerStep(Double.NaN, ActivationStats.UNREAD, List.of(), parameters);
    }

    /** Returns the learning rate of the weights, or of the first parameter that follows the loss; NaN if there is none. */
    public double learningRate(LayerView layer) {
        double rate = Double.NaN;
        for (int i = parameters.size() - 1; i >= 0; i--) {
            Role role = layer.parameters().get(i).role();
            if (role.isWeight() || (role.descends() && Double.isNaN(rate))) {
                rate = parameters.get(i).learningRate();
            }
        }
        return rate;
    }

    /** Returns the gradient over all parameters that follow the loss. */
    public TensorStats gradient(LayerView layer) {
        return join(layer, ParameterStep::gradient, Role::descends);
    }

    /** Returns the gradient after clipping over all parameters that follow the loss. */
    public TensorStats clipped(LayerView layer) {
        return join(layer, ParameterStep::clipped, Role::descends);
    }

    /** Returns the update over all parameters that follow the loss. */
    public TensorStats update(LayerView layer) {
        return join(layer, ParameterStep::update, Role::descends);
    }

    /** Returns the weights alone, biases and gains left out. */
    public TensorStats weights(LayerView layer) {
        return join(layer, ParameterStep::value, Role::isWeight);
    }

    /**
     * Returns the length of the weights' step over the length of the weights, NaN without weights or where the step is unknown.
     *
     * <p>Weights smaller than a sound initialisation count as that large: a step away from zero is no explosion.
     */
    public double updateRatio(LayerView layer) {
        TensorStats weights = weights(layer);
        TensorStats step = join(layer, ParameterStep::update, Role::isWeight);
        if (!weights.isRead() || !step.isRead()) {
            return Double.NaN;
        }
        double sound = layer.glorotScale() * Math.sqrt((double) weights.length());
        return step.l2() / Math.max(weights.l2(), sound);
    }

    private TensorStats join(LayerView layer, Function<ParameterStep, TensorStats> part, Predicate<Role> roles) {
        TensorStats joined = TensorStats.EMPTY;
        for (int i = 0; i < parameters.size(); i++) {
            if (roles.test(layer.parameters().get(i).role())) {
                joined = joined.and(part.apply(parameters.get(i)));
            }
        }
        return joined;
    }
}
