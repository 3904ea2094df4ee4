package io.gradiometer.dl4j;

import java.util.Arrays;
import org.apache.commons.math3.special.Erf;

/**
 * Points and weights by which expectations over a standard normal variable are taken.
 *
 * <p>The points are z = c·sinh(t) for evenly spaced t. For smooth functions such a sum is as exact as a Gauss–Hermite rule; for
 * kinks and steps, which activations have, it is far better, since no point is far from a kink and none lies on one at 0. Points
 * crowd around 0, where a sigmoid turns into a step once its input is large.
 */
final class GaussianNodes {

    private static final int COUNT = 2000;
    private static final double FARTHEST = 9;
    private static final double CROWD = 1e-3;

    /** Terms of a Hermite series; what it leaves out is put into the next one. */
    private static final int TERMS = 40;

    private static final double[] POINTS = new double[COUNT];
    private static final double[] WEIGHTS = new double[COUNT];

    static {
        double farthest = Math.log(FARTHEST / CROWD + Math.sqrt(FARTHEST * FARTHEST / (CROWD * CROWD) + 1));
        double step = 2 * farthest / COUNT;
        for (int k = 0; k < COUNT; k++) {
            double t = -farthest + (k + 0.5) * step;
            POINTS[k] = CROWD * Math.sinh(t);
            WEIGHTS[k] = Math.exp(-POINTS[k] * POINTS[k] / 2) * Math.cosh(t);
        }
        double sum = Arrays.stream(WEIGHTS).sum();
        for (int k = 0; k < COUNT; k++) {
            WEIGHTS[k] /= sum;
        }
    }

    private GaussianNodes() {}

    static int count() {
        return COUNT;
    }

    static double point(int k) {
        return POINTS[k];
    }

    /** Returns the mean of a function that has these values at the points. */
    static double mean(double[] values) {
        double sum = 0;
        for (int k = 0; k < COUNT; k++) {
            sum += WEIGHTS[k] * values[k];
        }
        return sum;
    }

    static double meanSquare(double[] values) {
        double sum = 0;
        for (int k = 0; k < COUNT; k++) {
            sum += WEIGHTS[k] * values[k] * values[k];
        }
        return sum;
    }

    static double[] constant(double value) {
        double[] values = new double[COUNT];
        Arrays.fill(values, value);
        return values;
    }

    /** Returns the function's value between the points, along a straight line; beyond them, the last value. */
    static double at(double z, double[] values) {
        int found = Arrays.binarySearch(POINTS, z);
        int above = found >= 0 ? found : -found - 1;
        if (above == 0 || above == COUNT) {
            return values[above == 0 ? 0 : COUNT - 1];
        }
        double share = (z - POINTS[above - 1]) / (POINTS[above] - POINTS[above - 1]);
        return values[above - 1] + share * (values[above] - values[above - 1]);
    }

    /** Returns the squares of the Hermite coefficients of a function, and last what they leave of its mean square. */
    static double[] spectrum(double[] values) {
        double[] squares = new double[TERMS + 1];
        double[] before = new double[COUNT];
        double[] now = constant(1);
        double left = meanSquare(values);
        for (int n = 0; n < TERMS; n++) {
            double coefficient = 0;
            for (int k = 0; k < COUNT; k++) {
                coefficient += WEIGHTS[k] * values[k] * now[k];
                double next = (POINTS[k] * now[k] - Math.sqrt(n) * before[k]) / Math.sqrt(n + 1.0);
                before[k] = now[k];
                now[k] = next;
            }
            squares[n] = coefficient * coefficient;
            left -= squares[n];
        }
        squares[TERMS] = Math.max(0, left);
        return squares;
    }

    /** Returns the mean product of a function at two normal variables of the given correlation (Mehler's formula). */
    static double product(double[] spectrum, double correlation) {
        double sum = 0;
        for (int n = spectrum.length - 1; n >= 0; n--) {
            sum = sum * correlation + spectrum[n];
        }
        return sum;
    }

    /** Returns the probability of less than z. */
    static double below(double z) {
        return z < 0 ? 0.5 * Erf.erfc(-z / Math.sqrt(2)) : 1 - 0.5 * Erf.erfc(z / Math.sqrt(2));
    }
}
