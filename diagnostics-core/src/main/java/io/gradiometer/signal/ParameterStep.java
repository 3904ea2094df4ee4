package io.gradiometer.signal;

import org.apiguardian.api.API;

/**
 * One parameter in one iteration; what was not read is {@link TensorStats#EMPTY}.
 *
 * @param value before the step; between two readings of it, what it was at the last one
 * @param gradient mean over the examples of the batch, before clipping and updater; the running estimate itself where
 *     the role does not descend
 * @param clipped the gradient as clipping leaves it; the gradient itself without clipping
 * @param update what the step took off the value
 * @param learningRate in force, schedules included; NaN where the updater has none
 */
@API(status = API.Status.EXPERIMENTAL)
public record ParameterStep(
        TensorStats value, TensorStats gradient, TensorStats clipped, TensorStats update, double learningRate) {

    /** A parameter of which nothing was read. */
    public static final ParameterStep UNREAD =
            new ParameterStep(TensorStats.EMPTY, TensorStats.EMPTY, TensorStats.EMPTY, TensorStats.EMPTY, Double.NaN);

    /** Returns a parameter whose gradient is not clipped. */
    public static ParameterStep unclipped(
            TensorStats value, TensorStats gradient, TensorStats update, double learningRate) {
        return new ParameterStep(value, gradient, gradient, update, learningRate);
    }
}
