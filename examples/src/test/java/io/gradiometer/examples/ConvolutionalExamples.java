package io.gradiometer.examples;

import java.util.Arrays;
import java.util.List;
import org.deeplearning4j.nn.conf.distribution.NormalDistribution;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.RmsProp;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Small convolutional networks that tell the slope of stripes. */
final class ConvolutionalExamples {

    private static final Layered DESIGN = new Layered(
            net -> net.activation(Activation.RELU).weightInit(WeightInit.RELU).updater(new Adam(0.004)),
            List.of(Part.convolution(6), Part.pooling(), Part.convolution(12), Part.pooling(), Part.dense(24)),
            Activation.SOFTMAX,
            LossFunction.MCXENT);

    private static final Program STRIPES = new Program(seed -> Tasks.stripes(seed, 256, 9, 4, 0.6), DESIGN, 16, 6);

    private static final String[] SYMPTOMS = {
        "loss-not-decreasing",
        "loss-diverging",
        "loss-oscillating",
        "class-collapse",
        "dead-units",
        "exploding-gradient",
        "vanishing-gradient",
        "unchanged-weights",
        "slow-convergence",
        "ignores-input",
        "saturated-units",
        "gradient-spike",
        "non-finite"
    };

    private ConvolutionalExamples() {}

    static List<Example> all() {
        return List.of(deepSigmoid(), rateTooHigh(), rateTooLow(), rawPixels(), tinyWeights(), giantWeights());
    }

    private static Example deepSigmoid() {
        Layered deep = DESIGN.withBody(
                Part.convolution(8),
                Part.convolution(8),
                Part.pooling(),
                Part.convolution(8),
                Part.convolution(8),
                Part.pooling(),
                Part.dense(24),
                Part.dense(24));
        return Example.of("convolution-deep-sigmoid", STRIPES.withDesign(deep))
                .finds("vanishing-gradient")
                .finds("activation-too-deep", "activation-unsuited")
                .mayFind(
                        "loss-not-decreasing",
                        "class-collapse",
                        "slow-convergence",
                        "unchanged-weights",
                        "poor-initialization",
                        "ignores-input")
                .faulty("Six layers of sigmoid below the output", STRIPES.withDesign(deep.with(net -> net.activation(
                                Activation.SIGMOID)
                        .weightInit(WeightInit.XAVIER))));
    }

    private static Example rateTooHigh() {
        return Example.of("convolution-rate-too-high", STRIPES)
                .finds("learning-rate-too-high")
                .mayFind(SYMPTOMS)
                .faulty("Adam at a rate of 0.4", STRIPES.withDesign(DESIGN.with(net -> net.updater(new Adam(0.4)))));
    }

    private static Example rateTooLow() {
        Layered sound = DESIGN.with(net -> net.updater(new RmsProp(0.002)));
        return Example.of("convolution-rate-too-low", STRIPES.withDesign(sound))
                .finds("learning-rate-too-low")
                .mayFind(
                        "slow-convergence",
                        "loss-not-decreasing",
                        "class-collapse",
                        "stopped-too-early",
                        "unchanged-weights",
                        "ignores-input")
                .faulty(
                        "RMSProp at a rate of 0.000001",
                        STRIPES.withDesign(DESIGN.with(net -> net.updater(new RmsProp(1e-6)))));
    }

    private static Example rawPixels() {
        Layered descent = DESIGN.with(net -> net.updater(new Sgd(0.07)));
        Program sound = STRIPES.withDesign(descent).withEpochs(8);
        return Example.of("convolution-raw-pixels", sound)
                .finds("unscaled-input")
                .mayFind(
                        "loss-not-decreasing",
                        "loss-diverging",
                        "loss-oscillating",
                        "class-collapse",
                        "dead-units",
                        "exploding-gradient",
                        "vanishing-gradient",
                        "unchanged-weights",
                        "slow-convergence",
                        "ignores-input",
                        "gradient-spike",
                        "learning-rate-too-high",
                        "non-finite")
                .faulty(
                        "Pixels from 0 to 255 instead of centred ones",
                        sound.withTask(task ->
                                task.withFeatures(pixels -> pixels.mul(45).addi(128))));
    }

    private static Example tinyWeights() {
        Layered descent = DESIGN.with(net -> net.updater(new Sgd(0.07)));
        Program sound = STRIPES.withDesign(descent).withEpochs(8);
        return Example.of("convolution-tiny-weights", sound)
                .finds("poor-initialization")
                .mayFind(SYMPTOMS)
                .faulty(
                        "First weights of N(0, 0.0005)",
                        sound.withDesign(descent.with(net -> net.weightInit(new NormalDistribution(0, 0.0005)))));
    }

    private static Example giantWeights() {
        Layered descent = DESIGN.with(net -> net.updater(new Sgd(0.07)));
        Program sound = STRIPES.withDesign(descent).withEpochs(8);
        return Example.of("convolution-giant-weights", sound)
                .finds("poor-initialization")
                .mayFind(concat(SYMPTOMS, "learning-rate-too-high"))
                .faulty(
                        "First weights of N(0, 3)",
                        sound.withDesign(descent.with(net -> net.weightInit(new NormalDistribution(0, 3)))));
    }

    private static String[] concat(String[] ids, String more) {
        String[] all = Arrays.copyOf(ids, ids.length + 1);
        all[ids.length] = more;
        return all;
    }
}
