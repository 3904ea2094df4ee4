package io.gradiometer.trace;

import org.apiguardian.api.API;

/**
 * One quantity over a stretch of a run.
 *
 * <p>Quantiles are exact while a bucket has no more numbers than a sample holds (32 for the run, 16 for a layer). Beyond, their
 * ranks are off by less than two in a hundred on average and by six at most in what was tried, for a layer by twice that.
 *
 * @param first iteration
 * @param last iteration
 * @param steps in which the quantity was looked at
 * @param count how many of these gave a finite number; 0 makes all that follows NaN
 * @param min of the finite numbers
 * @param max of the finite numbers
 * @param mean of the finite numbers
 * @param low at most 5 % are below
 * @param median half are below
 * @param high at most 5 % are above
 */
@API(status = API.Status.EXPERIMENTAL)
public record Bucket(
        int first,
        int last,
        long steps,
        long count,
        double min,
        double max,
        double mean,
        double low,
        double median,
        double high) {}
