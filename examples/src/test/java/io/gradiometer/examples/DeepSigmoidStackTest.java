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
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Ten hidden layers with Deeplearning4j's defaults, sigmoid and Xavier, of which the first never hear of the error. */
class DeepSigmoidStackTest {

    @Test
    @ExpectFinding(value = "vanishing-gradient", layer = "hidden_1")
    void the_first_layers_never_hear_of_the_error(Recorder recorder) {
        train(recorder.watch(network(Activation.SIGMOID, WeightInit.XAVIER)));
    }

    @Test
    @Diagnosed
    void rectifiers_pass_it_on(Recorder recorder) {
        train(recorder.watch(network(Activation.RELU, WeightInit.RELU)));
    }

    private static void train(MultiLayerNetwork network) {
        network.fit(Data.classes(512, 20, 3, 1, 32), 15);
    }

    private static MultiLayerNetwork network(Activation activation, WeightInit weights) {
        NeuralNetConfiguration.ListBuilder layers = new NeuralNetConfiguration.Builder()
                .seed(42)
                .updater(new Sgd(0.05))
                .activation(activation)
                .weightInit(weights)
                .list();
        for (int i = 1; i <= 10; i++) {
            layers.layer(new DenseLayer.Builder()
                    .name("hidden_" + i)
                    .nIn(i == 1 ? 20 : 32)
                    .nOut(32)
                    .build());
        }
        layers.layer(new OutputLayer.Builder(LossFunction.MCXENT)
                .name("output")
                .activation(Activation.SOFTMAX)
                .nIn(32)
                .nOut(3)
                .build());
        MultiLayerNetwork network = new MultiLayerNetwork(layers.build());
        network.init();
        return network;
    }
}
