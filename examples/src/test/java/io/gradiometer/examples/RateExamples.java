package io.gradiometer.examples;

import java.util.List;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.RmsProp;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Steps too long or too short, too few of them, or from batches too small. */
final class RateExamples {

    private static final Layered CLASSIFIER = new Layered(
            net -> net.activation(Activation.RELU).weightInit(WeightInit.RELU),
            List.of(Part.dense(32), Part.dense(16)),
            Activation.SOFTMAX,
            LossFunction.MCXENT);

    private static final Layered REGRESSION = CLASSIFIER
            .withBody(Part.dense(32), Part.dense(16))
            .with(net -> net.activation(Activation.TANH).weightInit(WeightInit.XAVIER))
            .withOutput(Activation.IDENTITY, LossFunction.MSE);

    private static final Program CLASSES =
            new Program(seed -> Tasks.taughtClasses(seed, 448, 6, 3, 0.03), CLASSIFIER, 32, 14);

    private static final Program NUMBERS = new Program(seed -> Tasks.friedman(seed, 448, 6, 0.15), REGRESSION, 32, 16);

    private RateExamples() {}

    static List<Example> all() {
        return List.of(
                tooHigh("dense-sgd-rate-too-high", CLASSES, CLASSIFIER, new Sgd(0.2), new Sgd(30)),
                tooHigh("regression-sgd-rate-too-high", NUMBERS, REGRESSION, new Sgd(0.1), new Sgd(4)),
                tooHigh("dense-adam-rate-too-high", CLASSES, CLASSIFIER, new Adam(0.005), new Adam(1.5)),
                tooHigh(
                        "regression-momentum-rate-too-high",
                        NUMBERS,
                        REGRESSION,
                        new Nesterovs(0.03, 0.9),
                        new Nesterovs(2, 0.9)),
                tooHigh("dense-rmsprop-rate-too-high", CLASSES, CLASSIFIER, new RmsProp(0.003), new RmsProp(1)),
                tooLow("dense-sgd-rate-too-low", CLASSES, CLASSIFIER, new Sgd(0.2), new Sgd(2e-5)),
                tooLow("dense-adam-rate-too-low", CLASSES, CLASSIFIER, new Adam(0.005), new Adam(2e-6)),
                tooLow(
                        "regression-momentum-rate-too-low",
                        NUMBERS,
                        REGRESSION,
                        new Nesterovs(0.03, 0.9),
                        new Nesterovs(1e-5, 0.9)),
                stoppedTooEarly(),
                batchOfOne());
    }

    private static Example tooHigh(String id, Program program, Layered design, IUpdater sound, IUpdater wild) {
        return Example.of(id, program.withDesign(design.with(net -> net.updater(sound))))
                .finds("learning-rate-too-high")
                .mayFind(
                        "exploding-gradient",
                        "loss-diverging",
                        "loss-oscillating",
                        "loss-not-decreasing",
                        "non-finite",
                        "dead-units",
                        "saturated-units",
                        "class-collapse",
                        "vanishing-gradient",
                        "unchanged-weights",
                        "ignores-input",
                        "gradient-spike",
                        "missing-clipping",
                        "slow-convergence")
                .faulty(
                        "A learning rate that steps over the goal",
                        program.withDesign(design.with(net -> net.updater(wild))));
    }

    private static Example tooLow(String id, Program program, Layered design, IUpdater sound, IUpdater timid) {
        return Example.of(id, program.withDesign(design.with(net -> net.updater(sound))))
                .finds("learning-rate-too-low")
                .mayFind(
                        "slow-convergence",
                        "loss-not-decreasing",
                        "stopped-too-early",
                        "unchanged-weights",
                        "class-collapse",
                        "ignores-input")
                .faulty(
                        "A learning rate at which hardly anything moves",
                        program.withDesign(design.with(net -> net.updater(timid))));
    }

    private static Example stoppedTooEarly() {
        Program sound = NUMBERS.withDesign(REGRESSION.with(net -> net.updater(new Adam(0.004))))
                .withEpochs(25);
        return Example.of("regression-stopped-too-early", sound)
                .finds("stopped-too-early", "learning-rate-too-low")
                .mayFind("stopped-too-early", "slow-convergence", "learning-rate-too-low", "loss-not-decreasing")
                .faulty("Two epochs, while the loss still falls steeply", sound.withEpochs(2));
    }

    private static Example batchOfOne() {
        Program sound = new Program(
                seed -> Tasks.taughtClasses(seed, 192, 6, 3, 0.03),
                CLASSIFIER.with(net -> net.updater(new Sgd(0.6))),
                16,
                6);
        return Example.of("dense-batch-of-one", sound)
                .finds("batch-too-small", "learning-rate-too-high")
                .mayFind(
                        "batch-too-small",
                        "learning-rate-too-high",
                        "loss-oscillating",
                        "loss-not-decreasing",
                        "loss-diverging",
                        "dead-units",
                        "class-collapse",
                        "exploding-gradient",
                        "gradient-spike",
                        "vanishing-gradient",
                        "ignores-input",
                        "unchanged-weights")
                .faulty("Batches of a single example at a rate that is meant for sixteen", sound.withBatch(1));
    }
}
