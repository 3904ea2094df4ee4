package io.gradiometer.dl4j;

import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.apache.commons.math3.exception.MathIllegalStateException;
import org.apache.commons.math3.optim.InitialGuess;
import org.apache.commons.math3.optim.MaxEval;
import org.apache.commons.math3.optim.SimpleValueChecker;
import org.apache.commons.math3.optim.nonlinear.scalar.GoalType;
import org.apache.commons.math3.optim.nonlinear.scalar.ObjectiveFunction;
import org.apache.commons.math3.optim.nonlinear.scalar.ObjectiveFunctionGradient;
import org.apache.commons.math3.optim.nonlinear.scalar.gradient.NonLinearConjugateGradientOptimizer;
import org.apache.commons.math3.stat.descriptive.rank.Median;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.rng.Random;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossBinaryXENT;
import org.nd4j.linalg.lossfunctions.impl.LossL1;
import org.nd4j.linalg.lossfunctions.impl.LossL2;
import org.nd4j.linalg.lossfunctions.impl.LossMAE;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;
import org.nd4j.linalg.lossfunctions.impl.LossMSE;
import org.nd4j.linalg.lossfunctions.impl.LossSparseMCXENT;

/**
 * The least loss that a constant prediction can have: in closed form for the common losses, else by minimising the user's own
 * loss function over a constant pre-output.
 */
final class ConstantLoss implements LabelCost {

    private static final int MOST_COLUMNS_TO_SEARCH = 64;
    private static final int NEVER_AGAIN = Integer.MAX_VALUE / 2;

    private final ILossFunction loss;
    private final IActivation activation;
    private double found = Double.NaN;
    private int rowsAtSearch;

    ConstantLoss(ILossFunction loss, Layer output) {
        this.loss = loss;
        this.activation = output instanceof BaseLayer base && base.getActivationFn() != null
                ? base.getActivationFn()
                : new ActivationIdentity();
    }

    private boolean hasClosedForm() {
        return (loss instanceof LossMCXENT || loss instanceof LossBinaryXENT || loss instanceof LossL2)
                && !(loss instanceof LossSparseMCXENT);
    }

    @Override
    public boolean needsRows() {
        return !hasClosedForm();
    }

    @Override
    public double perRow(long rows, double[] sums, double[] squares, List<double[]> kept) {
        if (loss instanceof LossSparseMCXENT sparse) {
            return sparseEntropy(kept, sparse.getWeights());
        } else if (loss instanceof LossMCXENT entropy) {
            return crossEntropy(rows, sums, entropy.getWeights());
        } else if (loss instanceof LossBinaryXENT binary) {
            return sum(sums.length, k -> weight(binary.getWeights(), k) * binaryEntropy(sums[k] / rows));
        } else if (loss instanceof LossL2 squared) {
            double columns = loss instanceof LossMSE ? sums.length : 1;
            return sum(sums.length, k -> weight(squared.getWeights(), k) * variance(rows, sums[k], squares[k]))
                    / columns;
        } else if (loss instanceof LossL1 absolute) {
            double columns = loss instanceof LossMAE ? sums.length : 1;
            return sum(sums.length, k -> weight(absolute.getWeights(), k) * deviation(kept, k)) / columns;
        }
        return search(kept);
    }

    private static double sum(int columns, IntToDoubleFunction term) {
        double sum = 0;
        for (int column = 0; column < columns; column++) {
            sum += term.applyAsDouble(column);
        }
        return sum;
    }

    private static double weight(@Nullable INDArray weights, int column) {
        return weights == null ? 1 : weights.getDouble(column);
    }

    /** The shares that cost least are those of the (weighted) label sums. */
    static double crossEntropy(long rows, double[] sums, @Nullable INDArray weights) {
        double total = sum(sums.length, k -> weight(weights, k) * sums[k] / rows);
        return sum(sums.length, k -> {
            double mass = weight(weights, k) * sums[k] / rows;
            return mass > 0 ? -mass * Math.log(mass / total) : 0;
        });
    }

    static double sparseEntropy(List<double[]> kept, @Nullable INDArray weights) {
        int classes = 1 + kept.stream().mapToInt(row -> (int) row[0]).max().orElse(0);
        double[] counts = new double[Math.max(1, classes)];
        kept.stream().filter(row -> row[0] >= 0).forEach(row -> counts[(int) row[0]]++);
        return crossEntropy(kept.size(), counts, weights);
    }

    static double binaryEntropy(double p) {
        return p <= 0 || p >= 1 ? 0 : -p * Math.log(p) - (1 - p) * Math.log(1 - p);
    }

    static double variance(long rows, double sum, double squares) {
        double mean = sum / rows;
        double variance = squares / rows - mean * mean;
        // What is left of equal labels is rounding: no constant can be told from another there.
        return variance < 1e-12 * squares / rows ? 0 : variance;
    }

    static double deviation(List<double[]> kept, int column) {
        double[] values = kept.stream().mapToDouble(row -> row[column]).toArray();
        double median = new Median().evaluate(values);
        return IntStream.range(0, values.length)
                .mapToDouble(i -> Math.abs(values[i] - median))
                .average()
                .orElse(Double.NaN);
    }

    /** Minimises over a constant pre-output; anew only when twice as many rows are known, so the work stays bounded. */
    @SuppressWarnings("try") // the scope is entered for its effect
    private double search(List<double[]> kept) {
        if (kept.isEmpty() || kept.get(0).length > MOST_COLUMNS_TO_SEARCH) {
            return Double.NaN;
        }
        if (kept.size() >= 2 * rowsAtSearch) {
            rowsAtSearch = kept.size();
            // Some activations draw random numbers; the user's must not find any gone.
            Random random = Nd4j.getRandom();
            long root = random.rootState();
            long node = random.nodeState();
            try (MemoryWorkspace none = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
                found = minimum(Nd4j.createFromArray(kept.toArray(new double[0][])));
            } catch (RuntimeException unsuited) {
                // A loss whose pre-output is not shaped like its labels, or one of the user's that wants more than
                // labels.
                found = Double.NaN;
                rowsAtSearch = NEVER_AGAIN;
            } finally {
                random.setStates(root, node);
            }
        }
        return found;
    }

    private double minimum(INDArray labels) {
        int columns = (int) labels.size(1);
        NonLinearConjugateGradientOptimizer optimizer = new NonLinearConjugateGradientOptimizer(
                NonLinearConjugateGradientOptimizer.Formula.POLAK_RIBIERE, new SimpleValueChecker(1e-8, 1e-12));
        try {
            return optimizer
                    .optimize(
                            new MaxEval(500),
                            GoalType.MINIMIZE,
                            new InitialGuess(new double[columns]),
                            new ObjectiveFunction(
                                    z -> loss.computeScore(labels.dup(), constant(labels, z), activation, null, true)),
                            new ObjectiveFunctionGradient(
                                    z -> loss.computeGradient(labels.dup(), constant(labels, z), activation, null)
                                            .sum(0)
                                            .div(labels.size(0))
                                            .castTo(DataType.DOUBLE)
                                            .toDoubleVector()))
                    .getValue();
        } catch (MathIllegalStateException noMinimum) {
            // A loss without a least constant, or one that its own gradient does not lead to: skill stays unknown.
            return Double.NaN;
        }
    }

    private static INDArray constant(INDArray labels, double[] z) {
        return Nd4j.createFromArray(z).reshape(1, z.length).repeat(0, labels.size(0));
    }
}
