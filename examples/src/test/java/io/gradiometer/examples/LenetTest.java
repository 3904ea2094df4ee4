package io.gradiometer.examples;

import io.gradiometer.junit.Diagnosed;
import io.gradiometer.junit.ExpectFinding;
import io.gradiometer.junit.Recorder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.distribution.NormalDistribution;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.IWeightInit;
import org.deeplearning4j.nn.weights.WeightInitDistribution;
import org.deeplearning4j.nn.weights.WeightInitRelu;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** LeNet-5 on images of 28 × 28, as it is used today, and with the sigmoid and tiny weights of many a first attempt. */
class LenetTest {

    @Test
    @ExpectFinding(value = "vanishing-gradient", layer = "convolution_1")
    void sigmoids_with_tiny_weights_stop_the_signal(Recorder recorder) {
        train(recorder.watch(network(
                Activation.SIGMOID, new WeightInitDistribution(new NormalDistribution(0, 0.01)), new Sgd(0.01))));
    }

    @Test
    @Diagnosed
    void rectifiers_with_hes_weights_learn(Recorder recorder) {
        train(recorder.watch(network(Activation.RELU, new WeightInitRelu(), new Adam(1e-3))));
    }

    private static void train(MultiLayerNetwork network) {
        network.fit(Data.images(512, 1, 28, 10, 32), 3);
    }

    private static MultiLayerNetwork network(Activation activation, IWeightInit weights, IUpdater updater) {
        MultiLayerNetwork network = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .seed(42)
                .updater(updater)
                .activation(activation)
                .weightInit(weights)
                .list()
                .layer(new ConvolutionLayer.Builder(5, 5)
                        .name("convolution_1")
                        .padding(2, 2)
                        .nOut(6)
                        .build())
                .layer(pooling("pooling_1"))
                .layer(new ConvolutionLayer.Builder(5, 5)
                        .name("convolution_2")
                        .nOut(16)
                        .build())
                .layer(pooling("pooling_2"))
                .layer(new DenseLayer.Builder().name("dense_1").nOut(120).build())
                .layer(new DenseLayer.Builder().name("dense_2").nOut(84).build())
                .layer(new OutputLayer.Builder(LossFunction.MCXENT)
                        .name("output")
                        .activation(Activation.SOFTMAX)
                        .nOut(10)
                        .build())
                .setInputType(InputType.convolutional(28, 28, 1))
                .build());
        network.init();
        return network;
    }

    private static SubsamplingLayer pooling(String name) {
        return new SubsamplingLayer.Builder(PoolingType.MAX)
                .name(name)
                .kernelSize(2, 2)
                .stride(2, 2)
                .build();
    }
}
