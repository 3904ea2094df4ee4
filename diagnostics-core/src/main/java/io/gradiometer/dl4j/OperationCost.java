package io.gradiometer.dl4j;

import java.util.List;
import java.util.Set;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.apache.commons.math3.optim.MaxEval;
import org.apache.commons.math3.optim.nonlinear.scalar.GoalType;
import org.apache.commons.math3.optim.univariate.BrentOptimizer;
import org.apache.commons.math3.optim.univariate.SearchInterval;
import org.apache.commons.math3.optim.univariate.UnivariateObjectiveFunction;

/**
 * The least that a constant prediction can have a loss operation of {@code SameDiff} cost.
 *
 * @param operation by ND4J's name
 * @param smoothing of the labels
 * @param width at which Huber's loss turns straight
 * @param sums whether the losses of columns are added up, not averaged
 */
record OperationCost(String operation, double smoothing, double width, boolean sums) implements LabelCost {

    private static final Set<String> SPARSE = Set.of("sparse_softmax_cross_entropy_loss_with_logits");
    private static final Set<String> BY_ROW =
            Set.of("softmax_cross_entropy_loss", "softmax_cross_entropy_loss_with_logits");
    private static final Set<String> BY_SUMS =
            Set.of("sigm_cross_entropy_loss", "log_loss", "mean_sqerr_loss", "hinge_loss", "log_poisson_loss");
    private static final Set<String> BY_VALUE = Set.of("absolute_difference_loss", "huber_loss");

    static boolean knows(String operation) {
        return SPARSE.contains(operation)
                || BY_ROW.contains(operation)
                || BY_SUMS.contains(operation)
                || BY_VALUE.contains(operation);
    }

    @Override
    public boolean needsRows() {
        return SPARSE.contains(operation) || BY_VALUE.contains(operation);
    }

    @Override
    public double perRow(long rows, double[] sums, double[] squares, List<double[]> kept) {
        return switch (operation) {
            case "sparse_softmax_cross_entropy_loss_with_logits" -> ConstantLoss.sparseEntropy(kept, null);
            case "softmax_cross_entropy_loss", "softmax_cross_entropy_loss_with_logits" ->
                ConstantLoss.crossEntropy(rows, smoothed(rows, sums), null);
            case "sigm_cross_entropy_loss" ->
                columns(sums, k -> ConstantLoss.binaryEntropy(sums[k] / rows * (1 - smoothing) + smoothing / 2));
            case "log_loss" -> columns(sums, k -> ConstantLoss.binaryEntropy(sums[k] / rows));
            case "mean_sqerr_loss" -> columns(sums, k -> ConstantLoss.variance(rows, sums[k], squares[k]));
            case "hinge_loss" -> columns(sums, k -> 2 * Math.min(sums[k], rows - sums[k]) / rows);
            case "log_poisson_loss" -> columns(sums, k -> poisson(sums[k] / rows));
            case "absolute_difference_loss" -> columns(sums, k -> ConstantLoss.deviation(kept, k));
            case "huber_loss" -> columns(sums, k -> huber(kept, k));
            default -> Double.NaN;
        };
    }

    private double columns(double[] columns, IntToDoubleFunction cost) {
        double sum = IntStream.range(0, columns.length).mapToDouble(cost).sum();
        return sums ? sum : sum / columns.length;
    }

    private double[] smoothed(long rows, double[] counts) {
        double each = smoothing * rows / counts.length;
        return IntStream.range(0, counts.length)
                .mapToDouble(k -> counts[k] * (1 - smoothing) + each)
                .toArray();
    }

    /** The loss is e^z - y z without the terms that no prediction changes. */
    private static double poisson(double mean) {
        return mean > 0 ? mean - mean * Math.log(mean) : Double.NaN;
    }

    private double huber(List<double[]> kept, int column) {
        double[] values = kept.stream().mapToDouble(row -> row[column]).toArray();
        double low = IntStream.range(0, values.length)
                .mapToDouble(i -> values[i])
                .min()
                .orElse(Double.NaN);
        double high = IntStream.range(0, values.length)
                .mapToDouble(i -> values[i])
                .max()
                .orElse(Double.NaN);
        if (!(low < high)) {
            return low == high ? 0 : Double.NaN;
        }
        return new BrentOptimizer(1e-8, 1e-12)
                .optimize(
                        new MaxEval(500),
                        GoalType.MINIMIZE,
                        new SearchInterval(low, high),
                        new UnivariateObjectiveFunction(constant -> huber(values, constant)))
                .getValue();
    }

    private double huber(double[] values, double constant) {
        double sum = 0;
        for (double value : values) {
            double distance = Math.abs(value - constant);
            sum += distance <= width ? distance * distance / 2 : width * (distance - width / 2);
        }
        return sum / values.length;
    }
}
