package io.gradiometer.dl4j;

import io.gradiometer.dl4j.Field.Area;
import java.util.Arrays;
import java.util.function.IntToDoubleFunction;

/**
 * What pooling makes of a field: positions of one window share what all positions share, and are independent otherwise.
 *
 * <p>That holds for independent inputs, however windows of convolutions overlap, since every place of a kernel has weights of
 * its own.
 */
final class PoolingLaw {

    /** For smooth functions times the normal density, evenly spaced points are exact beyond need. */
    private static final int COMMON_POINTS = 21;

    private PoolingLaw() {}

    /**
     * Means.
     *
     * @param places that one mean is taken over
     * @param cover windows in which one position lies, on average
     */
    static Passage average(Field in, double places, double cover, Area area) {
        double mean = in.mean();
        double shared = in.shared();
        double variance = shared + (in.variance() - shared) / places;
        Field out = Field.normal(mean, variance, shared, area, in.channels());
        return Passage.mixing(out, cover / (places * places));
    }

    /**
     * The largest of the window, if the layer before rises with what it is given, as nearly all activations do.
     *
     * <p>The error goes to the largest alone. Where a rectifier gave it, it is positive more often than others: the error is
     * therefore kept for each value.
     */
    static Passage largest(Field in, double places, double cover, Area area) {
        int count = GaussianNodes.count();
        double[] below = new double[count];
        double[] chosen = new double[count];
        double product = 0;
        for (int c = 0; c < COMMON_POINTS; c++) {
            double common = commonPoint(c);
            double share = commonWeight(c);
            double[] belowHere = new double[count];
            for (int k = 0; k < count; k++) {
                belowHere[k] = Math.pow(ownBelow(in, GaussianNodes.point(k), common), places);
                below[k] += share * belowHere[k];
            }
            double mean = meanOf(in.values(), belowHere);
            product += share * mean * mean;
        }
        for (int k = 0; k < count; k++) {
            chosen[k] = chosen(in, GaussianNodes.point(k), places);
        }
        double[] ranks = ranks(below);
        Field out = Field.shaped(valuesAtRanks(in.values(), ranks), product, area, in.channels());
        return Passage.of(out, error -> {
            double[] back = new double[count];
            for (int k = 0; k < count; k++) {
                back[k] = cover * chosen[k] * GaussianNodes.at(ranks[k], error);
            }
            return back;
        });
    }

    /** Probability that a position lies below z where the common part is known. */
    private static double ownBelow(Field in, double z, double common) {
        double own = Math.sqrt(Math.max(1e-12, 1 - in.correlation()));
        return GaussianNodes.below((z - Math.sqrt(in.correlation()) * common) / own);
    }

    /** Probability that a position with value z is the largest of its window. */
    private static double chosen(Field in, double z, double places) {
        double correlation = in.correlation();
        double sum = 0;
        for (int c = 0; c < COMMON_POINTS; c++) {
            double common = Math.sqrt(correlation) * z + Math.sqrt(1 - correlation) * commonPoint(c);
            sum += commonWeight(c) * Math.pow(ownBelow(in, z, common), places - 1);
        }
        return sum;
    }

    /** Returns the mean of values of which the share up to each node is given. */
    private static double meanOf(double[] values, double[] below) {
        double sum = 0;
        for (int k = 0; k < values.length; k++) {
            double from = k == 0 ? 0 : (below[k - 1] + below[k]) / 2;
            double to = k + 1 == values.length ? 1 : (below[k] + below[k + 1]) / 2;
            sum += values[k] * (to - from);
        }
        return sum;
    }

    /** Returns for each node the normal variable that is as rare among the largest as the node is given to be. */
    private static double[] ranks(double[] below) {
        double[] ranks = new double[below.length];
        double[] normal = new double[below.length];
        for (int k = 0; k < below.length; k++) {
            normal[k] = GaussianNodes.below(GaussianNodes.point(k));
        }
        for (int k = 0; k < below.length; k++) {
            ranks[k] = interpolate(below[k], normal, GaussianNodes::point);
        }
        return ranks;
    }

    private static double[] valuesAtRanks(double[] values, double[] ranks) {
        double[] out = new double[values.length];
        for (int k = 0; k < values.length; k++) {
            out[k] = interpolate(GaussianNodes.point(k), ranks, i -> values[i]);
        }
        return out;
    }

    private static double interpolate(double x, double[] ascending, IntToDoubleFunction values) {
        int found = Arrays.binarySearch(ascending, x);
        int above = found >= 0 ? found : -found - 1;
        if (above == 0 || above == ascending.length) {
            return values.applyAsDouble(above == 0 ? 0 : ascending.length - 1);
        }
        double gap = ascending[above] - ascending[above - 1];
        double share = gap > 0 ? (x - ascending[above - 1]) / gap : 1;
        double from = values.applyAsDouble(above - 1);
        return from + share * (values.applyAsDouble(above) - from);
    }

    private static double commonPoint(int c) {
        return -5 + 10.0 * c / (COMMON_POINTS - 1);
    }

    private static double commonWeight(int c) {
        double z = commonPoint(c);
        return Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI) * 10 / (COMMON_POINTS - 1);
    }
}
