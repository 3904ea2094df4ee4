package io.gradiometer.examples;

import java.util.List;
import org.deeplearning4j.nn.conf.distribution.ConstantDistribution;
import org.deeplearning4j.nn.conf.distribution.NormalDistribution;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Signals that fade, swell or stop on their way through dense layers: activations, depth and first weights. */
final class DepthExamples {

    private static final Layered RECTIFIERS = new Layered(
            net -> net.activation(Activation.RELU).weightInit(WeightInit.RELU).updater(new Adam(0.005)),
            List.of(Part.dense(24), Part.dense(24)),
            Activation.SOFTMAX,
            LossFunction.MCXENT);

    private static final Layered DEEP = RECTIFIERS.withBody(Part.dense(7, 24)).with(net -> net.updater(new Sgd(0.15)));

    private static final Program CLUSTERS =
            new Program(seed -> Tasks.clusters(seed, 384, 10, 4, 2, 0.8), RECTIFIERS, 32, 14);

    private static final Program DEEP_CLUSTERS = CLUSTERS.withDesign(DEEP);

    private static final Program CURVE = new Program(seed -> Tasks.friedman(seed, 384, 6, 0.2), regression(), 16, 12);

    private DepthExamples() {}

    static List<Example> all() {
        return List.of(
                deepSigmoid(),
                deepTanhWithTinyWeights(),
                deepRectifiersWithTinyWeights(),
                zeroWeights(),
                equalWeights(),
                giantWeights(),
                giantWeightsInRegression(),
                cubes(),
                deepLinearWithLargeWeights(),
                deadFromTheStart(),
                missingNonlinearity(),
                tooFewUnits(),
                oneUnitForNineClasses(),
                frozenLayers(),
                layersWithoutRate());
    }

    private static Layered regression() {
        return RECTIFIERS.withOutput(Activation.IDENTITY, LossFunction.MSE);
    }

    private static Example deepSigmoid() {
        return Example.of("dense-deep-sigmoid", DEEP_CLUSTERS)
                .finds("vanishing-gradient")
                .finds("activation-too-deep", "activation-unsuited")
                .mayFind(
                        "loss-not-decreasing",
                        "class-collapse",
                        "slow-convergence",
                        "unchanged-weights",
                        "poor-initialization",
                        "ignores-input")
                .faulty(
                        "Seven layers of sigmoid, each of which quarters the signal",
                        DEEP_CLUSTERS.withDesign(DEEP.with(
                                net -> net.activation(Activation.SIGMOID).weightInit(WeightInit.XAVIER))));
    }

    private static Example deepTanhWithTinyWeights() {
        Layered tanh = DEEP.with(net -> net.activation(Activation.TANH).weightInit(WeightInit.XAVIER));
        return Example.of("dense-tanh-tiny-weights", DEEP_CLUSTERS.withDesign(tanh))
                .finds("vanishing-gradient")
                .finds("poor-initialization")
                .mayFind(
                        "loss-not-decreasing",
                        "class-collapse",
                        "slow-convergence",
                        "unchanged-weights",
                        "activation-too-deep",
                        "activation-unsuited",
                        "ignores-input")
                .faulty(
                        "First weights of N(0, 0.03), a seventh of what tanh needs, through seven layers",
                        DEEP_CLUSTERS.withDesign(tanh.with(net -> net.weightInit(new NormalDistribution(0, 0.03)))));
    }

    private static Example deepRectifiersWithTinyWeights() {
        return Example.of("dense-relu-tiny-weights", DEEP_CLUSTERS)
                .finds("vanishing-gradient", "loss-not-decreasing", "class-collapse")
                .finds("poor-initialization")
                .mayFind(
                        "vanishing-gradient",
                        "loss-not-decreasing",
                        "class-collapse",
                        "unchanged-weights",
                        "slow-convergence",
                        "ignores-input",
                        "dead-units")
                .faulty(
                        "First weights of N(0, 0.001)",
                        DEEP_CLUSTERS.withDesign(DEEP.with(net -> net.weightInit(new NormalDistribution(0, 0.001)))));
    }

