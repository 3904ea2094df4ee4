package io.gradiometer.dl4j;

import java.util.List;

/**
 * How good answers are, in a metric that depends on the labels alone, so that it survives a change of loss and output.
 *
 * <p>0 for what answers always the same, 1 for what is always right. Of classes that is Cohen's kappa, of flags the mean kappa of
 * the columns, of quantities the mean R². Nothing counts as less than −1, and answers that are no numbers as −1.
 */
final class AnswerSkill {

    private static final double WORST = -1;
    private static final double ROUNDING = 1e-12;

    private final LabelKind kind;

    AnswerSkill(LabelKind kind) {
        this.kind = kind;
    }

    /**
     * Tells the kind from the labels.
     *
     * @param labels a row each
     * @param declared what the loss function takes them for
     */
    static AnswerSkill of(List<double[]> labels, LabelKind declared) {
        if (declared == LabelKind.CLASS_NUMBER) {
            return new AnswerSkill(declared);
        }
        boolean binary = labels.stream().allMatch(AnswerSkill::isBinary);
        boolean oneHot = binary && labels.get(0).length > 1 && labels.stream().allMatch(AnswerSkill::isOneHot);
        if (oneHot) {
            return new AnswerSkill(LabelKind.SHARES);
        }
        return new AnswerSkill(binary ? LabelKind.FLAGS : LabelKind.NUMBERS);
    }

    private static boolean isBinary(double[] row) {
        for (double value : row) {
            if (value != 0 && value != 1) {
                return false;
            }
        }
        return true;
    }

    private static boolean isOneHot(double[] row) {
        double sum = 0;
        for (double value : row) {
            sum += value;
        }
        return sum == 1;
    }

    LabelKind kind() {
        return kind;
    }

    String metric() {
        return switch (kind) {
            case SHARES, CLASS_NUMBER -> "kappa on held-out examples";
            case FLAGS -> "mean kappa on held-out examples";
            case NUMBERS -> "R² on held-out examples";
        };
    }

    /** Returns the skill of answers; NaN where labels do not differ, so that nothing can be told. */
    double skill(List<double[]> answers, List<double[]> labels) {
        if (!answers.stream().allMatch(AnswerSkill::isFinite)) {
            return WORST;
        }
        double skill =
                switch (kind) {
                    case SHARES ->
                        kappa(
                                answers.stream().mapToInt(AnswerSkill::largest).toArray(),
                                labels.stream().mapToInt(AnswerSkill::largest).toArray());
                    case CLASS_NUMBER ->
                        kappa(
                                answers.stream().mapToInt(AnswerSkill::largest).toArray(),
                                labels.stream().mapToInt(row -> (int) row[0]).toArray());
                    case FLAGS -> meanOfColumns(answers, labels, AnswerSkill::kappaOfFlags);
                    case NUMBERS -> meanOfColumns(answers, labels, AnswerSkill::explained);
                };
        return Math.max(WORST, skill);
    }

    private static boolean isFinite(double[] row) {
        for (double value : row) {
            if (!Double.isFinite(value)) {
                return false;
            }
        }
        return true;
    }

    private static int largest(double[] row) {
        int largest = 0;
        for (int k = 1; k < row.length; k++) {
            if (row[k] > row[largest]) {
                largest = k;
            }
        }
        return largest;
    }

    @FunctionalInterface
    private interface ColumnSkill {
        double of(double[] answers, double[] labels);
    }

    private static double meanOfColumns(List<double[]> answers, List<double[]> labels, ColumnSkill column) {
        double sum = 0;
        int known = 0;
        for (int k = 0; k < labels.get(0).length; k++) {
            double skill = column.of(column(answers, k), column(labels, k));
            if (!Double.isNaN(skill)) {
                sum += Math.max(WORST, skill);
                known++;
            }
        }
        return known == 0 ? Double.NaN : sum / known;
    }

    private static double[] column(List<double[]> rows, int column) {
        return rows.stream().mapToDouble(row -> row[column]).toArray();
    }

    private static double kappaOfFlags(double[] answers, double[] labels) {
        int[] given = new int[labels.length];
        int[] right = new int[labels.length];
        for (int i = 0; i < labels.length; i++) {
            given[i] = answers[i] > 0.5 ? 1 : 0;
            right[i] = labels[i] > 0.5 ? 1 : 0;
        }
        return kappa(given, right);
    }

    /** Agreement beyond that of chance: Cohen (1960). */
    private static double kappa(int[] given, int[] right) {
        int classes = 0;
        for (int i = 0; i < right.length; i++) {
            classes = Math.max(classes, 1 + Math.max(given[i], right[i]));
        }
        double[] shareGiven = new double[classes];
        double[] shareRight = new double[classes];
        double agreement = 0;
        for (int i = 0; i < right.length; i++) {
            shareGiven[given[i]] += 1.0 / right.length;
            shareRight[right[i]] += 1.0 / right.length;
            agreement += given[i] == right[i] ? 1.0 / right.length : 0;
        }
        double chance = 0;
        double most = 0;
        for (int k = 0; k < classes; k++) {
            chance += shareGiven[k] * shareRight[k];
            most = Math.max(most, shareRight[k]);
        }
        if (most > 1 - 1e-9) {
            return Double.NaN;
        }
        double beyond = agreement - chance;
        return Math.abs(beyond) < ROUNDING ? 0 : beyond / (1 - chance);
    }

    private static double explained(double[] answers, double[] labels) {
        double mean = 0;
        for (double label : labels) {
            mean += label / labels.length;
        }
        double left = 0;
        double all = 0;
        for (int i = 0; i < labels.length; i++) {
            left += (answers[i] - labels[i]) * (answers[i] - labels[i]);
            all += (labels[i] - mean) * (labels[i] - mean);
        }
        return all > 0 ? 1 - left / all : Double.NaN;
    }
}
