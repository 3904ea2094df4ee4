package io.gradiometer.dl4j;

import static org.nd4j.linalg.activations.Activation.IDENTITY;
import static org.nd4j.linalg.activations.Activation.RELU;
import static org.nd4j.linalg.activations.Activation.SELU;
import static org.nd4j.linalg.activations.Activation.SIGMOID;
import static org.nd4j.linalg.activations.Activation.SOFTMAX;
import static org.nd4j.linalg.activations.Activation.TANH;

import java.util.stream.Stream;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.EmbeddingSequenceLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.SeparableConvolution2D;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.junit.jupiter.api.Named;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.RmsProp;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Networks as they are taught: nothing about them is odd. */
final class SoundNetworks {

    private SoundNetworks() {}

    static Stream<Named<Model>> all() {
        return Stream.of(
                Named.of("LeNet, as in the examples of Deeplearning4j", leNet(RELU, WeightInit.XAVIER)),
                Named.of("LeNet of 1998", leNet(TANH, WeightInit.XAVIER_UNIFORM)),
                Named.of("MLP with rectifiers", mlp(RELU, WeightInit.RELU, 3, new Adam(1e-3))),
                Named.of(
                        "MLP, as in the examples of Deeplearning4j",
                        mlp(RELU, WeightInit.XAVIER, 2, new Nesterovs(0.1, 0.9))),
                Named.of("shallow MLP with sigmoids", mlp(SIGMOID, WeightInit.XAVIER, 2, new Sgd(0.5))),
                Named.of("MLP with tanh", mlp(TANH, WeightInit.UNIFORM, 3, new RmsProp(1e-3))),
                Named.of("deep self-normalising MLP", mlp(SELU, WeightInit.LECUN_NORMAL, 20, new Adam(1e-3))),
                Named.of("logistic regression from zero", mlp(RELU, WeightInit.ZERO, 0, new Sgd(0.1))),
                Named.of("autoencoder", autoencoder()),
                Named.of("MLP with batch normalisation", normalised()),
                Named.of("residual convolutions", residual()),
                Named.of("two towers merged", merged()),
                Named.of("characters through an LSTM", characters()),
                Named.of("sentences through embeddings", sentences()),
                Named.of("separable convolutions", separable()),
                Named.of("regression", regression()));
    }

    private static NeuralNetConfiguration.Builder base(Activation activation, WeightInit init, IUpdater updater) {
        return new NeuralNetConfiguration.Builder()
                .seed(7)
                .activation(activation)
                .weightInit(init)
                .updater(updater);
    }

    private static DenseLayer dense(int units) {
        return new DenseLayer.Builder().nOut(units).build();
    }

    private static DenseLayer dense(int units, Activation activation) {
        return new DenseLayer.Builder().nOut(units).activation(activation).build();
    }

    private static OutputLayer output(int units, Activation activation, LossFunction loss) {
        return new OutputLayer.Builder(loss).nOut(units).activation(activation).build();
    }

    private static OutputLayer classes(int units) {
        return output(units, SOFTMAX, LossFunction.MCXENT);
    }

    private static ConvolutionLayer convolution(int channels, int kernel, Activation activation) {
        return new ConvolutionLayer.Builder(kernel, kernel)
                .nOut(channels)
                .activation(activation)
                .convolutionMode(ConvolutionMode.Same)
                .build();
    }

