package io.gradiometer.signal;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apiguardian.api.API;

/**
 * One layer in one iteration.
 *
 * @param learningRate in force, schedules included; NaN where the updater has none
 * @param signal estimated norm of the back-propagated signal per example, at the layer's pre-activations; NaN where it
 *     cannot be told (no weights, frozen, embedding)
 * @param parameters in the order of {@link LayerView#parameters()}
 */
@API(status = API.Status.EXPERIMENTAL)
public record LayerStep(double learningRate, double signal, List<ParameterStep> parameters) {

    public LayerStep {
        parameters = List.copyOf(parameters);
    }

    /** Returns the gradient over all parameters that follow the loss. */
    public TensorStats gradient(LayerView layer) {
        return join(layer, ParameterStep::gradient, Role::descends);
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
        if (weights.length() == 0 || step.length() == 0) {
            return Double.NaN;
        }
        double sound = layer.glorotScale() * Math.sqrt((double) weights.length());
        return step.l2() / Math.max(weights.l2(), sound);
    }

    private TensorStats join(LayerView layer, Function<ParameterStep, TensorStats> part, Predicate<Role> roles) {
        List<TensorStats> parts = new ArrayList<>(parameters.size());
        for (int i = 0; i < parameters.size(); i++) {
            if (roles.test(layer.parameters().get(i).role())) {
                parts.add(part.apply(parameters.get(i)));
            }
        }
        return TensorStats.join(parts);
    }
}
