package io.gradiometer.signal;

import org.apiguardian.api.API;

/**
 * One parameter in one iteration.
 *
 * @param value before the step
 * @param gradient mean over the examples of the batch, before clipping and updater; the running estimate itself where
 *     the role does not descend
 * @param update what the step took off the value
 */
@API(status = API.Status.EXPERIMENTAL)
public record ParameterStep(TensorStats value, TensorStats gradient, TensorStats update) {}
