package io.gradiometer.examples;

import java.util.List;
import org.deeplearning4j.nn.conf.distribution.NormalDistribution;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Recurrent networks that tell wave forms, keep a moving mean, or remember. */
final class RecurrentExamples {

    private static final Layered WAVE_READER = new Layered(
            net -> net.activation(Activation.TANH).weightInit(WeightInit.XAVIER).updater(new Adam(0.02)),
            List.of(Part.lstm(16).atLastStep()),
            Activation.SOFTMAX,
            LossFunction.MCXENT);

    private static final Layered FOLLOWER = WAVE_READER
            .withBody(Part.simpleRnn(16))
            .with(net -> net.updater(new Adam(0.005)))
            .withOutput(Activation.IDENTITY, LossFunction.MSE);

    private static final Program WAVES = new Program(seed -> Tasks.waves(seed, 256, 20, 4, 0.15), WAVE_READER, 16, 9);

    private static final Program MEANS = new Program(seed -> Tasks.movingMean(seed, 192, 20, 4, 0.1), FOLLOWER, 16, 10);

    private RecurrentExamples() {}

    static List<Example> all() {
        return List.of(
                lstmRateTooLow(),
                lstmRateTooHigh(),
                lstmRawSeries(),
                giantRecurrentWeights(),
                swellingRectifiers(),
                forgetfulCells());
    }

    private static Example lstmRateTooLow() {
        return Example.of("recurrent-lstm-rate-too-low", WAVES)
                .finds("learning-rate-too-low")
                .mayFind(
                        "slow-convergence",
                        "loss-not-decreasing",
                        "class-collapse",
                        "stopped-too-early",
                        "unchanged-weights",
                        "ignores-input")
                .faulty(
                        "Adam at a rate of 0.000005",
                        WAVES.withDesign(WAVE_READER.with(net -> net.updater(new Adam(5e-6)))));
    }

    private static Example lstmRateTooHigh() {
        return Example.of("recurrent-lstm-rate-too-high", WAVES)
                .finds("learning-rate-too-high")
                .mayFind(
                        "loss-oscillating",
                        "loss-not-decreasing",
                        "loss-diverging",
                        "saturated-units",
                        "class-collapse",
                        "exploding-gradient",
                        "vanishing-gradient",
                        "unchanged-weights",
                        "ignores-input",
                        "gradient-spike")
                .faulty("Adam at a rate of 3", WAVES.withDesign(WAVE_READER.with(net -> net.updater(new Adam(3)))));
    }

    private static Example lstmRawSeries() {
        return Example.of("recurrent-lstm-raw-series", WAVES)
                .finds("unscaled-input")
                .mayFind(
                        "saturated-units",
                        "loss-not-decreasing",
                        "loss-oscillating",
                        "slow-convergence",
                        "class-collapse",
                        "vanishing-gradient",
                        "exploding-gradient",
                        "unchanged-weights",
                        "ignores-input",
                        "learning-rate-too-low")
                .faulty(
                        "Values of 20000 and more, which close every gate",
                        WAVES.withTask(task ->
                                task.withFeatures(series -> series.mul(400).addi(20000))));
    }

    private static Example giantRecurrentWeights() {
        return Example.of("recurrent-giant-weights", MEANS)
                .finds("poor-initialization", "exploding-gradient", "saturated-units")
                .mayFind(
                        "poor-initialization",
                        "exploding-gradient",
                        "saturated-units",
                        "loss-not-decreasing",
                        "slow-convergence",
                        "loss-oscillating",
                        "vanishing-gradient",
                        "missing-clipping",
                        "unchanged-weights",
                        "stopped-too-early",
                        "learning-rate-too-low")
                .faulty(
                        "Recurrent weights of N(0, 3): from step to step the state is chaos",
                        MEANS.withDesign(FOLLOWER.withBody(
                                Part.simpleRnn(16, layer -> layer.weightInitRecurrent(new NormalDistribution(0, 3))))));
    }

    private static Example swellingRectifiers() {
        Layered sound = FOLLOWER.with(net -> net.activation(Activation.RELU).updater(new Sgd(0.002)));
        Program program = MEANS.withDesign(sound).withEpochs(14);
        return Example.of("recurrent-swelling-rectifiers", program)
                .finds("exploding-gradient", "non-finite", "loss-diverging")
                .mayFind(
                        "exploding-gradient",
                        "non-finite",
                        "loss-diverging",
                        "poor-initialization",
                        "missing-clipping",
                        "learning-rate-too-high",
                        "loss-not-decreasing",
                        "dead-units",
                        "unchanged-weights",
                        "vanishing-gradient",
                        "ignores-input",
                        "gradient-spike",
                        "activation-unsuited")
                .faulty(
                        "Rectifiers whose recurrent weights of N(0, 0.8) double the state at each of 20 steps",
                        program.withDesign(sound.withBody(Part.simpleRnn(
                                16, layer -> layer.weightInitRecurrent(new NormalDistribution(0, 0.8))))));
    }

    private static Example forgetfulCells() {
        Layered memory = WAVE_READER.withBody(Part.lstm(16).atLastStep());
        Program sound = new Program(seed -> Tasks.firstSymbol(seed, 256, 14, 3), memory, 16, 9);
        return Example.of("recurrent-forgetful-cells", sound)
                .finds("loss-not-decreasing", "slow-convergence", "vanishing-gradient")
                .mayFind(
                        "loss-not-decreasing",
                        "slow-convergence",
                        "vanishing-gradient",
                        "activation-unsuited",
                        "class-collapse",
                        "stopped-too-early",
                        "learning-rate-too-low",
                        "overfitting",
                        "poor-initialization")
                .faulty(
                        "Sigmoid cells without memory, asked at the end for the first symbol",
                        sound.withDesign(
                                memory.withBody(Part.simpleRnn(16, layer -> layer.activation(Activation.SIGMOID))
                                        .atLastStep())));
    }
}
