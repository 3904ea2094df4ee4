package io.gradiometer.dl4j;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.layers.CenterLossOutputLayer;
import org.deeplearning4j.nn.conf.layers.CnnLossLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.RnnLossLayer;
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

    private final boolean channelsLast;
    private final LabelCost cost;
    private final List<double[]> kept = new ArrayList<>();
    private double[] sums = new double[0];
    private double[] squares = new double[0];
    private long rows;
    private long keepEvery = 1;
    private double rowsPerExample = 1;
    private long examples;
    private long allRows;
    private boolean unreadable;

    LabelLedger(ILossFunction loss, Layer output) {
        this.channelsLast = hasChannelsLast(output);
        // Its score holds the distance to the class centres, which is no loss on labels.
        this.unreadable = output instanceof CenterLossOutputLayer;
        this.cost = new ConstantLoss(loss, output);
    }

    /** Of a loss whose labels have their classes along the last axis. */
    LabelLedger(LabelCost cost) {
        this.channelsLast = true;
        this.cost = cost;
    }

    static boolean hasChannelsLast(Layer output) {
        if (output instanceof RnnOutputLayer rnn) {
            return rnn.getRnnDataFormat() == RNNFormat.NWC;
        } else if (output instanceof RnnLossLayer rnn) {
            return rnn.getRnnDataFormat() == RNNFormat.NWC;
        }
        return output instanceof CnnLossLayer cnn && cnn.getFormat() == CNN2DFormat.NHWC;
    }

    /** Takes the labels of a batch; steps that the mask leaves out are left out. */
    void add(INDArray labels, @Nullable INDArray mask) {
        int rank = labels.rank();
        int classAxis = channelsLast ? rank - 1 : 1;
        long columns = rank < 2 ? 1 : labels.size(classAxis);
        long batch = labels.size(0);
        long positions = labels.length() / (batch * columns);
        if (columns > MOST_COLUMNS || !Masks.fits(mask, batch, positions)) {
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
        long unmasked = 0;
        long stride = Math.max(1, batch * positions / ROWS_PER_BATCH);
        double[] row = new double[(int) columns];
        for (long r = 0; r < batch * positions; r += stride) {
            long example = r / positions;
            long position = r % positions;
            if (Masks.isOn(mask, batch, positions, example, position)) {
                readRow(labels, classAxis, example, position, row);
                addRow(row);
                unmasked++;
            }
        }
        examples += batch;
        allRows += unmasked * stride;
        rowsPerExample = (double) allRows / examples;
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
        if (cost.needsRows() && rows % keepEvery == 0) {
            kept.add(row.clone());
            if (kept.size() > KEPT_ROWS) {
                thin();
            }
        }
    }

    /** Keeps every second row: those left are spread evenly over all that were seen, in whatever order labels come. */
    private void thin() {
        for (int i = kept.size() - 1; i >= 0; i--) {
            if (i % 2 == 0) {
                kept.remove(i);
            }
        }
        keepEvery *= 2;
    }

    /** Returns the loss per example of the best constant prediction on the labels seen; NaN where it cannot be told. */
    double constantLoss() {
        return rowsPerExample * constantLossPerRow();
    }

    /** Returns the loss per row, be it an example or one position in it; NaN where it cannot be told. */
    double constantLossPerRow() {
        return unreadable || rows == 0 ? Double.NaN : cost.perRow(rows, sums, squares, kept);
    }
}
