package io.gradiometer.dl4j;

import java.util.SplittableRandom;

/** Rectified random sums of columns, among which a linear model finds what is not linear in the columns themselves. */
final class RandomFeatures {

    private static final int MOST = 256;
    private static final int FEWEST = 32;

    /** Columns that meet in one feature: more cost time, fewer miss what several have in common. */
    private static final int COLUMNS_PER_FEATURE = 24;

    private static final long SEED = 20_010_911;

    private RandomFeatures() {}

    /** Returns how many features so many rows can bear. */
    static int fitting(int rows) {
        return Math.max(FEWEST, Math.min(MOST, rows / 2));
    }

    /** Returns features of standardised columns, standardised as well; the same for the same columns, always. */
    static double[][] of(double[][] columns, int count) {
        int width = columns[0].length;
        int meeting = Math.min(width, COLUMNS_PER_FEATURE);
        SplittableRandom random = new SplittableRandom(SEED);
        double[][] features = new double[columns.length][count];
        int[] chosen = new int[meeting];
        double[] weights = new double[meeting];
        for (int feature = 0; feature < count; feature++) {
            for (int i = 0; i < meeting; i++) {
                chosen[i] = meeting == width ? i : random.nextInt(width);
                weights[i] = random.nextGaussian() / Math.sqrt(meeting);
            }
            double bias = random.nextGaussian();
            for (int row = 0; row < columns.length; row++) {
                double sum = bias;
                for (int i = 0; i < meeting; i++) {
                    sum += weights[i] * columns[row][chosen[i]];
                }
                features[row][feature] = Math.max(0, sum);
            }
        }
        Columns.standardise(features);
        return features;
    }
}
