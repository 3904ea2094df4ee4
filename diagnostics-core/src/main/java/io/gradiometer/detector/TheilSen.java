package io.gradiometer.detector;

import java.util.Arrays;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.stat.descriptive.rank.Median;

/**
 * A slope that a few odd points cannot bend: the median of the slopes between all pairs, with the interval that follows from
 * the distribution of Kendall's tau (Sen 1968, J. Am. Stat. Assoc. 63).
 *
 * @param slope median of the pairwise slopes
 * @param low lower end of the interval
 * @param high upper end of the interval
 */
record TheilSen(double slope, double low, double high) {

    private static final NormalDistribution NORMAL = new NormalDistribution();

    /**
     * Fits at least two points with distinct, ascending x.
     *
     * @param confidence of the two-sided interval, for instance 0.95; with fewer than five points it spans all slopes
     */
    static TheilSen fit(double[] x, double[] y, double confidence) {
        int n = x.length;
        double[] slopes = new double[n * (n - 1) / 2];
        int k = 0;
        for (int i = 0; i < n; i++) {
            for (int j = i + 1; j < n; j++) {
                slopes[k++] = (y[j] - y[i]) / (x[j] - x[i]);
            }
        }
        Arrays.sort(slopes);
        double spread = NORMAL.inverseCumulativeProbability((1 + confidence) / 2)
                * Math.sqrt(n * (n - 1.0) * (2.0 * n + 5) / 18);
        int low = (int) Math.floor((slopes.length - spread) / 2);
        int high = (int) Math.ceil((slopes.length + spread) / 2);
        return new TheilSen(
                new Median().evaluate(slopes), slopes[Math.max(0, low)], slopes[Math.min(slopes.length - 1, high)]);
    }
}
