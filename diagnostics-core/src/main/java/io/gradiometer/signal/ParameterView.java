package io.gradiometer.signal;

import org.apiguardian.api.API;

/**
 * One parameter of a layer, such as its weights or its bias.
 *
 * @param name as Deeplearning4j calls it, {@code W} or {@code b}
 * @param role what it does
 * @param length number of elements
 */
@API(status = API.Status.EXPERIMENTAL)
public record ParameterView(String name, Role role, long length) {}
