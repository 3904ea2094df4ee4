package io.gradiometer.examples;

import java.util.List;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Outputs, losses and labels that do not go together. */
final class OutputExamples {

    private static final Layered CLASSIFIER = new Layered(
            net -> net.activation(Activation.TANH).weightInit(WeightInit.XAVIER).updater(new Adam(0.005)),
            List.of(Part.dense(24), Part.dense(24)),
            Activation.SOFTMAX,
            LossFunction.MCXENT);

    private static final Layered REGRESSION = CLASSIFIER.withOutput(Activation.IDENTITY, LossFunction.MSE);

    private static final Program CLASSES =
            new Program(seed -> Tasks.clusters(seed, 384, 6, 5, 1, 0.7), CLASSIFIER, 32, 12);

    private static final Program YES_OR_NO = new Program(
                    seed -> Tasks.taughtClasses(seed, 384, 6, 2, 0.02),
                    CLASSIFIER.withOutput(Activation.SIGMOID, LossFunction.XENT),
                    32,
                    12)
            .withTask(task -> task.withLabels(OutputExamples::secondColumn, OutputExamples::bothColumns));

    private static final Program NUMBERS = new Program(seed -> Tasks.friedman(seed, 384, 6, 0.2), REGRESSION, 32, 14);

    private OutputExamples() {}

    private static Example signLost() {
        Program sound = new Program(seed -> Tasks.friedman(seed, 384, 6, 0.15), new OwnOutput(false), 32, 4);
        return Example.of("output-sign-lost", sound)
                .finds("loss-diverging", "broken-gradient")
                .notes("broken-gradient")
                .mayFind(
                        "loss-diverging",
                        "loss-not-decreasing",
                        "exploding-gradient",
                        "learning-rate-too-high",
                        "non-finite",
                        "saturated-units")
                .faulty(
                        "An activation function of one's own that hands back errors with the wrong sign",
                        sound.withDesign(new OwnOutput(true)));
    }

    static List<Example> all() {
        return List.of(
                signLost(),
                output(
                        "output-softmax-of-one-unit",
                        "A softmax over a single unit is 1 whatever the network knows",
                        YES_OR_NO,
                        Activation.SOFTMAX,
                        LossFunction.MCXENT),
                output(
                        "output-rectified-for-signed-targets",
                        "A rectified output cannot give the negative half of the targets",
                        NUMBERS,
                        Activation.RELU,
                        LossFunction.MSE),
                output(
                        "output-sigmoid-for-large-targets",
                        "A sigmoid ends at 1, the targets at 12",
                        NUMBERS.withTask(
                                task -> task.withLabels(labels -> labels.mul(4), answers -> answers.mul(0.25))),
                        Activation.SIGMOID,
                        LossFunction.MSE),
                output(
                        "output-independent-sigmoids-for-classes",
                        "Cross entropy over classes rewards sigmoids for saying yes to all of them",
                        CLASSES.withTask(task -> task.measuredBy(Measure.BITS)),
                        Activation.SIGMOID,
                        LossFunction.MCXENT),
                output(
                        "output-identity-with-cross-entropy",
                        "Cross entropy needs probabilities, and gets any number",
                        CLASSES,
                        Activation.IDENTITY,
                        LossFunction.MCXENT),
                output(
                        "output-poisson-for-signed-targets",
                        "The Poisson loss takes the logarithm of an output that may be negative",
                        NUMBERS,
                        Activation.IDENTITY,
                        LossFunction.POISSON),
                output(
                        "output-logarithms-of-signed-targets",
                        "The squared logarithmic error takes logarithms of targets below -1",
                        NUMBERS,
                        Activation.IDENTITY,
                        LossFunction.MEAN_SQUARED_LOGARITHMIC_ERROR),
                classNumbers());
    }

    private static Example output(String id, String fault, Program sound, Activation activation, LossFunction loss) {
        return Example.of(id, sound)
                .finds("loss-output-mismatch")
                .mayFind(
                        "labels-invalid",
                        "loss-not-decreasing",
                        "loss-diverging",
                        "loss-oscillating",
                        "class-collapse",
                        "non-finite",
                        "dead-units",
                        "saturated-units",
                        "exploding-gradient",
                        "vanishing-gradient",
                        "unchanged-weights",
                        "ignores-input",
                        "slow-convergence",
                        "gradient-spike")
                .faulty(fault, sound.withDesign(((Layered) sound.design()).withOutput(activation, loss)));
    }

    private static Example classNumbers() {
        return Example.of("output-class-numbers-for-a-sigmoid", CLASSES)
                .finds("loss-output-mismatch", "labels-invalid")
                .mayFind(
                        "loss-output-mismatch",
                        "labels-invalid",
                        "loss-not-decreasing",
                        "loss-diverging",
                        "class-collapse",
                        "saturated-units",
                        "exploding-gradient",
                        "vanishing-gradient",
                        "unchanged-weights",
                        "ignores-input")
                .faulty(
                        "Classes numbered 0 to 4 as labels of a single sigmoid, which ends at 1",
                        CLASSES.withDesign(CLASSIFIER.withOutput(Activation.SIGMOID, LossFunction.XENT))
                                .withTask(task -> task.withLabels(
                                        OutputExamples::numbersOfClasses, answers -> classesOfNumbers(answers, 5))));
    }

    private static INDArray secondColumn(INDArray oneHot) {
        return oneHot.getColumn(1, true).dup();
    }

    private static INDArray bothColumns(INDArray probability) {
        return Nd4j.hstack(probability.rsub(1), probability);
    }

    private static INDArray numbersOfClasses(INDArray oneHot) {
        return oneHot.argMax(1).reshape(oneHot.size(0), 1).castTo(DataType.FLOAT);
    }

    private static INDArray classesOfNumbers(INDArray answers, int classes) {
        INDArray oneHot = Nd4j.zeros(DataType.FLOAT, answers.size(0), classes);
        for (int i = 0; i < answers.size(0); i++) {
            long number = Math.round(Math.max(0, Math.min(classes - 1, answers.getDouble(i, 0))));
            oneHot.putScalar(i, number, 1);
        }
        return oneHot;
    }
}
