package io.gradiometer.dl4j;

import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/**
 * What ridge regression, which has no learning rate to get wrong, makes of the same examples in the same metric: the least that a
 * cured network should reach.
 */
final class LinearReference {

    private static final int MOST_ROWS = 2048;
    private static final int MOST_COLUMNS = 128;
    private static final int FEWEST_ROWS = 30;

    /** The rows that are held out from learning; the others take turns at the rest. */
    private static final int HELD_OUT = SimpleModels.FOLDS - 1;

    private LinearReference() {}

    /** Returns its skill on the held-out examples; NaN where it cannot be told. */
    static double skill(TrialData data, Judging judging) {
        int outputs = judging.skills().size();
        double sum = 0;
        for (int output = 0; output < outputs; output++) {
            sum += skill(data, judging, output);
        }
        return sum / outputs;
    }

    private static double skill(TrialData data, Judging judging, int output) {
        List<double[]> labels = judging.trainingLabels(output);
        List<double[]> heldOut = judging.heldOutLabels(output);
        List<double[]> learned = inputs(data.training(), labels.size());
        List<double[]> judged = inputs(data.heldOut(), heldOut.size());
        int rows = Math.min(MOST_ROWS, labels.size());
        if (learned.isEmpty() || judged.isEmpty() || rows < FEWEST_ROWS) {
            return Double.NaN;
        }
        LabelKind kind = judging.skills().get(output).kind();
        int classes = kind == LabelKind.CLASS_NUMBER ? classes(labels) : 0;
        double[][] columns = new double[rows + judged.size()][];
        double[][] targets = new double[columns.length][];
        int[] folds = new int[columns.length];
        for (int i = 0; i < rows; i++) {
            int row = (int) ((long) i * labels.size() / rows);
            columns[i] = learned.get(row).clone();
            targets[i] = target(labels.get(row), classes);
            folds[i] = i % HELD_OUT;
        }
        for (int i = 0; i < judged.size(); i++) {
            columns[rows + i] = judged.get(i).clone();
            targets[rows + i] = target(heldOut.get(i), classes);
            folds[rows + i] = HELD_OUT;
        }
        Columns.standardise(columns);
        double[][] all = new Ridge(columns, targets, folds).heldOut();
        return judging.skills().get(output).skill(List.of(all).subList(rows, all.length), heldOut);
    }

    private static int classes(List<double[]> labels) {
        return 1 + labels.stream().mapToInt(row -> (int) row[0]).max().orElse(0);
    }

    private static double[] target(double[] label, int classes) {
        if (classes == 0) {
            return label;
        }
        double[] oneHot = new double[classes];
        int number = (int) label[0];
        if (number >= 0 && number < classes) {
            oneHot[number] = 1;
        }
        return oneHot;
    }

    /** Returns a row of inputs for each row of labels; none where they do not belong to each other one by one. */
    private static List<double[]> inputs(List<MultiDataSet> batches, int labels) {
        List<double[]> rows = new ArrayList<>();
        for (MultiDataSet batch : batches) {
            boolean steps = batch.getLabels(0).rank() == 3;
            INDArray features = batch.getFeatures(0);
            boolean both = steps
                    && features.rank() == 3
                    && features.size(2) == batch.getLabels(0).size(2);
            INDArray table = both
                    ? Batches.rows(features, Batches.labelMask(batch, 0), false)
                    : features.dup('c').reshape('c', features.size(0), features.length() / features.size(0));
            for (double[] row : table.castTo(DataType.DOUBLE).toDoubleMatrix()) {
                rows.add(pooled(row));
            }
        }
        return rows.size() == labels ? rows : List.of();
    }

    /** Of many columns, the means of neighbours. */
    private static double[] pooled(double[] row) {
        if (row.length <= MOST_COLUMNS) {
            return row;
        }
        double[] means = new double[MOST_COLUMNS];
        for (int k = 0; k < MOST_COLUMNS; k++) {
            int from = (int) ((long) k * row.length / MOST_COLUMNS);
            int to = (int) ((k + 1L) * row.length / MOST_COLUMNS);
            for (int i = from; i < to; i++) {
                means[k] += row[i] / (to - from);
            }
        }
        return means;
    }
}
