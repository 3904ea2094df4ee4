package io.gradiometer.benchmarks;

import java.util.List;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.TrainingConfig;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.nd4j.weightinit.impl.XavierInitScheme;

/** Networks as people build them: ReLU, Adam, softmax. */
final class Architectures {

    private static final long SEED = 42;
    private static final double LEARNING_RATE = 1e-4;
    private static final int SIDE = 28;

    private Architectures() {}

    private static NeuralNetConfiguration.ListBuilder layers() {
        return new NeuralNetConfiguration.Builder()
                .seed(SEED)
                .updater(new Adam(LEARNING_RATE))
                .activation(Activation.RELU)
                .weightInit(WeightInit.XAVIER)
                .list();
    }

    private static Training train(MultiLayerConfiguration configuration, List<DataSet> batches) {
        MultiLayerNetwork network = new MultiLayerNetwork(configuration);
        network.init();
        return new NetworkTraining(network, batches);
    }

    /** Fully connected layers of these widths, the input's first and the classes last. */
    static Training mlp(List<DataSet> batches, int... widths) {
        NeuralNetConfiguration.ListBuilder layers = layers();
        int last = widths.length - 1;
        for (int i = 1; i < last; i++) {
            layers.layer(
                    new DenseLayer.Builder().nIn(widths[i - 1]).nOut(widths[i]).build());
        }
        return train(layers.layer(softmax().nIn(widths[last - 1]).build()).build(), batches);
    }

    private static OutputLayer.Builder softmax() {
        return new OutputLayer.Builder(LossFunction.MCXENT)
                .activation(Activation.SOFTMAX)
                .nOut(Workload.CLASSES);
    }

    static Training lenet(List<DataSet> batches) {
        return train(
                layers().layer(convolution(20))
                        .layer(pooling())
                        .layer(convolution(50))
                        .layer(pooling())
                        .layer(new DenseLayer.Builder().nOut(500).build())
                        .layer(softmax().build())
                        .setInputType(InputType.convolutionalFlat(SIDE, SIDE, 1))
                        .build(),
                batches);
    }

    private static ConvolutionLayer convolution(int channels) {
        return new ConvolutionLayer.Builder(5, 5).nOut(channels).build();
    }

    private static SubsamplingLayer pooling() {
        return new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.MAX)
                .kernelSize(2, 2)
                .stride(2, 2)
                .build();
    }

    static Training lstm(List<DataSet> batches) {
        return train(
                layers().layer(new LSTM.Builder()
                                .nIn(Workload.STEP_FEATURES)
                                .nOut(64)
                                .activation(Activation.TANH)
                                .build())
                        .layer(new RnnOutputLayer.Builder(LossFunction.MCXENT)
                                .activation(Activation.SOFTMAX)
                                .nIn(64)
                                .nOut(Workload.CLASSES)
                                .build())
                        .build(),
                batches);
    }

    static Training sameDiff(List<DataSet> batches, int... widths) {
        Nd4j.getRandom().setSeed(SEED);
        SameDiff graph = SameDiff.create();
        SDVariable signal = graph.placeHolder("features", DataType.FLOAT, -1, widths[0]);
        SDVariable labels = graph.placeHolder("labels", DataType.FLOAT, -1, Workload.CLASSES);
        for (int i = 1; i < widths.length; i++) {
            SDVariable weights = graph.var(
                    "w" + i,
                    new XavierInitScheme('c', widths[i - 1], widths[i]),
                    DataType.FLOAT,
                    widths[i - 1],
                    widths[i]);
            SDVariable bias = graph.var("b" + i, Nd4j.zeros(DataType.FLOAT, 1, widths[i]));
            SDVariable sum = signal.mmul(weights).add(bias);
            signal = i == widths.length - 1 ? sum : graph.nn().relu(sum, 0);
        }
        graph.loss().softmaxCrossEntropy("loss", labels, signal, null);
        graph.setLossVariables("loss");
        graph.setTrainingConfig(new TrainingConfig.Builder()
                .updater(new Adam(LEARNING_RATE))
                .dataSetFeatureMapping("features")
                .dataSetLabelMapping("labels")
                .build());
        return new SameDiffTraining(graph, batches);
    }
}
