package io.gradiometer.examples;

/** How well answers fit the truth of rows that were not trained on: 1 is perfect. */
enum Measure {
    /** Share of right classes. */
    CLASSES,
    /** Share of right classes, averaged over the classes, so that a rare one weighs as much as a common one. */
    BALANCED_CLASSES,
    /** Share of right bits, of tasks with several yes-or-no answers. */
    BITS,
    /** Explained variance. */
    NUMBERS;

    /** Returns how well the answers fit; one that is not a number is wrong. */
    double score(double[][] answers, double[][] truth) {
        return switch (this) {
            case CLASSES -> rightClasses(answers, truth);
            case BALANCED_CLASSES -> recognised(answers, truth);
            case BITS -> rightBits(answers, truth);
            case NUMBERS -> explained(answers, truth);
        };
    }

    /** Returns what the best constant answer scores. */
    double trivial(double[][] truth) {
        return switch (this) {
            case CLASSES -> largest(shares(truth));
            case BALANCED_CLASSES -> 1.0 / truth[0].length;
            case BITS -> commonerBits(truth);
            case NUMBERS -> 0;
        };
    }

    private static double rightClasses(double[][] answers, double[][] truth) {
        int right = 0;
        for (int i = 0; i < truth.length; i++) {
            right += classOf(answers[i]) == classOf(truth[i]) ? 1 : 0;
        }
        return (double) right / truth.length;
    }

    private static double recognised(double[][] answers, double[][] truth) {
        int classes = truth[0].length;
        int[] right = new int[classes];
        int[] all = new int[classes];
        for (int i = 0; i < truth.length; i++) {
            int label = classOf(truth[i]);
            all[label]++;
            right[label] += classOf(answers[i]) == label ? 1 : 0;
        }
        double sum = 0;
        for (int label = 0; label < classes; label++) {
            sum += (double) right[label] / Math.max(1, all[label]);
        }
        return sum / classes;
    }

    /** Returns the class that a row of scores or a single probability means; -1 where there is none. */
    private static int classOf(double[] row) {
        if (row.length == 1) {
            return Double.isNaN(row[0]) ? -1 : row[0] > 0.5 ? 1 : 0;
        }
        int best = -1;
        for (int i = 0; i < row.length; i++) {
            if (Double.isNaN(row[i])) {
                return -1;
            }
            if (best < 0 || row[i] > row[best]) {
                best = i;
            }
        }
        return best;
    }

    private static double rightBits(double[][] answers, double[][] truth) {
        int right = 0;
        for (int i = 0; i < truth.length; i++) {
            for (int j = 0; j < truth[i].length; j++) {
                right += !Double.isNaN(answers[i][j]) && answers[i][j] > 0.5 == truth[i][j] > 0.5 ? 1 : 0;
            }
        }
        return (double) right / (truth.length * truth[0].length);
    }

    private static double explained(double[][] answers, double[][] truth) {
        double[] means = shares(truth);
        double sum = 0;
        for (int j = 0; j < means.length; j++) {
            double rest = 0;
            double all = 0;
            for (int i = 0; i < truth.length; i++) {
                rest += square(answers[i][j] - truth[i][j]);
                all += square(truth[i][j] - means[j]);
            }
            // Nobody asks how much worse than a constant an answer is.
            sum += Double.isFinite(rest) ? Math.max(-1, 1 - rest / all) : -1;
        }
        return sum / means.length;
    }

    private static double[] shares(double[][] rows) {
        double[] means = new double[rows[0].length];
        for (double[] row : rows) {
            for (int j = 0; j < means.length; j++) {
                means[j] += row[j] / rows.length;
            }
        }
        return means;
    }

    private static double commonerBits(double[][] truth) {
        double sum = 0;
        double[] shares = shares(truth);
        for (double share : shares) {
            sum += Math.max(share, 1 - share);
        }
        return sum / shares.length;
    }

    private static double largest(double[] values) {
        double largest = values[0];
        for (double value : values) {
            largest = Math.max(largest, value);
        }
        return largest;
    }

    private static double square(double value) {
        return value * value;
    }
}
