package io.gradiometer.examples;

import java.util.Collections;
import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.Sgd;

/** Networks written as formulas. */
final class SameDiffExamples {

    private static final SameDiffStack CLASSIFIER = new SameDiffStack(
            List.of(20, 20), x -> x.getSameDiff().math().tanh(x), 1, new Adam(0.01), SameDiffExamples::crossEntropy);

    private static final SameDiffStack REGRESSION =
            CLASSIFIER.withLoss(SameDiffExamples::squaredError).withUpdater(new Sgd(0.08));

    private static final Program CLASSES =
            new Program(seed -> Tasks.clusters(seed, 320, 7, 3, 2, 0.8), CLASSIFIER, 32, 12);

    private static final Program NUMBERS =
            new Program(seed -> Tasks.taughtNumbers(seed, 320, 6, 1, 0.1), REGRESSION, 32, 25);

    private static final String[] SYMPTOMS = {
        "exploding-gradient",
        "vanishing-gradient",
        "non-finite",
        "loss-diverging",
        "loss-oscillating",
        "loss-not-decreasing",
        "class-collapse",
        "saturated-units",
        "dead-units",
        "unchanged-weights",
        "slow-convergence",
        "ignores-input",
        "gradient-spike"
    };

    private SameDiffExamples() {}

    static List<Example> all() {
        return List.of(deepSigmoid(), rateTooHigh(), zeroWeights(), exponentials(), logarithms());
    }

    private static Example deepSigmoid() {
        SameDiffStack deep = new SameDiffStack(
                Collections.nCopies(7, 20),
                x -> x.getSameDiff().math().tanh(x),
                1,
                new Sgd(0.1),
                SameDiffExamples::crossEntropy);
        Program sound = CLASSES.withDesign(deep).withEpochs(16);
        return Example.of("samediff-deep-sigmoid", sound)
                .finds("vanishing-gradient")
                .finds("activation-too-deep", "activation-unsuited")
                .mayFind(
                        "loss-not-decreasing",
                        "class-collapse",
                        "slow-convergence",
                        "unchanged-weights",
                        "poor-initialization",
                        "ignores-input")
                .faulty("Seven layers of sigmoid", sound.withDesign(deep.withActivation(x -> x.getSameDiff()
                        .nn()
                        .sigmoid(x))));
    }

    private static Example rateTooHigh() {
        return Example.of("samediff-rate-too-high", NUMBERS)
                .finds("learning-rate-too-high")
                .mayFind(SYMPTOMS)
                .faulty("Descent at a rate of 3", NUMBERS.withDesign(REGRESSION.withUpdater(new Sgd(3))));
    }

    private static Example zeroWeights() {
        return Example.of("samediff-zero-weights", CLASSES)
                .finds("poor-initialization")
                .mayFind(SYMPTOMS)
                .faulty("All first weights are zero", CLASSES.withDesign(CLASSIFIER.withWeightScale(0)));
    }

    private static Example exponentials() {
        return Example.of("samediff-exponentials", NUMBERS)
                .finds("non-finite", "exploding-gradient", "loss-diverging")
                .mayFind(
                        "non-finite",
                        "exploding-gradient",
                        "loss-diverging",
                        "loss-not-decreasing",
                        "activation-unsuited",
                        "learning-rate-too-high",
                        "poor-initialization",
                        "missing-clipping",
                        "unchanged-weights",
                        "gradient-spike")
                .faulty(
                        "An exponential of an exponential",
                        NUMBERS.withDesign(REGRESSION.withActivation(
                                x -> x.getSameDiff().math().exp(x))));
    }

    private static Example logarithms() {
        return Example.of("samediff-logarithms", NUMBERS)
                .finds("non-finite")
                .mayFind(
                        "loss-not-decreasing",
                        "loss-diverging",
                        "exploding-gradient",
                        "activation-unsuited",
                        "unchanged-weights",
                        "dead-units")
                .faulty(
                        "The logarithm of values that may be negative",
                        NUMBERS.withDesign(REGRESSION.withActivation(
                                x -> x.getSameDiff().math().log(x))));
    }

    private static SDVariable crossEntropy(SDVariable labels, SDVariable answer) {
        return answer.getSameDiff().loss().softmaxCrossEntropy("loss", labels, answer, null);
    }

    private static SDVariable squaredError(SDVariable labels, SDVariable answer) {
        return answer.getSameDiff().loss().meanSquaredError("loss", labels, answer, null);
    }
}
