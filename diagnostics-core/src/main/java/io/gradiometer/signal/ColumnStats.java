package io.gradiometer.signal;

import org.apiguardian.api.API;

/**
 * One column of inputs or labels in one batch (a feature, or a channel over all its positions).
 *
 * @param count of finite values
 * @param mean of the finite values
 * @param deviation standard deviation of the finite values
 * @param min least finite value
 * @param max largest finite value
 * @param nonFinite values that are NaN or infinite
 */
@API(status = API.Status.EXPERIMENTAL)
public record ColumnStats(long count, double mean, double deviation, double min, double max, long nonFinite) {}
