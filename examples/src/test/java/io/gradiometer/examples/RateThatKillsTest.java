package io.gradiometer.examples;

import io.gradiometer.junit.Diagnosed;
import io.gradiometer.junit.ExpectFinding;
import io.gradiometer.junit.Recorder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** A rectifier network 784–10–10–10 with Adam, and the same with a rate that kills its hidden units within a few steps. */
class RateThatKillsTest {

    @Test
    @ExpectFinding("exploding-gradient")
    @ExpectFinding(value = "vanishing-gradient", layer = "hidden_1")
    void a_rate_of_one_half_kills_the_hidden_units(Recorder recorder) {
        train(recorder.watch(network(0.5)));
    }

    @Test
    @Diagnosed
    void learns_at_a_rate_of_a_thousandth(Recorder recorder) {
        train(recorder.watch(network(1e-3)));
    }

    private static void train(MultiLayerNetwork network) {
        network.fit(Data.classes(1024, 784, 10, 3, 64), 10);
    }

    private static MultiLayerNetwork network(double learningRate) {
        MultiLayerNetwork network = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .seed(42)
                .updater(new Adam(learningRate))
                .activation(Activation.RELU)
                .weightInit(WeightInit.RELU)
                .list()
                .layer(new DenseLayer.Builder()
                        .name("hidden_1")
                        .nIn(784)
                        .nOut(10)
                        .build())
                .layer(new DenseLayer.Builder()
                        .name("hidden_2")
                        .nIn(10)
                        .nOut(10)
                        .build())
                .layer(new OutputLayer.Builder(LossFunction.MCXENT)
                        .name("output")
                        .activation(Activation.SOFTMAX)
                        .nIn(10)
                        .nOut(10)
                        .build())
                .build());
        network.init();
        return network;
    }
}
