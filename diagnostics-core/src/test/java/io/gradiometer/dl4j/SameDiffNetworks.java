package io.gradiometer.dl4j;

import static io.gradiometer.dl4j.Networks.CLASSES;
import static io.gradiometer.dl4j.Networks.INPUTS;

import java.util.List;
import java.util.Random;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.TrainingConfig;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.regularization.Regularization;

/** Small {@code SameDiff} networks, made in code with fixed weights. */
final class SameDiffNetworks {

    private SameDiffNetworks() {}

    /** What makes a loss of labels and what the network gives. */
    interface LossOf extends BinaryOperator<SDVariable> {}

    /** Six inputs, eight hidden units, three classes; softmax and cross entropy are one operation. */
    static SameDiff classifier(IUpdater updater) {
        return classifier(updater, List.of());
    }

    static SameDiff classifier(IUpdater updater, List<Regularization> regularization) {
        SameDiff network = stack(1, x -> x.getSameDiff().math().tanh(x));
        SDVariable labels = network.getVariable("labels");
        network.loss().softmaxCrossEntropy("loss", labels, network.getVariable("out"), null);
        return configured(network, updater, regularization);
    }

    /** Six inputs, eight hidden units, three values, and a loss of the user's. */
    static SameDiff withLoss(IUpdater updater, LossOf loss) {
        SameDiff network = stack(1, x -> x.getSameDiff().math().tanh(x));
        SDVariable value = loss.apply(network.getVariable("labels"), network.getVariable("out"));
        network.setLossVariables(value.name());
        return configured(network, updater, List.of());
    }

    /** Layers of eight units each, and an output of three. */
    static SameDiff stack(int hidden, UnaryOperator<SDVariable> activation) {
        SameDiff network = SameDiff.create();
        SDVariable current = network.placeHolder("input", DataType.FLOAT, -1, INPUTS);
        network.placeHolder("labels", DataType.FLOAT, -1, CLASSES);
        Random random = new Random(42);
        int width = INPUTS;
        for (int i = 0; i < hidden; i++) {
            SDVariable weights = network.var("hidden" + i + "/W", weights(width, 8, random));
            SDVariable bias = network.var("hidden" + i + "/b", Nd4j.zeros(DataType.FLOAT, 8));
            current = activation.apply(current.mmul(weights).add(bias));
            width = 8;
        }
        SDVariable weights = network.var("output/W", weights(width, CLASSES, random));
        SDVariable bias = network.var("output/b", Nd4j.zeros(DataType.FLOAT, CLASSES));
        current.mmul(weights).add("out", bias);
        return network;
    }

    static INDArray weights(int in, int out, Random random) {
        INDArray weights = Nd4j.create(DataType.FLOAT, in, out);
        double scale = Math.sqrt(2.0 / (in + out));
        for (long i = 0; i < weights.length(); i++) {
            weights.putScalar(i, scale * random.nextGaussian());
        }
        return weights;
    }

    static SameDiff configured(SameDiff network, IUpdater updater, List<Regularization> regularization) {
        network.setTrainingConfig(TrainingConfig.builder()
                .updater(updater)
                .regularization(regularization)
                .dataSetFeatureMapping("input")
                .dataSetLabelMapping("labels")
                .build());
        return network;
    }

    static DataSetIterator batches(int count) {
        return new ListDataSetIterator<>(List.copyOf(Networks.batches(count)), 1);
    }
}
