package io.gradiometer.junit;

import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.TrainingConfig;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions;

/** Small networks for the fixtures, one healthy and one whose gradient vanishes, and data that both could learn. */
final class Training {

    static final int STEPS = 48;

    private Training() {}

    /** Learns in a few steps. */
    static MultiLayerNetwork healthy() {
        return stack(1, Activation.RELU, new Adam(0.05));
    }

    /** Eight sigmoid layers: what reaches the first is a millionth of what leaves the last. */
    static MultiLayerNetwork vanishing() {
        return stack(8, Activation.SIGMOID, new Sgd(0.1));
    }

    static void fit(MultiLayerNetwork network) {
        // Batches that differ: on one batch for ever a network settles where the gradient is nearly 0 in every layer.
        List<DataSet> batches = blobs().batchBy(8);
        for (int i = 0; i < STEPS; i++) {
            network.fit(batches.get(i % batches.size()));
        }
    }

    /** Learns in a few steps; its loss is one that SameDiff itself reports as 0. */
    static SameDiff healthySameDiff() {
        return sameDiff(1, x -> x.getSameDiff().math().tanh(x), new Adam(0.05));
    }

    /** Eight sigmoid layers, as in {@link #vanishing()}. */
    static SameDiff vanishingSameDiff() {
        return sameDiff(8, x -> x.getSameDiff().nn().sigmoid(x), new Sgd(0.1));
    }

    static void fit(SameDiff network) {
        List<DataSet> batches = blobs().batchBy(8);
        for (int i = 0; i < STEPS; i++) {
            network.fit(batches.get(i % batches.size()));
        }
    }

    private static SameDiff sameDiff(int hidden, UnaryOperator<SDVariable> activation, IUpdater updater) {
        Random random = new Random(42);
        SameDiff network = SameDiff.create();
        SDVariable labels = network.placeHolder("labels", DataType.FLOAT, -1, 2);
        SDVariable current = network.placeHolder("input", DataType.FLOAT, -1, 2);
        for (int i = 0; i < hidden; i++) {
            SDVariable weights = network.var("dense_" + i, weights(i == 0 ? 2 : 8, 8, random));
            current = activation.apply(current.mmul(weights));
        }
        SDVariable logits = current.mmul(network.var("output", weights(8, 2, random)));
        network.loss().softmaxCrossEntropy("loss", labels, logits, null);
        network.setTrainingConfig(TrainingConfig.builder()
                .updater(updater)
                .dataSetFeatureMapping("input")
                .dataSetLabelMapping("labels")
                .build());
        return network;
    }

    private static INDArray weights(int in, int out, Random random) {
        INDArray weights = Nd4j.create(DataType.FLOAT, in, out);
        for (long i = 0; i < weights.length(); i++) {
            weights.putScalar(i, Math.sqrt(2.0 / (in + out)) * random.nextGaussian());
        }
        return weights;
    }

    private static MultiLayerNetwork stack(int hidden, Activation activation, IUpdater updater) {
        NeuralNetConfiguration.ListBuilder layers = new NeuralNetConfiguration.Builder()
                .seed(42)
                .dataType(DataType.FLOAT)
                .weightInit(WeightInit.XAVIER)
                .activation(activation)
                .updater(updater)
                .list();
        for (int i = 0; i < hidden; i++) {
            layers.layer(new DenseLayer.Builder()
                    .name("dense_" + i)
                    .nIn(i == 0 ? 2 : 8)
                    .nOut(8)
                    .build());
        }
        MultiLayerConfiguration configuration = layers.layer(new OutputLayer.Builder(LossFunctions.LossFunction.MCXENT)
                        .name("output")
                        .activation(Activation.SOFTMAX)
                        .nIn(8)
                        .nOut(2)
                        .build())
                .build();
        MultiLayerNetwork network = new MultiLayerNetwork(configuration);
        network.init();
        return network;
    }

    /** Two clouds around (1, 1) and (-1, -1), far enough apart for a straight line. */
    static DataSet blobs() {
        int examples = 64;
        INDArray features = Nd4j.create(DataType.FLOAT, examples, 2);
        INDArray labels = Nd4j.create(DataType.FLOAT, examples, 2);
        for (int i = 0; i < examples; i++) {
            int side = i * i / 3 % 2;
            double angle = 0.7 * i;
            features.putScalar(i, 0, (side == 0 ? 1 : -1) + 0.4 * Math.cos(angle));
            features.putScalar(i, 1, (side == 0 ? 1 : -1) + 0.4 * Math.sin(angle));
            labels.putScalar(i, side, 1);
        }
        return new DataSet(features, labels);
    }
}
