package io.gradiometer.examples;

import java.util.List;
import java.util.Random;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.TrainingConfig;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.IUpdater;

/**
 * Dense layers written as formulas of {@code SameDiff}.
 *
 * @param hidden units of each hidden layer
 * @param activation of hidden layers
 * @param weightScale spread of the first weights, in units of one over the root of what goes in
 * @param updater of all weights
 * @param loss of labels and what the network gives
 */
record SameDiffStack(
        List<Integer> hidden,
        UnaryOperator<SDVariable> activation,
        double weightScale,
        IUpdater updater,
        BinaryOperator<SDVariable> loss)
        implements Design {

    SameDiffStack {
        hidden = List.copyOf(hidden);
    }

    SameDiffStack withActivation(UnaryOperator<SDVariable> changed) {
        return new SameDiffStack(hidden, changed, weightScale, updater, loss);
    }

    SameDiffStack withWeightScale(double changed) {
        return new SameDiffStack(hidden, activation, changed, updater, loss);
    }

    SameDiffStack withUpdater(IUpdater changed) {
        return new SameDiffStack(hidden, activation, weightScale, changed, loss);
    }

    SameDiffStack withLoss(BinaryOperator<SDVariable> changed) {
        return new SameDiffStack(hidden, activation, weightScale, updater, changed);
    }

    @Override
    public Learner build(Task task, long seed) {
        Random random = new Random(seed);
        SameDiff network = SameDiff.create();
        int width = (int) task.features().size(1);
        SDVariable current = network.placeHolder("input", DataType.FLOAT, -1, width);
        SDVariable labels = network.placeHolder("labels", DataType.FLOAT, -1, task.outputs());
        for (int i = 0; i < hidden.size(); i++) {
            int units = hidden.get(i);
            SDVariable weights = network.var("hidden" + i + "/W", weights(width, units, random));
            SDVariable bias = network.var("hidden" + i + "/b", Nd4j.zeros(DataType.FLOAT, units));
            current = activation.apply(current.mmul(weights).add(bias));
            width = units;
        }
        SDVariable weights = network.var("output/W", weights(width, task.outputs(), random));
        SDVariable bias = network.var("output/b", Nd4j.zeros(DataType.FLOAT, task.outputs()));
        SDVariable answer = current.mmul(weights).add(SameDiffLearner.ANSWER, bias);
        network.setLossVariables(loss.apply(labels, answer).name());
        network.setTrainingConfig(TrainingConfig.builder()
                .updater(updater)
                .dataSetFeatureMapping("input")
                .dataSetLabelMapping("labels")
                .build());
        return new SameDiffLearner(network);
    }

    private INDArray weights(int in, int out, Random random) {
        double[][] values = new double[in][out];
        for (double[] row : values) {
            for (int j = 0; j < out; j++) {
                row[j] = weightScale / Math.sqrt(in) * random.nextGaussian();
            }
        }
        return Nd4j.createFromArray(values).castTo(DataType.FLOAT);
    }
}
