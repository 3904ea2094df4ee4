package io.gradiometer.detector;

import io.gradiometer.finding.Numbers;
import io.gradiometer.finding.Remedy;
import java.util.List;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.jspecify.annotations.Nullable;

/**
 * Whether an output layer can express its labels: what the least loss over free pre-outputs would mean.
 *
 * <p>If no pre-output gives the labels, no training can; if a pre-output that tells nothing apart gives the least loss, training
 * will find that one.
 */
final class Head {

    /** Share of zeros among a rectified output's answers from which on hardly any error passes. */
    private static final double SILENT = 0.95;

    /** Rows without activity before an output counts as switched off: a single small batch may be so by chance. */
    private static final int SILENT_ROWS = 64;

    private final ActivityTrack output;
    private final List<DataTrack.Column> labels;
    private final DataTrack data;
    private final String loss;
    private final String activation;

    private Head(ActivityTrack output, DataTrack data) {
        this.output = output;
        this.data = data;
        this.labels = data.labels();
        String name = output.view.loss();
        this.loss = name == null ? "" : name;
        this.activation = output.activation();
    }

    /**
     * What is wrong with a pair of loss and output.
     *
     * @param why in words, with the numbers
     * @param confidence that it is the trouble
     * @param certain whether it holds whatever the labels of later batches are, and however low the loss gets
     * @param remedy what to use instead
     */
    record Mismatch(String why, double confidence, boolean certain, Remedy remedy) {}

    /** Returns the mismatch of an output layer, null if there is none. */
    static @Nullable Mismatch mismatch(ActivityTrack output, DataTrack data) {
        Head head = new Head(output, data);
        Mismatch byConstruction = head.byConstruction();
        if (byConstruction != null) {
            return byConstruction;
        }
        Mismatch byRange = data.labels().isEmpty() ? null : head.byRange();
        if (byRange != null) {
            return byRange;
        }
        Mismatch byLogarithm = head.byLogarithm();
        return byLogarithm != null ? byLogarithm : head.bySilence();
    }

    private int columns() {
        return labels.size();
    }

    private boolean isCategorical() {
        return loss.equals("LossMCXENT") || loss.equals("LossNegativeLogLikelihood");
    }

    private boolean isBinary() {
        return loss.equals("LossBinaryXENT");
    }

    private @Nullable Mismatch byConstruction() {
        if (activation.equals("softmax") && columns() == 1 && !loss.contains("Sparse")) {
            return new Mismatch(
                    "softmax over a single unit is always 1, whatever the network computes",
                    0.99,
                    true,
                    binaryOrRegression());
        } else if (isCategorical() && columns() == 1) {
            return new Mismatch(
                    "categorical cross-entropy over a single column is least when the output is 1 for every example",
                    0.99,
                    true,
                    binaryOrRegression());
        } else if (isCategorical() && !activation.contains("softmax")) {
            return new Mismatch(
                    "categorical cross-entropy with " + activation
                            + " falls as long as any output grows, for nothing makes the outputs of a row add up to 1",
                    0.98,
                    true,
                    Remedies.matchOutput(output.name(), "softmax", "MCXENT", "its outputs compete for one class"));
        } else if (isBinary() && !(activation.contains("sigmoid") || activation.contains("softmax"))) {
            return new Mismatch(
                    "binary cross-entropy takes logarithms of outputs between 0 and 1, which " + activation
                            + " does not keep to",
                    0.98,
                    true,
                    Remedies.matchOutput(output.name(), "sigmoid", "XENT", "its outputs are probabilities"));
        } else if (isBinary() && activation.contains("softmax")) {
            return new Mismatch(
                    "binary cross-entropy judges every output by itself, and " + activation
                            + " lets them depend on each other",
                    0.5,
                    false,
                    Remedies.matchOutput(output.name(), "softmax", "MCXENT", "its outputs compete for one class"));
        }
        return null;
    }

    /** A loss that takes logarithms of what the output may be is not finite as soon as it is. */
    private @Nullable Mismatch byLogarithm() {
        boolean poisson = loss.equals("LossPoisson");
        if (!poisson && !loss.equals("LossMSLE")) {
            return null;
        }
        Activations.Range range = Activations.rangeOf(activation);
        // An activation that is not known may well keep to what the loss takes.
        boolean known = range.isBounded() || activation.equals("identity");
        boolean leaves = known && (poisson ? range.low() < 0 || activation.equals("relu") : range.low() < -1);
        return leaves
                ? new Mismatch(
                        loss + " takes the logarithm of " + (poisson ? "the output" : "the output plus 1") + ", and "
                                + activation + " lets that be 0 or less",
                        0.9,
                        false,
                        Remedies.matchOutput(
                                output.name(),
                                "softplus",
                                poisson ? "POISSON" : "MEAN_SQUARED_LOGARITHMIC_ERROR",
                                "its outputs stay above 0"))
                : null;
    }

