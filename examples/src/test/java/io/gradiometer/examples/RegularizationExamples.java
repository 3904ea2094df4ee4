package io.gradiometer.examples;

import java.util.List;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Weight decay, dropout and clipping, overdone or in vain. */
final class RegularizationExamples {

    private static final Layered CLASSIFIER = new Layered(
            net -> net.activation(Activation.RELU).weightInit(WeightInit.RELU).updater(new Adam(0.005)),
            List.of(Part.dense(28), Part.dense(14)),
            Activation.SOFTMAX,
            LossFunction.MCXENT);

    private static final Program CLASSES =
            new Program(seed -> Tasks.clusters(seed, 400, 9, 3, 2, 0.9), CLASSIFIER, 25, 11);

    private RegularizationExamples() {}

    static List<Example> all() {
        return List.of(
                tooMuchWeightDecay(),
                tooMuchDropout(),
                clippedToNothing(),
                clippedTooLate(),
                clippedBatchNorm(),
                learntByHeart());
    }

    private static Example tooMuchWeightDecay() {
        return Example.of("regularization-weights-held-at-zero", CLASSES)
                .finds("regularization-too-strong")
                .mayFind(
                        "loss-not-decreasing",
                        "class-collapse",
                        "slow-convergence",
                        "vanishing-gradient",
                        "ignores-input",
                        "dead-units")
                .faulty(
                        "An L2 penalty of 3 that outweighs the loss",
                        CLASSES.withDesign(CLASSIFIER.with(net -> net.l2(3))));
    }

    private static Example tooMuchDropout() {
        return Example.of("regularization-dropout", CLASSES)
                .finds("dropout-too-strong")
                .mayFind(
                        "loss-not-decreasing",
                        "class-collapse",
                        "slow-convergence",
                        "loss-oscillating",
                        "dead-units",
                        "ignores-input",
                        "vanishing-gradient")
                .faulty(
                        "A probability to keep a value of 0.03 where one to drop it was meant",
                        CLASSES.withDesign(CLASSIFIER.with(net -> net.dropOut(0.03))));
    }

    private static Example learntByHeart() {
        Layered large = new Layered(
                net -> net.activation(Activation.TANH)
                        .weightInit(WeightInit.XAVIER)
                        .updater(new Adam(0.001)),
                List.of(Part.dense(64), Part.dense(64)),
                Activation.IDENTITY,
                LossFunction.MSE);
        Program sound = new Program(
                        seed -> Tasks.taughtNumbers(seed, 64, 8, 1, 0.7), large.with(net -> net.l2(0.1)), 16, 120)
                .validated();
        return Example.of("regularization-learnt-by-heart", sound)
                .finds("overfitting")
                .mayFind("exploding-gradient", "gradient-spike")
                .faulty(
                        "Nothing holds 5000 weights back from learning the noise of 64 rows by heart",
                        sound.withDesign(large));
    }

    private static Example clippedToNothing() {
        Layered sound = CLASSIFIER.with(net -> net.updater(new Sgd(0.1))
                .gradientNormalization(GradientNormalization.ClipElementWiseAbsoluteValue)
                .gradientNormalizationThreshold(1));
        return Example.of("clipping-leaves-nothing", CLASSES.withDesign(sound))
                .finds("slow-convergence", "loss-not-decreasing", "unchanged-weights", "learning-rate-too-low")
                .mayFind(
                        "slow-convergence",
                        "loss-not-decreasing",
                        "unchanged-weights",
                        "learning-rate-too-low",
                        "stopped-too-early",
                        "class-collapse",
                        "ignores-input")
                .faulty(
                        "Every element of the gradient is clipped at 0.00001",
                        CLASSES.withDesign(sound.with(net -> net.gradientNormalizationThreshold(1e-5))));
    }

    private static Example clippedTooLate() {
        Layered sound = CLASSIFIER
                .withOutput(Activation.IDENTITY, LossFunction.MSE)
                .with(net -> net.updater(new Sgd(0.1))
                        .gradientNormalization(GradientNormalization.ClipL2PerLayer)
                        .gradientNormalizationThreshold(1));
        Program numbers = new Program(seed -> Tasks.taughtNumbers(seed, 400, 8, 1, 0.1), sound, 25, 20)
                .withTask(task -> task.withLabels(labels -> labels.mul(50), answers -> answers.div(50)));
        return Example.of("clipping-comes-too-late", numbers)
                .finds("exploding-gradient", "non-finite", "loss-diverging")
                .finds("clipping-ineffective")
                .mayFind(
                        "exploding-gradient",
                        "non-finite",
                        "loss-diverging",
                        "learning-rate-too-high",
                        "loss-not-decreasing",
                        "dead-units",
                        "vanishing-gradient",
                        "unchanged-weights",
                        "ignores-input",
                        "gradient-spike",
                        "loss-oscillating")
                .faulty(
                        "Gradients are clipped at a length of a million, which the first giant step does not reach",
                        numbers.withDesign(sound.with(net -> net.gradientNormalizationThreshold(1e6))));
    }

    private static Example clippedBatchNorm() {
        Layered sound = CLASSIFIER.withBody(Part.batchNormalization(), Part.dense(28), Part.dense(14));
        Program shifted = CLASSES.withDesign(sound).withTask(task -> task.withFeatures(features -> features.add(40)));
        return Example.of("clipping-starves-batch-norm", shifted)
                .finds("clipping-starves-batch-norm")
                .notes("clipping-starves-batch-norm")
                .mayFind("unscaled-input", "overfitting", "class-collapse")
                .faulty(
                        "Clipping holds back the running means of batch normalisation, which are 40",
                        shifted.withDesign(
                                sound.with(net -> net.gradientNormalization(GradientNormalization.ClipL2PerLayer)
                                        .gradientNormalizationThreshold(0.05))));
    }
}
