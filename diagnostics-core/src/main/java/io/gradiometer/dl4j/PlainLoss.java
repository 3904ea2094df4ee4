package io.gradiometer.dl4j;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.VariableType;
import org.nd4j.autodiff.samediff.internal.SameDiffOp;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;

/**
 * Computes the commonest losses of small batches with plain arithmetic: executing the operation takes several times as long, and
 * the loss is read in every iteration.
 *
 * <p>Whatever is large or not finite is left to the operation, whose own arithmetic decides what overflows.
 */
final class PlainLoss {

    private static final String ENTROPY = "softmax_cross_entropy_loss";
    private static final String SQUARES = "mean_sqerr_loss";

    /** Exponentials of more take as long as the operation. */
    private static final long MOST_ELEMENTS = 2048;

    private static final double LARGE = 1e30;

    // How losses bring rows together, as ND4J numbers it; the weight of all of them falls out of its own mean.
    private static final long UNREDUCED = 0;
    private static final long SUM = 1;
    private static final long MEAN_BY_WEIGHT = 2;

    private final boolean entropy;
    private final boolean sums;
    private final double factor;
    private final double smoothing;
    private final String predictions;
    private final String labels;
    private final Block predicted = new Block();
    private final Block wanted = new Block();

    private PlainLoss(boolean entropy, DynamicCustomOp loss, List<String> inputs, double weight) {
        this.entropy = entropy;
        this.sums = loss.getIArgument(0) == SUM;
        this.factor = loss.getIArgument(0) == MEAN_BY_WEIGHT ? 1 : weight;
        this.smoothing = entropy ? loss.getTArgument(0) : 0;
        this.predictions = inputs.get(0);
        this.labels = inputs.get(2);
    }

    /** Returns what computes an operation; null if it is none of those losses, or weighs examples or classes. */
    static @Nullable PlainLoss of(ForwardGraph graph, SameDiffOp operation) {
        String kind = ForwardGraph.kind(operation);
        if (!kind.equals(ENTROPY) && !kind.equals(SQUARES)) {
            return null;
        }
        DynamicCustomOp loss = (DynamicCustomOp) operation.getOp();
        List<String> inputs = ForwardGraph.inputs(operation);
        INDArray weight = graph.is(VariableType.CONSTANT, inputs.get(1))
                ? graph.variable(inputs.get(1)).getArr()
                : null;
        boolean known = weight != null && weight.length() == 1 && weight.getDouble(0) != 0;
        boolean reduced = loss.numIArguments() > 0 && loss.getIArgument(0) != UNREDUCED;
        boolean complete = kind.equals(SQUARES) || loss.numTArguments() == 1;
        return weight != null && known && reduced && complete
                ? new PlainLoss(kind.equals(ENTROPY), loss, inputs, weight.getDouble(0))
                : null;
    }

    /**
     * Computes the loss; NaN where it is to be left to the operation.
     *
     * @param values finds what comes in
     */
    double compute(Function<String, INDArray> values) {
        INDArray given = values.apply(predictions);
        INDArray answers = values.apply(labels);
        boolean fits = entropy ? given.rank() == 2 : given.rank() > 0;
        if (!fits || given.length() > MOST_ELEMENTS || !Arrays.equals(given.shape(), answers.shape())) {
            return Double.NaN;
        }
        predicted.load(given);
        wanted.load(answers);
        double sum = 0;
        for (int row = 0; row < predicted.examples(); row++) {
            sum += entropy ? entropy(row) : squares(row);
        }
        long count = entropy ? given.size(0) : given.length();
        double loss = factor * (sums ? sum : sum / count);
        return Math.abs(loss) < LARGE ? loss : Double.NaN;
    }

    private double entropy(int row) {
        int classes = predicted.width();
        double largest = Double.NEGATIVE_INFINITY;
        for (int k = 0; k < classes; k++) {
            largest = Math.max(largest, predicted.value(row, k));
        }
        double exponentials = 0;
        for (int k = 0; k < classes; k++) {
            exponentials += Math.exp(predicted.value(row, k) - largest);
        }
        double normalizer = largest + Math.log(exponentials);
        double sum = 0;
        for (int k = 0; k < classes; k++) {
            double share = wanted.value(row, k) * (1 - smoothing) + smoothing / classes;
            sum += share * (normalizer - predicted.value(row, k));
        }
        return sum;
    }

    private double squares(int row) {
        double sum = 0;
        for (int i = 0; i < predicted.width(); i++) {
            double difference = predicted.value(row, i) - wanted.value(row, i);
            sum += difference * difference;
        }
        return sum;
    }
}
