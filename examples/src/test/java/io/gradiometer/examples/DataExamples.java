package io.gradiometer.examples;

import java.util.Comparator;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Data that came raw, broken, in a bad order or with hardly any examples of a class. */
final class DataExamples {

    private static final Layered CLASSIFIER = new Layered(
            net -> net.activation(Activation.TANH).weightInit(WeightInit.XAVIER).updater(new Adam(0.005)),
            List.of(Part.dense(20), Part.dense(20)),
            Activation.SOFTMAX,
            LossFunction.MCXENT);

    private static final Layered RECTIFIERS =
            CLASSIFIER.with(net -> net.activation(Activation.RELU).weightInit(WeightInit.RELU));

    private static final Program CLASSES =
            new Program(seed -> Tasks.taughtClasses(seed, 448, 8, 3, 0.02), CLASSIFIER, 32, 14);

    private static final Program NUMBERS = new Program(
            seed -> Tasks.friedman(seed, 448, 6, 0.2),
            RECTIFIERS.withOutput(Activation.IDENTITY, LossFunction.MSE),
            32,
            16);

    private DataExamples() {}

    static List<Example> all() {
        return List.of(
                oneRawColumn(),
                allColumnsRaw(),
                timeStamp(),
                rawTargets(),
                missingLabel(),
                missingFeature(),
                equalLabels(),
                sortedByClass(),
                rareClass());
    }

    private static Example oneRawColumn() {
        return unscaled(
                "data-one-raw-column",
                "One column of eight is ten thousand times as large as the others",
                CLASSES,
                features -> scaled(features, 1e4, 0, 3));
    }

    private static Example allColumnsRaw() {
        return unscaled(
                "data-all-columns-raw",
                "Pressures, weights and prices as they were stored: 10^3 to 10^6 beside 0.001",
                CLASSES,
                features -> {
                    double[] scales = {2500, 0.001, 8e4, 12, 3e5, 40, 900, 0.02};
                    double[] means = {101325, 0.004, 5e5, 70, 1e6, 15, 3000, 0.1};
                    for (int column = 0; column < scales.length; column++) {
                        scaled(features, scales[column], means[column], column);
                    }
                    return features;
                });
    }

    private static Example timeStamp() {
        return unscaled(
                "data-time-stamp",
                "A time stamp in seconds drowns the other columns",
                NUMBERS.withDesign(((Layered) NUMBERS.design()).with(net -> net.updater(new Adam(0.002)))),
                features -> scaled(features, 1e6, 1.6e9, 5));
    }

    private static Example unscaled(String id, String fault, Program sound, UnaryOperator<INDArray> raw) {
        return Example.of(id, sound)
                .finds("unscaled-input")
                .mayFind(
                        "saturated-units",
                        "dead-units",
                        "exploding-gradient",
                        "vanishing-gradient",
                        "loss-not-decreasing",
                        "loss-diverging",
                        "loss-oscillating",
                        "slow-convergence",
                        "class-collapse",
                        "unchanged-weights",
                        "ignores-input",
                        "gradient-spike",
                        "learning-rate-too-high",
                        "learning-rate-too-low",
                        "non-finite")
                .faulty(fault, sound.withTask(task -> task.withFeatures(raw)));
    }

    private static Example rawTargets() {
        return Example.of("data-raw-targets", NUMBERS)
                .finds("unscaled-target")
                .mayFind(
                        "loss-not-decreasing",
                        "slow-convergence",
                        "learning-rate-too-low",
                        "stopped-too-early",
                        "exploding-gradient",
                        "saturated-units")
                .faulty(
                        "Prices of half a million as targets, for a network that starts at 0 and moves by thousandths",
                        NUMBERS.withTask(task ->
                                task.withLabels(labels -> labels.mul(1e5).addi(5e5), answers -> answers.sub(5e5)
                                        .divi(1e5))));
    }

    private static Example missingLabel() {
        return Example.of("data-missing-label", NUMBERS)
                .finds("non-finite")
                .finds("labels-invalid")
                .mayFind(
                        "loss-not-decreasing",
                        "loss-diverging",
                        "exploding-gradient",
                        "unchanged-weights",
                        "dead-units")
                .faulty(
                        "One target of 448 is not a number",
                        NUMBERS.withTask(task -> task.withLabels(labels -> labels.putScalar(200, 0, Double.NaN))));
    }

    private static Example missingFeature() {
        return Example.of("data-missing-feature", CLASSES)
                .finds("non-finite")
                .mayFind(
                        "unscaled-input",
                        "labels-invalid",
                        "loss-not-decreasing",
                        "class-collapse",
                        "unchanged-weights",
                        "dead-units",
                        "loss-diverging",
                        "exploding-gradient")
                .faulty(
                        "One value of one row is missing and was read as not a number",
                        CLASSES.withTask(task -> new Task(
                                task.measure(),
                                task.input(),
                                task.features().putScalar(100, 2, Double.NaN),
                                task.labels(),
                                task.unseen(),
                                task.truth(),
                                task.rule(),
                                task.decoding())));
    }

    private static Example equalLabels() {
        return Example.of("data-equal-labels", CLASSES)
                .finds("labels-invalid")
                .mayFind(
                        "class-collapse",
                        "loss-not-decreasing",
                        "ignores-input",
                        "vanishing-gradient",
                        "class-imbalance")
                .faulty(
                        "Every row has the label of the first class",
                        CLASSES.withTask(task -> task.withLabels(labels -> {
                            labels.assign(0);
                            labels.getColumn(0).assign(1);
                            return labels;
                        })));
    }

    private static Example sortedByClass() {
        Program sound = new Program(
                seed -> Tasks.clusters(seed, 800, 8, 4, 2, 0.8),
                RECTIFIERS.with(net -> net.updater(new Nesterovs(0.05, 0.9))),
                10,
                4);
        return Example.of("data-sorted-by-class", sound)
                .finds("data-not-shuffled")
                .mayFind(
                        "loss-oscillating",
                        "loss-not-decreasing",
                        "class-collapse",
                        "learning-rate-too-high",
                        "dead-units",
                        "loss-diverging",
                        "exploding-gradient",
                        "gradient-spike",
                        "ignores-input")
                .faulty(
                        "Rows come sorted by class, so that each batch unlearns the one before",
                        sound.withTask(task -> task.inOrder(byClass(task.labels()))));
    }

    private static Example rareClass() {
        Program sound = new Program(seed -> Tasks.rareClass(seed, 640, 10, 0.5), CLASSIFIER, 32, 6);
        return Example.of("data-rare-class", sound)
                .finds("class-imbalance", "class-collapse")
                .mayFind(
                        "class-imbalance",
                        "class-collapse",
                        "stopped-too-early",
                        "slow-convergence",
                        "loss-not-decreasing",
                        "ignores-input",
                        "learning-rate-too-low")
                .faulty(
                        "One row of a hundred belongs to the class that matters, and the network never names it",
                        new Program(seed -> Tasks.rareClass(seed, 640, 10, 0.02), CLASSIFIER, 32, 6));
    }

    private static INDArray scaled(INDArray features, double scale, double mean, int column) {
        features.getColumn(column).muli(scale).addi(mean);
        return features;
    }

    private static int[] byClass(INDArray labels) {
        double[][] rows = Matrices.rows(labels);
        return IntStream.range(0, rows.length)
                .boxed()
                .sorted(Comparator.comparingInt(row -> numberOfClass(rows[row])))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    private static int numberOfClass(double[] oneHot) {
        int number = 0;
        while (oneHot[number] < 0.5) {
            number++;
        }
        return number;
    }
}
