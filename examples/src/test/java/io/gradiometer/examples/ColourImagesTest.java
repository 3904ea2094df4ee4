package io.gradiometer.examples;

import io.gradiometer.junit.Diagnosed;
import io.gradiometer.junit.ExpectFinding;
import io.gradiometer.junit.Recorder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Two convolutions over three channels, trained by plain descent at 0.01, and with a step that blows them up. */
class ColourImagesTest {

    @Test
    @ExpectFinding("exploding-gradient")
    @ExpectFinding("non-finite")
    void a_step_of_ten_blows_it_up(Recorder recorder) {
        train(recorder.watch(network(10)));
    }

    @Test
    @Diagnosed
    void learns_at_a_hundredth(Recorder recorder) {
        train(recorder.watch(network(0.01)));
    }

    private static void train(MultiLayerNetwork network) {
        network.fit(Data.images(384, 3, 16, 4, 32), 6);
    }

    private static MultiLayerNetwork network(double learningRate) {
        MultiLayerNetwork network = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .seed(42)
                .updater(new Sgd(learningRate))
                .activation(Activation.RELU)
                .weightInit(WeightInit.RELU)
                .list()
                .layer(new ConvolutionLayer.Builder(3, 3)
                        .name("convolution_1")
                        .stride(2, 2)
                        .nOut(8)
                        .build())
                .layer(new ConvolutionLayer.Builder(3, 3)
                        .name("convolution_2")
                        .stride(2, 2)
                        .nOut(16)
                        .build())
                .layer(new OutputLayer.Builder(LossFunction.MCXENT)
                        .name("output")
                        .activation(Activation.SOFTMAX)
                        .nOut(4)
                        .build())
                .setInputType(InputType.convolutional(16, 16, 3))
                .build());
        network.init();
        return network;
    }
}