    private static Example zeroWeights() {
        return Example.of("dense-zero-weights", CLUSTERS)
                .finds("poor-initialization")
                .mayFind(
                        "loss-not-decreasing",
                        "class-collapse",
                        "unchanged-weights",
                        "vanishing-gradient",
                        "dead-units",
                        "ignores-input",
                        "slow-convergence")
                .faulty(
                        "All first weights are zero, so that no layer ever hears of the error",
                        CLUSTERS.withDesign(RECTIFIERS.with(net -> net.weightInit(WeightInit.ZERO))));
    }

    private static Example equalWeights() {
        Layered tanh = RECTIFIERS.with(net -> net.activation(Activation.TANH).weightInit(WeightInit.XAVIER));
        return Example.of("dense-equal-weights", CLUSTERS.withDesign(tanh))
                .finds("poor-initialization")
                .mayFind(
                        "loss-not-decreasing",
                        "class-collapse",
                        "slow-convergence",
                        "capacity-too-small",
                        "saturated-units",
                        "vanishing-gradient",
                        "unchanged-weights")
                .faulty(
                        "All first weights are 0.1, so that the units of a layer stay copies of one another",
                        CLUSTERS.withDesign(tanh.with(net -> net.weightInit(new ConstantDistribution(0.1)))));
    }

    private static Example giantWeights() {
        Layered tanh = RECTIFIERS.withBody(Part.dense(4, 24)).with(net -> net.activation(Activation.TANH)
                .weightInit(WeightInit.XAVIER));
        return Example.of("dense-tanh-giant-weights", CLUSTERS.withDesign(tanh))
                .finds("saturated-units")
                .finds("poor-initialization")
                .mayFind(
                        "exploding-gradient",
                        "loss-not-decreasing",
                        "loss-oscillating",
                        "slow-convergence",
                        "vanishing-gradient",
                        "unchanged-weights",
                        "overfitting",
                        "activation-unsuited")
                .faulty(
                        "First weights of N(0, 4), which drive every tanh to its end",
                        CLUSTERS.withDesign(tanh.with(net -> net.weightInit(new NormalDistribution(0, 4)))));
    }

    private static Example giantWeightsInRegression() {
        Layered sound = regression().withBody(Part.dense(4, 24)).with(net -> net.updater(new Sgd(0.04)));
        return Example.of("dense-relu-giant-weights", CURVE.withDesign(sound))
                .finds("exploding-gradient", "loss-diverging", "non-finite", "dead-units")
                .finds("poor-initialization")
                .mayFind(
                        "exploding-gradient",
                        "loss-diverging",
                        "non-finite",
                        "dead-units",
                        "loss-not-decreasing",
                        "learning-rate-too-high",
                        "loss-oscillating",
                        "missing-clipping",
                        "vanishing-gradient",
                        "unchanged-weights",
                        "ignores-input",
                        "gradient-spike")
                .faulty(
                        "First weights of N(0, 1.5), seven times what rectifiers need",
                        CURVE.withDesign(sound.with(net -> net.weightInit(new NormalDistribution(0, 1.5)))));
    }

    private static Example cubes() {
        Layered sound = regression().withBody(Part.dense(4, 24)).with(net -> net.updater(new Sgd(0.04)));
        return Example.of("dense-cubes", CURVE.withDesign(sound))
                .finds("non-finite", "exploding-gradient", "loss-diverging")
                .finds("activation-unsuited")
                .mayFind(
                        "non-finite",
                        "exploding-gradient",
                        "loss-diverging",
                        "loss-not-decreasing",
                        "learning-rate-too-high",
                        "poor-initialization",
                        "activation-too-deep",
                        "missing-clipping",
                        "gradient-spike",
                        "unchanged-weights")
                .faulty(
                        "Four layers that cube what goes in",
                        CURVE.withDesign(sound.with(net -> net.activation(Activation.CUBE))));
    }

    private static Example deepLinearWithLargeWeights() {
        Layered sound = regression().withBody(Part.dense(6, 24)).with(net -> net.updater(new Sgd(0.04)));
        return Example.of("dense-deep-large-weights", CURVE.withDesign(sound))
                .finds("exploding-gradient", "non-finite", "loss-diverging")
                .finds("poor-initialization")
                .mayFind(
                        "exploding-gradient",
                        "non-finite",
                        "loss-diverging",
                        "dead-units",
                        "loss-not-decreasing",
                        "learning-rate-too-high",
                        "missing-clipping",
                        "unchanged-weights",
                        "vanishing-gradient",
                        "ignores-input",
                        "gradient-spike")
                .faulty(
                        "Six layers whose weights each triple the signal",
                        CURVE.withDesign(sound.with(net -> net.weightInit(new NormalDistribution(0, 0.87)))));
    }

