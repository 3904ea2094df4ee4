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
                stoppedWhileRising(),
                linearRateTooHigh(),
                plainDescentThroughSigmoids(),
                batchOfOne(),
                batchOfOneThatSaturates(),
                batchOfEverything());
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

    private static Example stoppedWhileRising() {
        Program sound = NUMBERS.withDesign(REGRESSION.with(net -> net.updater(new Adam(3e-4))))
                .withEpochs(60);
        return Example.of("regression-stopped-while-rising", sound)
                .finds("stopped-too-early", "learning-rate-too-low")
                .notes("stopped-too-early")
                .mayFind("slow-convergence", "learning-rate-too-low", "loss-not-decreasing")
                .faulty("Seven epochs of sixty, while the loss still falls steeply", sound.withEpochs(7));
    }

    /** Without hidden layers nothing saturates or dies that could stop the loss from rising. */
    private static Example linearRateTooHigh() {
        Layered linear = REGRESSION.withBody().with(net -> net.updater(new Sgd(0.05)));
        Program sound = NUMBERS.withDesign(linear).withEpochs(3);
        return Example.of("regression-linear-rate-too-high", sound)
                .finds("learning-rate-too-high")
                .finds("loss-diverging")
                .mayFind(
                        "exploding-gradient", "loss-oscillating", "loss-not-decreasing", "non-finite", "gradient-spike")
                .faulty(
                        "A learning rate of 1.2 for a linear model of inputs of spread one, whose limit is about 1",
                        sound.withDesign(linear.with(net -> net.updater(new Sgd(1.2)))));
    }

    private static Example plainDescentThroughSigmoids() {
        Layered sigmoids = CLASSIFIER.withBody(Part.dense(4, 24)).with(net -> net.activation(Activation.SIGMOID)
                .weightInit(WeightInit.XAVIER)
                .updater(new Adam(0.01)));
        Program sound = new Program(seed -> Tasks.clusters(seed, 384, 10, 4, 2, 0.8), sigmoids, 32, 14);
        return Example.of("dense-plain-descent-through-sigmoids", sound)
                .finds("updater-unsuited", "activation-too-deep", "activation-unsuited")
                .notes("updater-unsuited")
                .mayFind(
                        "activation-too-deep",
                        "activation-unsuited",
                        "vanishing-gradient",
                        "loss-not-decreasing",
                        "slow-convergence",
                        "class-collapse",
                        "ignores-input",
                        "learning-rate-too-low",
                        "unchanged-weights")
                .faulty(
                        "One rate of 0.1 for four layers of sigmoid, whose gradients lie decades apart",
                        sound.withDesign(sigmoids.with(net -> net.updater(new Sgd(0.1)))));
    }

    private static Example batchOfOneThatSaturates() {
        Program sound = new Program(
                seed -> Tasks.taughtClasses(seed, 256, 6, 3, 0.03),
                CLASSIFIER.withBody(Part.dense(2, 24)).with(net -> net.activation(Activation.TANH)
                        .weightInit(WeightInit.XAVIER)
                        .updater(new Sgd(0.25))),
                16,
                8);
        return Example.of("dense-tanh-batch-of-one", sound)
                .finds("batch-too-small", "learning-rate-too-high")
                .notes("batch-too-small")
                .mayFind(
                        "learning-rate-too-high",
                        "loss-oscillating",
                        "loss-not-decreasing",
                        "loss-diverging",
                        "saturated-units",
                        "exploding-gradient",
                        "gradient-spike")
                .faulty(
                        "Batches of a single example, whose noise outweighs what it teaches, at a rate meant for sixteen",
                        sound.withBatch(1));
    }

    private static Example batchOfEverything() {
        Program sound = new Program(
                seed -> Tasks.clusters(seed, 512, 10, 4, 2, 0.8),
                CLASSIFIER.with(net -> net.updater(new Sgd(5e-3))),
                16,
                24);
        return Example.of("dense-batch-of-everything", sound)
                .finds("batch-too-large", "learning-rate-too-low", "slow-convergence")
                .notes("batch-too-large")
                .mayFind(
                        "slow-convergence",
                        "learning-rate-too-low",
                        "stopped-too-early",
                        "loss-not-decreasing",
                        "class-collapse")
                .faulty("All 512 rows in one batch: 24 steps at a rate meant for 768", sound.withBatch(512));
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
