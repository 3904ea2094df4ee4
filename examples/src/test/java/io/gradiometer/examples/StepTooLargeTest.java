package io.gradiometer.examples;

import io.gradiometer.junit.Diagnosed;
import io.gradiometer.junit.ExpectFinding;
import io.gradiometer.junit.Recorder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * Linear regression: descent is stable below a learning rate of 2 over the largest curvature, and beyond it grows by a constant
 * factor in each step until values overflow.
 */
class StepTooLargeTest {

    @Test
    @ExpectFinding(value = "exploding-gradient", layer = "regression")
    @ExpectFinding("non-finite")
    void a_step_beyond_the_stable_limit_overflows(Recorder recorder) {
        train(recorder.watch(network(2.0)));
    }

    @Test
    @Diagnosed
    void a_step_below_it_converges(Recorder recorder) {
        train(recorder.watch(network(0.05)));
    }

    private static void train(MultiLayerNetwork network) {
        network.fit(Data.linearRegression(512, 10, 64), 15);
    }

    private static MultiLayerNetwork network(double learningRate) {
        MultiLayerNetwork network = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .seed(42)
                .updater(new Sgd(learningRate))
                .weightInit(WeightInit.XAVIER)
                .list()
                .layer(new OutputLayer.Builder(LossFunction.MSE)
                        .name("regression")
                        .activation(Activation.IDENTITY)
                        .nIn(10)
                        .nOut(1)
                        .build())
                .build());
        network.init();
        return network;
    }
}
