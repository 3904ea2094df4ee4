package io.gradiometer.dl4j;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.jspecify.annotations.Nullable;

/**
 * Sums of branches that are independent of each other, as they are where the last weights of one are its own.
 *
 * <p>Sums of normal fields are normal. Where a branch carries what an activation made, no formula says how the sum is spread,
 * nor what a value of the branch tells of the sum: both are drawn, with a seed of our own.
 */
final class SumLaw {

    private static final long SEED = 1L;
    private static final int DRAWS = 10_000;
    private static final int GROUPS = 50;

    /** The normal variable of each place among all draws. */
    private static final double[] RANKS = new double[DRAWS];

    static {
        NormalDistribution normal = new NormalDistribution(null, 0, 1);
        for (int place = 0; place < DRAWS; place++) {
            RANKS[place] = normal.inverseCumulativeProbability((place + 0.5) / DRAWS);
        }
    }

    private SumLaw() {}

    static Passage of(List<Field> branches, double factor) {
        double mean = 0;
        double variance = 0;
        double shared = 0;
        for (Field branch : branches) {
            mean += factor * branch.mean();
            variance += factor * factor * branch.variance();
            shared += factor * factor * branch.shared();
        }
        Field first = branches.get(0);
        Field normal = Field.normal(mean, variance, shared, first.area(), first.channels());
        if (branches.stream().allMatch(Field::normal)) {
            return new Passage(normal, error -> {
                double[] each = GaussianNodes.constant(factor * factor * GaussianNodes.mean(error));
                return branches.stream().map(branch -> each).toList();
            });
        }
        return drawn(branches, factor, normal, mean * mean + shared);
    }

    private static Passage drawn(List<Field> branches, double factor, Field normal, double product) {
        SplittableRandom random = new SplittableRandom(SEED);
        double[][] points = new double[branches.size()][DRAWS];
        double[] sums = new double[DRAWS];
        for (int b = 0; b < points.length; b++) {
            for (int i = 0; i < DRAWS; i++) {
                points[b][i] = random.nextGaussian();
                sums[i] +=
                        factor * GaussianNodes.at(points[b][i], branches.get(b).values());
            }
        }
        double[] sorted = sums.clone();
        Arrays.sort(sorted);
        double[] ranks = new double[DRAWS];
        for (int i = 0; i < DRAWS; i++) {
            ranks[i] = RANKS[Math.max(0, Arrays.binarySearch(sorted, sums[i]))];
        }
        Field out = Field.shaped(spread(sorted, normal), product, normal.area(), normal.channels());
        return new Passage(out, error -> {
            List<double[]> back = new ArrayList<>();
            for (double[] branch : points) {
                back.add(Passage.times(told(branch, ranks, error), factor * factor));
            }
            return back;
        });
    }

    /** Returns the values at the nodes, moved and stretched to the mean and variance that are known exactly. */
    private static double[] spread(double[] sorted, Field known) {
        double[] values = new double[GaussianNodes.count()];
        for (int k = 0; k < values.length; k++) {
            double place = GaussianNodes.below(GaussianNodes.point(k)) * DRAWS - 0.5;
            int below = (int) Math.min(DRAWS - 2.0, Math.max(0, Math.floor(place)));
            double share = Math.min(1, Math.max(0, place - below));
            values[k] = sorted[below] + share * (sorted[below + 1] - sorted[below]);
        }
        double mean = GaussianNodes.mean(values);
        double stretch = Math.sqrt(known.variance() / Math.max(1e-300, GaussianNodes.meanSquare(values) - mean * mean));
        for (int k = 0; k < values.length; k++) {
            values[k] = known.mean() + stretch * (values[k] - mean);
        }
        return values;
    }

    /** Returns the mean error of the sum for each value that one branch may have. */
    private static double[] told(double[] branch, double[] ranks, double[] error) {
        Integer[] order = new Integer[DRAWS];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, (a, b) -> Double.compare(branch[a], branch[b]));
        double[] centres = new double[GROUPS];
        double[] means = new double[GROUPS];
        int size = DRAWS / GROUPS;
        for (int i = 0; i < DRAWS; i++) {
            centres[i / size] += branch[order[i]] / size;
            means[i / size] += GaussianNodes.at(ranks[order[i]], error) / size;
        }
        double[] told = new double[GaussianNodes.count()];
        for (int k = 0; k < told.length; k++) {
            told[k] = between(GaussianNodes.point(k), centres, means);
        }
        return told;
    }

    private static double between(double z, double[] centres, double[] means) {
        int found = Arrays.binarySearch(centres, z);
        int above = found >= 0 ? found : -found - 1;
        if (above == 0 || above == centres.length) {
            return means[above == 0 ? 0 : centres.length - 1];
        }
        double share = (z - centres[above - 1]) / (centres[above] - centres[above - 1]);
        return means[above - 1] + share * (means[above] - means[above - 1]);
    }

    /** Returns the channels of branches laid side by side: what mixes them next feels only their mean square. */
    static @Nullable Passage merged(List<Field> branches) {
        double channels = 0;
        double mean = 0;
        double square = 0;
        double product = 0;
        for (Field branch : branches) {
            double width = branch.channels();
            channels += width;
            mean += width * branch.mean();
            square += width * branch.meanSquare();
            product += width * branch.product();
        }
        if (Double.isNaN(channels)) {
            return null;
        }
        mean /= channels;
        Field out = Field.normal(
                mean,
                square / channels - mean * mean,
                product / channels - mean * mean,
                branches.get(0).area(),
                channels);
        return new Passage(out, error -> {
            double[] each = GaussianNodes.constant(GaussianNodes.mean(error));
            return branches.stream().map(branch -> each).toList();
        });
    }
}