    private static SubsamplingLayer pooling() {
        return new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.MAX)
                .kernelSize(2, 2)
                .stride(2, 2)
                .build();
    }

    private static Model network(NeuralNetConfiguration.ListBuilder list, InputType input) {
        return Networks.network(list.setInputType(input));
    }

    private static Model leNet(Activation activation, WeightInit init) {
        return network(
                base(activation, init, new Adam(1e-3))
                        .list()
                        .layer(convolution(20, 5, activation))
                        .layer(pooling())
                        .layer(convolution(50, 5, activation))
                        .layer(pooling())
                        .layer(dense(500))
                        .layer(classes(10)),
                InputType.convolutionalFlat(28, 28, 1));
    }

    private static Model mlp(Activation activation, WeightInit init, int depth, IUpdater updater) {
        NeuralNetConfiguration.ListBuilder list =
                base(activation, init, updater).list();
        for (int i = 0; i < depth; i++) {
            list.layer(dense(100));
        }
        return network(list.layer(classes(10)), InputType.feedForward(784));
    }

    private static Model autoencoder() {
        return network(
                base(RELU, WeightInit.XAVIER, new Adam(1e-3))
                        .list()
                        .layer(dense(250))
                        .layer(dense(10, IDENTITY))
                        .layer(dense(250))
                        .layer(output(784, SIGMOID, LossFunction.MSE)),
                InputType.feedForward(784));
    }

    private static Model normalised() {
        NeuralNetConfiguration.ListBuilder list = base(IDENTITY, WeightInit.XAVIER, new Adam(1e-2))
                .gradientNormalization(GradientNormalization.ClipL2PerLayer)
                .gradientNormalizationThreshold(5)
                .list();
        for (int i = 0; i < 5; i++) {
            list.layer(dense(64))
                    .layer(new BatchNormalization())
                    .layer(new ActivationLayer.Builder().activation(RELU).build())
                    .layer(new DropoutLayer.Builder(0.8).build());
        }
        return network(list.layer(classes(3)), InputType.feedForward(20));
    }

    private static Model residual() {
        var builder = base(IDENTITY, WeightInit.RELU, new Adam(1e-3))
                .graphBuilder()
                .addInputs("in")
                .addLayer("stem", convolution(16, 3, RELU), "in");
        String last = "stem";
        for (int i = 0; i < 4; i++) {
            builder.addLayer("a" + i, convolution(16, 3, IDENTITY), last)
                    .addLayer("norm-a" + i, new BatchNormalization(), "a" + i)
                    .addLayer("relu-a" + i, new ActivationLayer(RELU), "norm-a" + i)
                    .addLayer("b" + i, convolution(16, 3, IDENTITY), "relu-a" + i)
                    .addLayer("norm-b" + i, new BatchNormalization(), "b" + i)
                    .addVertex("sum" + i, new ElementWiseVertex(ElementWiseVertex.Op.Add), last, "norm-b" + i)
                    .addLayer("relu" + i, new ActivationLayer(RELU), "sum" + i);
            last = "relu" + i;
        }
        return graph(builder.addLayer("pool", new GlobalPoolingLayer(PoolingType.AVG), last)
                .addLayer("out", classes(10), "pool")
                .setOutputs("out")
                .setInputTypes(InputType.convolutional(16, 16, 3)));
    }

    private static Model merged() {
        return graph(base(RELU, WeightInit.RELU, new Adam(1e-3))
                .graphBuilder()
                .addInputs("left", "right")
                .addLayer("l", dense(32), "left")
                .addLayer("r", dense(16), "right")
                .addVertex("both", new MergeVertex(), "l", "r")
                .addLayer("joint", dense(24), "both")
                .addLayer("out", output(1, SIGMOID, LossFunction.XENT), "joint")
                .setOutputs("out")
                .setInputTypes(InputType.feedForward(10), InputType.feedForward(5)));
    }

    private static Model graph(org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder builder) {
        ComputationGraph graph = new ComputationGraph(builder.build());
        graph.init();
        return graph;
    }

    private static Model characters() {
        return network(
                base(TANH, WeightInit.XAVIER, new Adam(5e-3))
                        .gradientNormalization(GradientNormalization.ClipElementWiseAbsoluteValue)
                        .list()
                        .layer(new LSTM.Builder().nOut(200).build())
                        .layer(new LSTM.Builder().nOut(200).build())
                        .layer(new RnnOutputLayer.Builder(LossFunction.MCXENT)
                                .activation(SOFTMAX)
                                .nOut(40)
                                .build()),
                InputType.recurrent(40));
    }

    private static Model sentences() {
        MultiLayerNetwork network = new MultiLayerNetwork(base(RELU, WeightInit.XAVIER, new Adam(1e-3))
                .list()
                .layer(new EmbeddingSequenceLayer.Builder()
                        .nIn(1000)
                        .nOut(32)
                        .activation(IDENTITY)
                        .build())
                .layer(new GlobalPoolingLayer(PoolingType.AVG))
                .layer(new DenseLayer.Builder().nIn(32).nOut(16).build())
                .layer(new OutputLayer.Builder(LossFunction.MCXENT)
                        .activation(SOFTMAX)
                        .nIn(16)
                        .nOut(2)
                        .build())
                .build());
        network.init();
        return network;
    }

    private static Model regression() {
        return network(
                base(RELU, WeightInit.RELU, new Adam(1e-2))
                        .list()
                        .layer(dense(50))
                        .layer(dense(50))
                        .layer(output(1, IDENTITY, LossFunction.MSE)),
                InputType.feedForward(13));
    }

    /** Depthwise separable convolutions, of which the first half applies no activation. */
    private static Model separable() {
        return network(
                base(RELU, WeightInit.RELU, new Adam(1e-3))
                        .list()
                        .layer(new SeparableConvolution2D.Builder(3, 3).nOut(16).build())
                        .layer(new GlobalPoolingLayer(PoolingType.AVG))
                        .layer(classes(4)),
                InputType.convolutional(12, 12, 3));
    }
}