    private Remedy binaryOrRegression() {
        boolean binary = columns() == 1 && labels.get(0).isBinary();
        return binary
                ? Remedies.matchOutput(output.name(), "sigmoid", "XENT", "one unit is the probability of one class")
                : classesOrRegression();
    }

    private Remedy classesOrRegression() {
        return Remedies.matchOutput(
                output.name(),
                "identity",
                "MSE",
                "labels are numbers; if they are classes, use one column for each, and softmax");
    }

    /** Tells whether the loss looks at signs, directions or class numbers, which no output need equal. */
    private boolean comparesNoValues() {
        return loss.contains("Hinge") || loss.contains("Cosine") || loss.contains("Sparse");
    }

    /** Compares the labels with what the activation, and the loss, can take. */
    private @Nullable Mismatch byRange() {
        boolean entropy = isCategorical() || isBinary();
        String limiting = entropy ? "cross-entropy" : activation;
        Activations.Range range = entropy ? new Activations.Range(0, 1) : Activations.rangeOf(activation);
        if (loss.equals("LossPoisson") || loss.equals("LossKLD") || loss.equals("LossMSLE")) {
            limiting = range.low() < 0 ? loss : activation;
            range = new Activations.Range(Math.max(0, range.low()), range.high());
        } else if (comparesNoValues() || !range.isBounded()) {
            return null;
        }
        double unreachable = 0;
        double variance = 0;
        double min = Double.POSITIVE_INFINITY;
        double max = Double.NEGATIVE_INFINITY;
        for (DataTrack.Column column : labels) {
            unreachable += unreachable(column, range);
            variance += column.deviation() * column.deviation();
            min = Math.min(min, column.min());
            max = Math.max(max, column.max());
        }
        double share = variance == 0 ? (unreachable > 0 ? 1 : 0) : Math.min(1, unreachable / variance);
        if (share > 0.05) {
            return new Mismatch(
                    "labels go from " + Numbers.format(min) + " to " + Numbers.format(max) + ", which "
                            + limiting + " cannot follow beyond [" + Numbers.format(range.low()) + ", "
                            + Numbers.format(range.high()) + "]: at least "
                            + Numbers.format(100 * share) + " % of their variance stays out of reach",
                    Math.min(0.98, 0.8 + share),
                    share > 0.2,
                    classesOrRegression());
        }
        double perRow = labels.stream().mapToDouble(DataTrack.Column::mean).sum();
        boolean oneHotAsked = isCategorical() && activation.contains("softmax") && columns() > 1;
        if (oneHotAsked && labels.stream().allMatch(DataTrack.Column::isBinary) && Math.abs(perRow - 1) > 0.05) {
            return new Mismatch(
                    "a label row names " + Numbers.format(perRow)
                            + " classes on average, and softmax gives each row one",
                    0.9,
                    perRow > 1.5,
                    Remedies.matchOutput(
                            output.name(),
                            "sigmoid",
                            "XENT",
                            perRow > 1 ? "classes do not exclude each other" : "a row may name no class at all"));
        }
        return null;
    }

    /**
     * Returns the mean squared distance of a column's values from a range, if they lie as a normal distribution would, cut off at
     * the least and largest value that were seen.
     */
    static double unreachable(DataTrack.Column column, Activations.Range range) {
        if (range.distance(column.min()) == 0 && range.distance(column.max()) == 0) {
            return 0;
        } else if (column.isConstant() || column.deviation() == 0) {
            double distance = range.distance(column.mean());
            return distance * distance;
        }
        NormalDistribution shape = new NormalDistribution(column.mean(), column.deviation());
        int points = 200;
        double sum = 0;
        for (int i = 0; i < points; i++) {
            double value = shape.inverseCumulativeProbability((i + 0.5) / points);
            double distance = range.distance(Math.max(column.min(), Math.min(column.max(), value)));
            sum += distance * distance;
        }
        return sum / points;
    }

    /** A rectified output that gives 0 for nearly every example, where labels ask for more, hardly comes back. */
    private @Nullable Mismatch bySilence() {
        boolean asksForMore = labels.stream().anyMatch(column -> column.mean() > 0.1 * column.rms());
        // Of classes in columns most labels are 0 themselves, and a network that has learned them gives as many zeros.
        double positive = labels.stream()
                .mapToDouble(column -> column.isBinary() ? column.mean() : 1)
                .average()
                .orElse(0);
        boolean silent = output.rectifies()
                && output.flat() >= SILENT
                && 1 - output.flat() < positive / 2
                && output.recentRows() >= SILENT_ROWS;
        if (silent && asksForMore) {
            return new Mismatch(
                    "the rectified output gives 0 for " + Numbers.format(100 * output.flat())
                            + " % of the rows, and no error passes back through a 0",
                    0.95,
                    true,
                    data.labelsAreOneHot() || (columns() == 1 && labels.get(0).isBinary())
                            ? Remedies.matchOutput(output.name(), "sigmoid", "XENT", "its outputs are probabilities")
                            : classesOrRegression());
        }
        return null;
    }
}
