package io.gradiometer.dl4j;

import java.util.List;

/** Labels as what simple models are to predict, and the metric in which their predictions count. */
final class Targets {

    private static final int MOST_CLASSES = 128;
    private static final double ROUNDING = 1e-3;

    /** Predictions may be stretched by a little, where the penalty has shrunk them, and shrunk to nothing. */
    private static final double MOST_STRETCH = 1.5;

    private final double[][] labels;
    private final double[][] centred;
    private final double[] means;
    private final LabelKind kind;

    private Targets(double[][] labels, LabelKind kind) {
        this.labels = labels;
        this.kind = kind;
        this.means = Columns.means(labels);
        this.centred = new double[labels.length][means.length];
        double[] variances = Columns.variances(labels, means);
        for (int r = 0; r < labels.length; r++) {
            for (int k = 0; k < means.length; k++) {
                centred[r][k] = variances[k] == 0 ? 0 : labels[r][k] - means[k];
            }
        }
    }

    /** Takes labels for what the loss takes them for; where they do not fit that, for plain numbers. */
    static Targets of(List<Sample> samples, LabelKind kind) {
        double[][] labels = new double[samples.size()][];
        for (int r = 0; r < labels.length; r++) {
            float[] row = samples.get(r).labels;
            labels[r] = new double[row.length];
            for (int k = 0; k < row.length; k++) {
                labels[r][k] = row[k];
            }
        }
        boolean single = labels[0].length == 1;
        if (kind == LabelKind.CLASS_NUMBER && single && areClassNumbers(labels)) {
            return new Targets(oneHot(labels), LabelKind.SHARES);
        } else if (kind == LabelKind.SHARES && !single && areFlags(labels) && addUpToOne(labels)) {
            return new Targets(labels, LabelKind.SHARES);
        }
        // One class that excludes no other is a flag.
        boolean flags = (kind == LabelKind.FLAGS || (kind == LabelKind.SHARES && single)) && areFlags(labels);
        return new Targets(labels, flags ? LabelKind.FLAGS : LabelKind.NUMBERS);
    }

    private static boolean areClassNumbers(double[][] labels) {
        for (double[] row : labels) {
            if (row[0] < 0 || row[0] >= MOST_CLASSES || row[0] != Math.rint(row[0])) {
                return false;
            }
        }
        return true;
    }

    private static double[][] oneHot(double[][] labels) {
        int most = 1;
        for (double[] row : labels) {
            most = Math.max(most, (int) row[0]);
        }
        double[][] oneHot = new double[labels.length][most + 1];
        for (int r = 0; r < labels.length; r++) {
            oneHot[r][(int) labels[r][0]] = 1;
        }
        return oneHot;
    }

    private static boolean areFlags(double[][] labels) {
        for (double[] row : labels) {
            for (double value : row) {
                if (value < 0 || value > 1) {
                    return false;
                }
            }
        }
        return true;
    }

    private static boolean addUpToOne(double[][] labels) {
        for (double[] row : labels) {
            double sum = 0;
            for (double value : row) {
                sum += value;
            }
            if (Math.abs(sum - 1) > ROUNDING) {
                return false;
            }
        }
        return true;
    }

    /** Returns the labels less their means. */
    double[][] values() {
        return centred;
    }

    /** Tells whether there is anything to predict. */
    boolean vary() {
        return squares(centred) > 0;
    }

    /** Returns the variance of the labels, of all their columns together. */
    double variance() {
        return squares(centred) / centred.length;
    }

    private static double squares(double[][] values) {
        double sum = 0;
        for (double[] row : values) {
            for (double value : row) {
                sum += value * value;
            }
        }
        return sum;
    }

    /**
     * Judges predictions of the centred labels.
     *
     * @param predictions each by a model that has not seen its fold
     * @param folds of the rows; what turns predictions into answers is fitted to the others, too
     */
    double skill(double[][] predictions, int[] folds) {
        if (kind == LabelKind.NUMBERS) {
            return skillOfNumbers(predictions, folds);
        }
        Calibration calibration = new Calibration(labels, means, predictions, kind == LabelKind.SHARES, folds);
        return 1 - calibration.heldOutLoss() / calibration.constantLoss();
    }

    private double skillOfNumbers(double[][] predictions, int[] folds) {
        double error = 0;
        for (int fold = 0; fold < SimpleModels.FOLDS; fold++) {
            double stretch = stretch(predictions, folds, fold);
            for (int r = 0; r < folds.length; r++) {
                if (folds[r] == fold) {
                    for (int k = 0; k < means.length; k++) {
                        double difference = centred[r][k] - stretch * predictions[r][k];
                        error += difference * difference;
                    }
                }
            }
        }
        return 1 - error / squares(centred);
    }

    /** Returns what predictions are best multiplied with, by all folds but one: nothing where they lead astray. */
    private double stretch(double[][] predictions, int[] folds, int without) {
        double agreement = 0;
        double size = 0;
        for (int r = 0; r < folds.length; r++) {
            if (folds[r] != without) {
                for (int k = 0; k < means.length; k++) {
                    agreement += predictions[r][k] * centred[r][k];
                    size += predictions[r][k] * predictions[r][k];
                }
            }
        }
        return size == 0 ? 0 : Math.max(0, Math.min(MOST_STRETCH, agreement / size));
    }
}
