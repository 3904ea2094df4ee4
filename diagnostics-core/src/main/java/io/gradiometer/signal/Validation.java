package io.gradiometer.signal;

import org.apiguardian.api.API;

/**
 * A validation score that the user handed in.
 *
 * @param iteration after which it was measured
 * @param score as the user measures it
 */
@API(status = API.Status.EXPERIMENTAL)
public record Validation(int iteration, double score) {}
