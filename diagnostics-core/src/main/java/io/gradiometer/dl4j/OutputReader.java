package io.gradiometer.dl4j;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Computes what an output layer answers from what it is given, since a forward pass in training reports everything but that.
 *
 * <p>Uses plain arithmetic on the heap: asking the layer itself would draw from its random state and touch its memory.
 */
final class OutputReader {

    /** Multiplications for one reading, about a millisecond; an output layer that needs more for a few rows is left out. */
    private static final long MOST_PRODUCTS = 1_000_000;

    private static final int FEWEST_ROWS = 4;

    private final int inputs;
    private final int outputs;
    private final long weightOffset;
    private final long biasOffset;
    private final AnswerReader reader;

    /**
     * @param weightOffset in the flat parameters; -1 for a layer that only applies its activation
     * @param biasOffset in the flat parameters; -1 without a bias
     */
    OutputReader(IActivation activation, int inputs, int outputs, long weightOffset, long biasOffset) {
        this.inputs = inputs;
        this.outputs = outputs;
        this.weightOffset = weightOffset;
        this.biasOffset = biasOffset;
        this.reader = new AnswerReader(activation, outputs);
    }

    /**
     * Reads a batch.
     *
     * @param given a block of what comes to the layer
     * @param array that it was loaded from, for its shape
     * @param mask one value for each example, or for each example and step; null if all count
     */
    AnswerReader.Answers read(Block given, INDArray array, INDArray parameters, @Nullable INDArray mask) {
        long affordable = weightOffset < 0 ? AnswerReader.MOST_ROWS : MOST_PRODUCTS / ((long) inputs * outputs);
        if (given.examples() == 0 || given.width() % inputs != 0 || affordable < FEWEST_ROWS) {
            return AnswerReader.Answers.UNKNOWN;
        }
        boolean featuresLast = array.rank() == 2 || (array.size(1) != inputs && array.size(array.rank() - 1) == inputs);
        // Behind a preprocessor that lays channels and pixels end to end, an example is one row.
        boolean flattened = array.rank() > 2 && given.width() == inputs;
        List<double[]> rows = new ArrayList<>();
        int positions = given.width() / inputs;
        INDArray fitting = Masks.fits(mask, array.size(0), positions) ? mask : null;
        for (int example = 0; example < given.examples(); example++) {
            for (int position = 0;
                    position < positions && rows.size() < Math.min(affordable, AnswerReader.MOST_ROWS);
                    position++) {
                if (Masks.isOn(fitting, array.size(0), positions, given.firstExample() + (long) example, position)) {
                    int first = featuresLast || flattened ? position * inputs : position;
                    int stride = featuresLast || flattened ? 1 : positions;
                    rows.add(row(given, example, first, stride));
                }
            }
        }
        return rows.isEmpty() ? AnswerReader.Answers.UNKNOWN : answers(rows, parameters);
    }

    private double[] row(Block given, int example, int first, int stride) {
        double[] row = new double[inputs];
        for (int i = 0; i < inputs; i++) {
            row[i] = given.value(example, first + i * stride);
        }
        return row;
    }

    private AnswerReader.Answers answers(List<double[]> rows, INDArray parameters) {
        double[] flat = new double[rows.size() * outputs];
        double[] weights = weightOffset < 0 ? new double[0] : Block.copyOf(parameters, weightOffset, inputs * outputs);
        double[] bias = biasOffset < 0 ? new double[outputs] : Block.copyOf(parameters, biasOffset, outputs);
        for (int r = 0; r < rows.size(); r++) {
            double[] row = rows.get(r);
            for (int k = 0; k < outputs; k++) {
                double sum = bias[k];
                if (weightOffset < 0) {
                    sum += row[k];
                } else {
                    // Weights lie column by column.
                    for (int i = 0; i < inputs; i++) {
                        sum += row[i] * weights[k * inputs + i];
                    }
                }
                flat[r * outputs + k] = sum;
            }
        }
        return reader.readSums(flat, rows.size());
    }
}
