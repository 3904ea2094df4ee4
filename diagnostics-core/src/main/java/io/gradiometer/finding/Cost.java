package io.gradiometer.finding;

import org.apiguardian.api.API;

/**
 * What observing took.
 *
 * @param fraction share of the run's time; NaN where it was not measured
 * @param millisPerIteration time from one iteration to the next, on average, observing included; NaN where it was not measured
 * @param millisOnce time of what was done once in the run, and is in neither of the two: looking at the network before it
 *     trains; NaN where it was not measured
 */
@API(status = API.Status.EXPERIMENTAL)
public record Cost(double fraction, double millisPerIteration, double millisOnce) {

    /** Of a run that was not measured. */
    public static final Cost UNKNOWN = new Cost(Double.NaN, Double.NaN);

    /** Of a run in which nothing was done once. */
    public Cost(double fraction, double millisPerIteration) {
        this(fraction, millisPerIteration, Double.NaN);
    }
}
