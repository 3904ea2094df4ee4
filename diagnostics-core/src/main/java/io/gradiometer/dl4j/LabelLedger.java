package io.gradiometer.dl4j;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.lossfunctions.ILossFunction;

/**
 * What is known of the labels of one output, and so what the best constant prediction would cost.
 *
 * <p>Bounded: sums over columns, and the first rows for losses that need them. A batch of many rows is read in even strides.
 */
final class LabelLedger {

    static final int ROWS_PER_BATCH = 1024;
    static final int KEPT_ROWS = 512;
    private static final int MOST_COLUMNS = 4096;

    private final ILossFunction loss;
    private final boolean channelsLast;
    private final ConstantLoss constantLoss;
    private final List<double[]> kept = new ArrayList<>();
    private double[] sums = new double[0];
    private double[] squares = new double[0];
    private long rows;
    private double rowsPerExample = 1;
    private long examples;
    private long allRows;
    private boolean unreadable;

    LabelLedger(ILossFunction loss, Layer output) {
        this.loss = loss;
        this.channelsLast = output instanceof RnnOutputLayer rnn && rnn.getRnnDataFormat() == RNNFormat.NWC;
        this.constantLoss = new ConstantLoss(loss, output);
    }

    /** Takes the labels of a batch; steps that the mask leaves out are left out. */
    void add(INDArray labels, @Nullable INDArray mask) {
        int rank = labels.rank();
        int classAxis = channelsLast ? rank - 1 : 1;
        long columns = rank < 2 ? 1 : labels.size(classAxis);
        if (columns > MOST_COLUMNS || (mask != null && mask.length() == labels.length() && columns > 1)) {
            unreadable = true;
            return;
        }
        if (sums.length == 0) {
            sums = new double[(int) columns];
            squares = new double[(int) columns];
        } else if (sums.length != columns) {
            unreadable = true;
            return;
        }
        long batch = labels.size(0);
        long positions = labels.length() / (batch * columns);
        long unmasked = 0;
        long stride = Math.max(1, batch * positions / ROWS_PER_BATCH);
        double[] row = new double[(int) columns];
        for (long r = 0; r < batch * positions; r += stride) {
            long example = r / positions;
            long position = r % positions;
            if (mask == null || isOn(mask, example, position)) {
                readRow(labels, classAxis, example, position, row);
                addRow(row);
                unmasked++;
            }
        }
        examples += batch;
        allRows += unmasked * stride;
        rowsPerExample = (double) allRows / examples;
    }

    private static boolean isOn(INDArray mask, long example, long position) {
        long perExample = mask.length() / mask.size(0);
        if (perExample == 1) {
            return mask.getDouble(example, 0) != 0;
        }
        return mask.rank() == 2 && mask.getDouble(example, position) != 0;
    }

    private static void readRow(INDArray labels, int classAxis, long example, long position, double[] row) {
        // A buffer counts from where the array's view of it begins.
        long offset = example * labels.stride(0);
        long rest = position;
        for (int axis = labels.rank() - 1; axis >= 1; axis--) {
            if (axis != classAxis) {
                offset += rest % labels.size(axis) * labels.stride(axis);
                rest /= labels.size(axis);
            }
        }
        long step = labels.rank() < 2 ? 1 : labels.stride(classAxis);
        for (int k = 0; k < row.length; k++) {
            row[k] = labels.data().getDouble(offset + k * step);
        }
    }

    private void addRow(double[] row) {
        rows++;
        for (int k = 0; k < row.length; k++) {
            sums[k] += row[k];
            squares[k] += row[k] * row[k];
        }
        if (kept.size() < KEPT_ROWS && constantLoss.needsRows()) {
            kept.add(row.clone());
        }
    }

    /** Returns the loss per example of the best constant prediction on the labels seen; NaN where it cannot be told. */
    double constantLoss() {
        return unreadable || rows == 0 ? Double.NaN : rowsPerExample * constantLoss.perRow(rows, sums, squares, kept);
    }

    ILossFunction loss() {
        return loss;
    }
}
