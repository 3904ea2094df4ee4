package io.gradiometer.agent.programs;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.datasets.iterator.ExistingDataSetIterator;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.AutoEncoder;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.TrainingConfig;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Small networks, and data that they can learn. */
public final class Samples {

    private static final int BATCH = 16;

    private Samples() {}

    public static MultiLayerConfiguration network(double learningRate) {
        return new NeuralNetConfiguration.Builder()
                .seed(7)
                .updater(new Sgd(learningRate))
                .activation(Activation.TANH)
                .list()
                .layer(new DenseLayer.Builder().nIn(4).nOut(8).build())
                .layer(output(8))
                .build();
    }

    static MultiLayerConfiguration autoencoder() {
        return new NeuralNetConfiguration.Builder()
                .seed(7)
                .updater(new Sgd(0.1))
                .list()
                .layer(new AutoEncoder.Builder().nIn(4).nOut(8).build())
                .layer(output(8))
                .build();
    }

    static ComputationGraphConfiguration graph() {
        return new NeuralNetConfiguration.Builder()
                .seed(7)
                .updater(new Sgd(0.1))
                .activation(Activation.TANH)
                .graphBuilder()
                .addInputs("in")
                .addLayer("hidden", new DenseLayer.Builder().nIn(4).nOut(8).build(), "in")
                .addLayer("out", output(8), "hidden")
                .setOutputs("out")
                .build();
    }

    static ComputationGraphConfiguration autoencoderGraph() {
        return new NeuralNetConfiguration.Builder()
                .seed(7)
                .updater(new Sgd(0.1))
                .graphBuilder()
                .addInputs("in")
                .addLayer("hidden", new AutoEncoder.Builder().nIn(4).nOut(8).build(), "in")
                .addLayer("out", output(8), "hidden")
                .setOutputs("out")
                .build();
    }

    static MultiLayerConfiguration networkWithoutLoss() {
        return new NeuralNetConfiguration.Builder()
                .seed(7)
                .updater(new Sgd(0.1))
                .activation(Activation.TANH)
                .list()
                .layer(new DenseLayer.Builder().nIn(4).nOut(8).build())
                .layer(new DenseLayer.Builder().nIn(8).nOut(2).build())
                .build();
    }

    static ComputationGraphConfiguration graphWithoutLoss() {
        return new NeuralNetConfiguration.Builder()
                .seed(7)
                .updater(new Sgd(0.1))
                .activation(Activation.TANH)
                .graphBuilder()
                .addInputs("in")
                .addLayer("hidden", new DenseLayer.Builder().nIn(4).nOut(8).build(), "in")
                .addLayer("out", new DenseLayer.Builder().nIn(8).nOut(2).build(), "hidden")
                .setOutputs("out")
                .build();
    }

    static SameDiff sameDiff(double learningRate) {
        Nd4j.getRandom().setSeed(7);
        SameDiff network = SameDiff.create();
        SDVariable points = network.placeHolder("points", DataType.FLOAT, -1, 4);
        SDVariable labels = network.placeHolder("labels", DataType.FLOAT, -1, 2);
        SDVariable weights =
                network.var("weights", Nd4j.randn(DataType.FLOAT, 4, 2).mul(0.1));
        SDVariable bias = network.var("bias", Nd4j.zeros(DataType.FLOAT, 2));
        SDVariable answers = points.mmul(weights).add("answers", bias);
        network.loss().softmaxCrossEntropy("loss", labels, answers, null);
        network.setTrainingConfig(TrainingConfig.builder()
                .updater(new Sgd(learningRate))
                .dataSetFeatureMapping("points")
                .dataSetLabelMapping("labels")
                .build());
        return network;
    }

    private static OutputLayer output(int inputs) {
        return new OutputLayer.Builder(LossFunction.MCXENT)
                .activation(Activation.SOFTMAX)
                .nIn(inputs)
                .nOut(2)
                .build();
    }

    /** Points of four dimensions; those on one side of a plane are of the first class. */
    public static DataSetIterator data(int batches) {
        Nd4j.getRandom().setSeed(11);
        List<DataSet> all = new ArrayList<>();
        for (int i = 0; i < batches; i++) {
            INDArray points = Nd4j.randn(DataType.FLOAT, BATCH, 4);
            INDArray side = points.sum(true, 1).gt(0).castTo(DataType.FLOAT);
            all.add(new DataSet(points, Nd4j.hstack(side, side.rsub(1))));
        }
        return new ExistingDataSetIterator(all);
    }
}
