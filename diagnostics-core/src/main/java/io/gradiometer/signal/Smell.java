package io.gradiometer.signal;

import org.apiguardian.api.API;

/**
 * Something odd in a network's configuration or its initial weights. Whether it hurts, only training shows.
 *
 * @param id of the finding that it may explain
 * @param layer name of the layer
 * @param summary what, how much and where the limit is
 */
@API(status = API.Status.EXPERIMENTAL)
public record Smell(String id, String layer, String summary) {}
