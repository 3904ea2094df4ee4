package io.gradiometer.examples;

import java.util.List;
import org.deeplearning4j.nn.conf.distribution.NormalDistribution;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Graphs with residual connections, and stacks with batch normalisation. */
final class GraphExamples {

    private static final Layered RESIDUAL = new Layered(
            net -> net.activation(Activation.RELU).weightInit(WeightInit.RELU).updater(new Nesterovs(0.003, 0.9)),
            List.of(
                    Part.dense(20),
                    Part.dense(20).bridge(),
                    Part.dense(20).bridge(),
                    Part.dense(20).bridge()),
            Activation.IDENTITY,
            LossFunction.MSE);

    private static final Layered NORMALIZED = new Layered(
            net -> net.activation(Activation.RELU).weightInit(WeightInit.RELU).updater(new Sgd(0.1)),
            List.of(
                    Part.dense(20),
                    Part.batchNormalization(),
                    Part.dense(20),
                    Part.batchNormalization(),
                    Part.dense(20),
                    Part.batchNormalization()),
            Activation.SOFTMAX,
            LossFunction.MCXENT);

    private static final Program NUMBERS =
            new Program(seed -> Tasks.taughtNumbers(seed, 384, 8, 2, 0.1), RESIDUAL, 32, 15);

    private static final Program CLASSES =
            new Program(seed -> Tasks.clusters(seed, 384, 8, 3, 3, 0.7), NORMALIZED, 32, 11);

    private GraphExamples() {}

    static List<Example> all() {
        return List.of(
                residualRateTooHigh(),
                residualGiantWeights(),
                residualRectifiedOutput(),
                normalizedRateTooLow(),
                normalizedZeroWeights(),
                branchCutOff());
    }

    private static Example branchCutOff() {
        Program sound = new Program(seed -> Tasks.friedman(seed, 448, 6, 0.15), new Branches(3, 16, false), 32, 12);
        return Example.of("graph-branch-cut-off", sound)
                .notes("unused-layer")
                .mayFind("unchanged-weights", "vanishing-gradient", "slow-convergence", "loss-not-decreasing")
                .faulty(
                        "Of two branches that are merged, a cut keeps the first one alone",
                        sound.withDesign(new Branches(3, 16, true)));
    }

    private static Example residualRateTooHigh() {
        return Example.of("residual-rate-too-high", NUMBERS)
                .finds("learning-rate-too-high")
                .mayFind(
                        "exploding-gradient",
                        "non-finite",
                        "loss-diverging",
                        "loss-oscillating",
                        "loss-not-decreasing",
                        "dead-units",
                        "vanishing-gradient",
                        "unchanged-weights",
                        "missing-clipping",
                        "ignores-input",
                        "gradient-spike")
                .faulty(
                        "Momentum of 0.9 at a rate of 0.3",
                        NUMBERS.withDesign(RESIDUAL.with(net -> net.updater(new Nesterovs(0.3, 0.9)))));
    }

    private static Example residualGiantWeights() {
        return Example.of("residual-giant-weights", NUMBERS)
                .finds("poor-initialization")
                .mayFind(
                        "exploding-gradient",
                        "non-finite",
                        "loss-diverging",
                        "loss-oscillating",
                        "loss-not-decreasing",
                        "learning-rate-too-high",
                        "dead-units",
                        "vanishing-gradient",
                        "unchanged-weights",
                        "missing-clipping",
                        "ignores-input",
                        "gradient-spike")
                .faulty(
                        "First weights of N(0, 2)",
                        NUMBERS.withDesign(RESIDUAL.with(net -> net.weightInit(new NormalDistribution(0, 2)))));
    }

    private static Example residualRectifiedOutput() {
        return Example.of("residual-rectified-output", NUMBERS)
                .finds("loss-output-mismatch")
                .mayFind(
                        "dead-units",
                        "loss-not-decreasing",
                        "vanishing-gradient",
                        "unchanged-weights",
                        "ignores-input",
                        "slow-convergence")
                .faulty(
                        "A rectified output for targets around zero",
                        NUMBERS.withDesign(RESIDUAL.withOutput(Activation.RELU, LossFunction.MSE)));
    }

    private static Example normalizedRateTooLow() {
        return Example.of("batch-norm-rate-too-low", CLASSES)
                .finds("learning-rate-too-low")
                .mayFind(
                        "slow-convergence",
                        "loss-not-decreasing",
                        "stopped-too-early",
                        "class-collapse",
                        "unchanged-weights",
                        "ignores-input")
                .faulty(
                        "Descent at a rate of 0.00001",
                        CLASSES.withDesign(NORMALIZED.with(net -> net.updater(new Sgd(1e-5)))));
    }

    private static Example normalizedZeroWeights() {
        return Example.of("batch-norm-zero-weights", CLASSES)
                .finds("poor-initialization")
                .mayFind(
                        "loss-not-decreasing",
                        "dead-units",
                        "class-collapse",
                        "vanishing-gradient",
                        "unchanged-weights",
                        "slow-convergence",
                        "ignores-input")
                .faulty(
                        "All first weights are zero: there is nothing that could be normalised",
                        CLASSES.withDesign(NORMALIZED.with(net -> net.weightInit(WeightInit.ZERO))));
    }
}
