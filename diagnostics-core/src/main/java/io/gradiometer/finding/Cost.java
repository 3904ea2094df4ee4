package io.gradiometer.finding;

import org.apiguardian.api.API;

/**
 * What observing took.
 *
 * @param fraction share of the run's time; NaN where it was not measured
 * @param millisPerIteration time from one iteration to the next, on average, observing included; NaN where it was not measured
 */
@API(status = API.Status.EXPERIMENTAL)
public record Cost(double fraction, double millisPerIteration) {

    /** Of a run that was not measured. */
    public static final Cost UNKNOWN = new Cost(Double.NaN, Double.NaN);
}
