package io.gradiometer.dl4j;

import io.gradiometer.signal.ActivationStats;
import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Reads what an output layer answers, row after row, and which class each row chooses. */
final class AnswerReader {

    /** More say little more about the shares of the classes. */
    static final int MOST_ROWS = 64;

    private final IActivation activation;
    private final int outputs;
    private final Block block = new Block();
    private final ActivationReader reader;

    /** What was computed for one batch. */
    record Answers(ActivationStats stats, List<Double> predicted) {
        static final Answers UNKNOWN = new Answers(ActivationStats.UNREAD, List.of());
    }

    AnswerReader(IActivation activation, int outputs) {
        this.activation = activation;
        this.outputs = outputs;
        this.reader = new ActivationReader(FlatPart.of(activation), outputs, 1);
    }

    int outputs() {
        return outputs;
    }

    /**
     * Applies the activation and reads what comes of it.
     *
     * @param sums row after row, what the activation is to be applied to; overwritten
     */
    Answers readSums(double[] sums, int rows) {
        activate(sums, rows);
        return readOutputs(sums, rows);
    }

    /** Reads rows to which the activation was applied already. */
    Answers readOutputs(double[] flat, int rows) {
        List<Double> predicted = predicted(flat, rows);
        block.fill(flat, rows, outputs);
        return new Answers(reader.read(block, outputs, 1, null, rows), predicted);
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

    /** Counts the largest of several outputs, or whether a single one is above a half, as labels of 0 and 1 would ask. */
    private List<Double> predicted(double[] flat, int rows) {
        boolean alone = outputs == 1;
        int[] counts = new int[alone ? 2 : outputs];
        for (int r = 0; r < rows; r++) {
            int best = 0;
            for (int k = 1; k < outputs; k++) {
                best = flat[r * outputs + k] > flat[r * outputs + best] ? k : best;
            }
            counts[alone ? (flat[r] > 0.5 ? 1 : 0) : best]++;
        }
        List<Double> shares = new ArrayList<>(counts.length);
        for (int count : counts) {
            shares.add((double) count / rows);
        }
        return shares;
    }
}
