package io.gradiometer.detector;

import java.util.Arrays;

/**
 * The steepest steady rise of a logarithm over training.
 *
 * @param decades from the lowest value to the highest one after it
 * @param rate natural logarithm gained in each iteration, from a robust fit
 * @param steady whether the rise is one: its slope's lower bound is above zero, or every point is above the one before
 * @param first iteration of the lowest value
 * @param last iteration of the highest value
 */
record Growth(double decades, double rate, boolean steady, int first, int last) {

    static final Growth NONE = new Growth(0, 0, false, 0, 0);

    /** Looks at log10 values at ascending iterations. */
    static Growth in(double[] iterations, double[] logs) {
        int top = 0;
        for (int i = 1; i < logs.length; i++) {
            top = logs[i] > logs[top] ? i : top;
        }
        int bottom = 0;
        for (int i = 1; i <= top; i++) {
            bottom = logs[i] < logs[bottom] ? i : bottom;
        }
        int points = top - bottom + 1;
        if (logs.length == 0 || points < 2) {
            return NONE;
        }
        double[] x = Arrays.copyOfRange(iterations, bottom, top + 1);
        double[] y = Arrays.copyOfRange(logs, bottom, top + 1);
        TheilSen fit = TheilSen.fit(x, y, 0.95);
        // Fewer than five points give an interval that says nothing: there, every single step has to go up.
        boolean steady = points >= 5 ? fit.low() > 0 : alwaysRises(y);
        return new Growth(logs[top] - logs[bottom], fit.slope() * Math.log(10), steady, (int) iterations[bottom], (int)
                iterations[top]);
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
