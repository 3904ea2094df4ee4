package io.gradiometer.signal;

import org.apiguardian.api.API;

/**
 * How the magnitudes of one parameter are spread, read now and then to be shown.
 *
 * @param iteration as the network counts
 * @param layer index in {@link ModelView#layers()}
 * @param parameter index in {@link LayerView#parameters()}
 * @param value before the step
 * @param gradient sum over the batch, before clipping
 * @param update taken off the value
 */
@API(status = API.Status.EXPERIMENTAL)
public record Magnitudes(
        int iteration, int layer, int parameter, LogHistogram value, LogHistogram gradient, LogHistogram update) {}
