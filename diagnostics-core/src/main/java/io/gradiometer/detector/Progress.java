package io.gradiometer.detector;

import java.util.Arrays;

/**
 * How fast the network still learned in the last half of its run, by a robust fit.
 *
 * @param rise of what was achieved over that half, at the least (lower end of a 95 % interval)
 * @param most the same at the most
 * @param slope for each iteration, at the median
 * @param points that the fit rests on
 */
record Progress(double rise, double most, double slope, int points) {

    static Progress of(Outcome outcome) {
        double[] achieved = outcome.course();
        double[] at = outcome.iterations();
        return over(at, achieved, achieved.length / 2);
    }

    /**
     * Returns the pace at the end, for each iteration: that of the last half, or that of the last quarter if it is faster beyond
     * doubt, as in networks that have just left a plateau.
     */
    static double pace(Outcome outcome) {
        double[] achieved = outcome.course();
        Progress half = of(outcome);
        Progress quarter = over(outcome.iterations(), achieved, achieved.length * 3 / 4);
        return quarter.points() >= 5 && quarter.rise() > 0 ? Math.max(half.slope(), quarter.slope()) : half.slope();
    }

    /** Over the whole run. */
    static Progress ofAll(Outcome outcome) {
        return over(outcome.iterations(), outcome.course(), 0);
    }

    private static Progress over(double[] iterations, double[] achieved, int from) {
        double[] x = Arrays.copyOfRange(iterations, from, achieved.length);
        double[] y = Arrays.copyOfRange(achieved, from, achieved.length);
        if (x.length < 2) {
            return new Progress(Double.NaN, Double.NaN, Double.NaN, x.length);
        }
        TheilSen fit = TheilSen.fit(x, y, 0.95);
        double length = x[x.length - 1] - x[0];
        return new Progress(fit.low() * length, fit.high() * length, fit.slope(), x.length);
    }
}
