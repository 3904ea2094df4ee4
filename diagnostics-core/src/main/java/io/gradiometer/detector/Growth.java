package io.gradiometer.detector;

import java.util.Arrays;

/**
 * The steepest steady rise of a logarithm over training.
 *
 * @param decades from the lowest value to the highest one after it
 * @param rate natural logarithm gained in each iteration, from a robust fit
 * @param steady whether the rise is one: its slope's lower bound is above zero, or every point is above the one before
 * @param first iteration in which it begins
 * @param last iteration of the highest value
 */
record Growth(double decades, double rate, boolean steady, int first, int last) {

    static final Growth NONE = new Growth(0, 0, false, 0, 0);

    /**
     * Looks at log10 values at ascending iterations.
     *
     * @param broken whether the series ended because the next value was not finite
     */
    static Growth in(double[] iterations, double[] logs, boolean broken) {
        int top = 0;
        for (int i = 1; i < logs.length; i++) {
            top = logs[i] > logs[top] ? i : top;
        }
        double lowest = Double.POSITIVE_INFINITY;
        for (int i = 0; i <= top && i < logs.length; i++) {
            lowest = Math.min(lowest, logs[i]);
        }
        int bottom = onset(logs, top, lowest);
        int points = top - bottom + 1;
        if (logs.length == 0 || points < 2) {
            return NONE;
        }
        double[] x = Arrays.copyOfRange(iterations, bottom, top + 1);
        double[] y = Arrays.copyOfRange(logs, bottom, top + 1);
        TheilSen fit = TheilSen.fit(x, y, 0.95);
        // Fewer than ten points, cut out between an extreme low and an extreme high, look steady too easily. They count
        // only where every single one goes up,
        // and where
        // the series had no time for more: a spike among many points is no trend.
        boolean outOfTime = top == logs.length - 1 && (broken || bottom == 0);
        boolean steady = points >= 10 ? fit.low() > 0 : outOfTime && alwaysRises(y);
        return new Growth(logs[top] - lowest, fit.slope() * Math.log(10), steady, (int) iterations[bottom], (int)
                iterations[top]);
    }

    /** Returns where the rise begins: the last point within a factor of two of the lowest, so that calm before does not count. */
    private static int onset(double[] logs, int top, double lowest) {
        int i = top;
        while (i > 0 && logs[i] > lowest + Math.log10(2)) {
            i--;
        }
        return i;
    }

    private static boolean alwaysRises(double[] values) {
        for (int i = 1; i < values.length; i++) {
            if (values[i] <= values[i - 1]) {
                return false;
            }
        }
        return true;
    }

    Growth orIfSteeper(Growth other) {
        boolean better = other.steady && (!steady || other.decades > decades);
        return better ? other : this;
    }
}
