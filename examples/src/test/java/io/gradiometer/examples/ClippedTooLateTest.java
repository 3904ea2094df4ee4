package io.gradiometer.examples;

import io.gradiometer.junit.Diagnosed;
import io.gradiometer.junit.ExpectFinding;
import io.gradiometer.junit.Recorder;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.distribution.NormalDistribution;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.IWeightInit;
import org.deeplearning4j.nn.weights.WeightInitDistribution;
import org.deeplearning4j.nn.weights.WeightInitRelu;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * Weights drawn from N(0, 1), a rectified output for a regression, and a clipping whose threshold no gradient ever reaches.
 *
 * <p>The first step is longer than the output's weights. The output then gives 0 for every example, and from there on every
 * gradient is exactly 0 while the loss stays where it is: no rising norm, no NaN, nothing to see in a curve.
 */
class ClippedTooLateTest {

    @Test
    @ExpectFinding(value = "exploding-gradient", layer = "output")
    @ExpectFinding(value = "vanishing-gradient", layer = "hidden")
    void one_giant_step_switches_the_output_off(Recorder recorder) {
        train(recorder.watch(network(new WeightInitDistribution(new NormalDistribution(0, 1)), Activation.RELU)));
    }

    @Test
    @Diagnosed
    void learns_with_sound_weights_and_an_output_that_cannot_switch_off(Recorder recorder) {
        train(recorder.watch(network(new WeightInitRelu(), Activation.IDENTITY)));
    }

    private static void train(MultiLayerNetwork network) {
        network.fit(Data.positiveRegression(512, 100, 32), 30);
    }

    private static MultiLayerNetwork network(IWeightInit weights, Activation output) {
        MultiLayerNetwork network = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .seed(42)
                .updater(new Sgd(0.01))
                .activation(Activation.RELU)
                .weightInit(weights)
                .gradientNormalization(GradientNormalization.ClipElementWiseAbsoluteValue)
                .gradientNormalizationThreshold(1e6)
                .list()
                .layer(new DenseLayer.Builder()
                        .name("hidden")
                        .nIn(100)
                        .nOut(100)
                        .build())
                .layer(new OutputLayer.Builder(LossFunction.SQUARED_LOSS)
                        .name("output")
                        .activation(output)
                        .nIn(100)
                        .nOut(1)
                        .build())
                .build());
        network.init();
        return network;
    }
}