    private static Example deadFromTheStart() {
        return Example.of("dense-dead-from-the-start", CLUSTERS)
                .finds("dead-units")
                .finds("poor-initialization")
                .mayFind(
                        "loss-not-decreasing",
                        "class-collapse",
                        "unchanged-weights",
                        "vanishing-gradient",
                        "ignores-input",
                        "slow-convergence")
                .faulty(
                        "Every bias starts at -12, below what any input lifts above zero",
                        CLUSTERS.withDesign(RECTIFIERS.with(net -> net.biasInit(-12))));
    }

    private static Example missingNonlinearity() {
        Layered board = RECTIFIERS.withBody(Part.dense(2, 32)).with(net -> net.updater(new Adam(0.01)));
        Program sound = new Program(seed -> Tasks.chessboard(seed, 512, 2, 0), board, 32, 14);
        return Example.of("dense-missing-nonlinearity", sound)
                .finds("missing-nonlinearity")
                .mayFind(
                        "loss-not-decreasing",
                        "class-collapse",
                        "capacity-too-small",
                        "slow-convergence",
                        "activation-unsuited")
                .faulty(
                        "Hidden layers without an activation are one linear layer",
                        sound.withDesign(board.with(
                                net -> net.activation(Activation.IDENTITY).weightInit(WeightInit.XAVIER))));
    }

    private static Example tooFewUnits() {
        return Example.of("dense-too-few-units", CLUSTERS)
                .finds("capacity-too-small", "slow-convergence", "loss-not-decreasing")
                .mayFind(
                        "capacity-too-small",
                        "slow-convergence",
                        "loss-not-decreasing",
                        "class-collapse",
                        "dead-units",
                        "stopped-too-early",
                        "learning-rate-too-low")
                .faulty(
                        "All of ten columns must pass through a single unit",
                        CLUSTERS.withDesign(RECTIFIERS.withBody(Part.dense(24), Part.dense(1))));
    }

    private static Example oneUnitForNineClasses() {
        Layered tanh = RECTIFIERS.with(net ->
                net.activation(Activation.TANH).weightInit(WeightInit.XAVIER).updater(new Adam(0.02)));
        Program sound = new Program(seed -> Tasks.clusters(seed, 384, 10, 9, 1, 0.6), tanh, 32, 40);
        return Example.of("dense-one-unit-for-nine-classes", sound)
                .notes("capacity-too-small")
                .mayFind("slow-convergence", "loss-not-decreasing", "saturated-units", "stopped-too-early")
                .faulty(
                        "Nine classes must pass through a single unit, until nothing more is gained",
                        sound.withDesign(tanh.withBody(Part.dense(24), Part.dense(1))));
    }

    private static Example frozenLayers() {
        Layered board = RECTIFIERS.withBody(Part.dense(6), Part.dense(6)).with(net -> net.updater(new Adam(0.02)));
        Program sound = new Program(seed -> Tasks.chessboard(seed, 512, 2, 0), board, 32, 14);
        return Example.of("dense-frozen-layers", sound)
                .finds("unchanged-weights")
                .mayFind("loss-not-decreasing", "class-collapse", "slow-convergence", "capacity-too-small")
                .faulty(
                        "The hidden layers were frozen before they had learned anything",
                        sound.withDesign(board.withBody(
                                Part.dense(6).frozen(), Part.dense(6).frozen())));
    }

    private static Example layersWithoutRate() {
        Layered board = RECTIFIERS.withBody(Part.dense(6), Part.dense(6)).with(net -> net.updater(new Adam(0.02)));
        Program sound = new Program(seed -> Tasks.chessboard(seed, 512, 2, 0), board, 32, 14);
        Part still = Part.dense(6, layer -> layer.updater(new Sgd(0)));
        return Example.of("dense-layers-without-rate", sound)
                .finds("unchanged-weights")
                .mayFind(
                        "loss-not-decreasing",
                        "class-collapse",
                        "slow-convergence",
                        "learning-rate-too-low",
                        "capacity-too-small")
                .faulty(
                        "The learning rate of the hidden layers is zero",
                        sound.withDesign(board.withBody(still, still)));
    }
}
