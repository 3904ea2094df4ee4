package io.gradiometer.dl4j;

import io.gradiometer.signal.ActivationStats;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Computes what an output layer answers from what it is given, since a forward pass in training reports everything but that.
 *
 * <p>Uses plain arithmetic on the heap: asking the layer itself would draw from its random state and touch its memory.
 */
final class OutputReader {

    /** Multiplications for one reading, about a millisecond; an output layer that needs more for a few rows is left out. */
    private static final long MOST_PRODUCTS = 1_000_000;

    private static final int MOST_ROWS = 64;
    private static final int FEWEST_ROWS = 4;

    private final IActivation activation;
    private final int inputs;
    private final int outputs;
    private final long weightOffset;
    private final long biasOffset;
    private final Block block = new Block();
    private final ActivationReader reader;

    /** What was computed for one batch. */
    record Answers(ActivationStats stats, List<Double> predicted) {
        static final Answers UNKNOWN = new Answers(ActivationStats.UNREAD, List.of());
    }

    /**
     * @param weightOffset in the flat parameters; -1 for a layer that only applies its activation
     * @param biasOffset in the flat parameters; -1 without a bias
     */
    OutputReader(IActivation activation, int inputs, int outputs, long weightOffset, long biasOffset) {
        this.activation = activation;
        this.inputs = inputs;
        this.outputs = outputs;
        this.weightOffset = weightOffset;
        this.biasOffset = biasOffset;
        this.reader = new ActivationReader(FlatPart.of(activation), outputs, 1);
    }

    /**
     * Reads a batch.
     *
     * @param given a block of what comes to the layer
     * @param array that it was loaded from, for its shape
     * @param mask one value for each example, or for each example and step; null if all count
     */
    Answers read(Block given, INDArray array, INDArray parameters, @Nullable INDArray mask) {
        long affordable = weightOffset < 0 ? MOST_ROWS : MOST_PRODUCTS / ((long) inputs * outputs);
        if (given.examples() == 0 || given.width() % inputs != 0 || affordable < FEWEST_ROWS) {
            return Answers.UNKNOWN;
        }
        boolean featuresLast = array.rank() == 2 || (array.size(1) != inputs && array.size(array.rank() - 1) == inputs);
        // Behind a preprocessor that lays channels and pixels end to end, an example is one row.
        boolean flattened = array.rank() > 2 && given.width() == inputs;
        List<double[]> rows = new ArrayList<>();
        int positions = given.width() / inputs;
        INDArray fitting = Masks.fits(mask, array.size(0), positions) ? mask : null;
        for (int example = 0; example < given.examples(); example++) {
            for (int position = 0; position < positions && rows.size() < Math.min(affordable, MOST_ROWS); position++) {
                if (Masks.isOn(fitting, array.size(0), positions, given.firstExample() + (long) example, position)) {
                    int first = featuresLast || flattened ? position * inputs : position;
                    int stride = featuresLast || flattened ? 1 : positions;
                    rows.add(row(given, example, first, stride));
                }
            }
        }
        return rows.isEmpty() ? Answers.UNKNOWN : answers(rows, parameters);
    }

    private double[] row(Block given, int example, int first, int stride) {
        double[] row = new double[inputs];
        for (int i = 0; i < inputs; i++) {
            row[i] = given.value(example, first + i * stride);
        }
        return row;
    }

    private Answers answers(List<double[]> rows, INDArray parameters) {
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
        activate(flat, rows.size());
        List<Double> predicted = predicted(flat, rows.size());
        block.fill(flat, rows.size(), outputs);
        return new Answers(reader.read(block, outputs, 1, null, rows.size()), predicted);
    }

    @SuppressWarnings("try") // the scope is entered for its effect
    private void activate(double[] flat, int rows) {
        if (activation instanceof ActivationSoftmax) {
            for (int r = 0; r < rows; r++) {
                softmax(flat, r * outputs);
            }
        } else if (activation instanceof ActivationSigmoid) {
            for (int i = 0; i < flat.length; i++) {
                flat[i] = 1 / (1 + Math.exp(-flat[i]));
            }
        } else if (!(activation instanceof ActivationIdentity)) {
            try (MemoryWorkspace none = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
                INDArray result =
                        activation.getActivation(Nd4j.createFromArray(flat).reshape(rows, outputs), false);
                for (int i = 0; i < flat.length; i++) {
                    flat[i] = result.getDouble(i / outputs, i % outputs);
                }
            }
        }
    }

    private void softmax(double[] flat, int from) {
        double largest = Double.NEGATIVE_INFINITY;
        for (int k = 0; k < outputs; k++) {
            largest = Math.max(largest, flat[from + k]);
        }
        double sum = 0;
        for (int k = 0; k < outputs; k++) {
            flat[from + k] = Math.exp(flat[from + k] - largest);
            sum += flat[from + k];
        }
        for (int k = 0; k < outputs; k++) {
            flat[from + k] /= sum;
        }
    }

    /** Counts the largest of several outputs, or whether a single probability is above a half. */
    private List<Double> predicted(double[] flat, int rows) {
        boolean probability = outputs == 1 && activation instanceof ActivationSigmoid;
        if (outputs == 1 && !probability) {
            return List.of();
        }
        int[] counts = new int[probability ? 2 : outputs];
        for (int r = 0; r < rows; r++) {
            int best = 0;
            for (int k = 1; k < outputs; k++) {
                best = flat[r * outputs + k] > flat[r * outputs + best] ? k : best;
            }
            counts[probability ? (flat[r] > 0.5 ? 1 : 0) : best]++;
        }
        List<Double> shares = new ArrayList<>(counts.length);
        for (int count : counts) {
            shares.add((double) count / rows);
        }
        return shares;
    }
}
