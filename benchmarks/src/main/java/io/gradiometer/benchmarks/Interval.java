package io.gradiometer.benchmarks;

import java.util.Arrays;
import java.util.Locale;
import org.apache.commons.math3.distribution.BinomialDistribution;

/**
 * A median with its 95 % confidence interval, which rests on ranks alone and assumes no distribution.
 *
 * @param low the largest value of which at least 97.5 % of samples have the true median above; the least value if there are few
 * @param median of the values
 * @param high the counterpart of {@code low}
 */
record Interval(double low, double median, double high) {

    static Interval of(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int n = sorted.length;
        BinomialDistribution below = new BinomialDistribution(n, 0.5);
        int rank = 0;
        while (rank + 1 < (n + 1) / 2 && below.cumulativeProbability(rank + 1) <= 0.025) {
            rank++;
        }
        return new Interval(sorted[rank], (sorted[(n - 1) / 2] + sorted[n / 2]) / 2, sorted[n - 1 - rank]);
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%.3f (%.3f–%.3f)", median, low, high);
    }
}
