package io.gradiometer.dl4j;

/** Columns of a table of rows. */
final class Columns {

    /** What spreads less, relative to where it lies, is constant but for rounding. */
    private static final double ROUNDING = 1e-6;

    private Columns() {}

    static double[] means(double[][] rows) {
        double[] means = new double[rows[0].length];
        for (double[] row : rows) {
            for (int c = 0; c < means.length; c++) {
                means[c] += row[c] / rows.length;
            }
        }
        return means;
    }

    /** Returns the variances, 0 for columns that are constant but for rounding. */
    static double[] variances(double[][] rows, double[] means) {
        double[] variances = new double[means.length];
        for (double[] row : rows) {
            for (int c = 0; c < means.length; c++) {
                double difference = row[c] - means[c];
                variances[c] += difference * difference / rows.length;
            }
        }
        for (int c = 0; c < means.length; c++) {
            if (Math.sqrt(variances[c]) <= ROUNDING * Math.abs(means[c])) {
                variances[c] = 0;
            }
        }
        return variances;
    }

    /** Brings every column to mean 0 and deviation 1, in place; constant ones to 0. */
    static void standardise(double[][] rows) {
        double[] means = means(rows);
        double[] scales = variances(rows, means);
        for (int c = 0; c < scales.length; c++) {
            scales[c] = scales[c] == 0 ? 0 : 1 / Math.sqrt(scales[c]);
        }
        for (double[] row : rows) {
            for (int c = 0; c < row.length; c++) {
                row[c] = (row[c] - means[c]) * scales[c];
            }
        }
    }
}
