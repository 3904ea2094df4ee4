package io.gradiometer.examples;

import static io.gradiometer.junit.GradiometerAssertions.assertThat;

import io.gradiometer.detector.Detector;
import io.gradiometer.junit.DetectorContract;
import io.gradiometer.junit.Diagnosed;
import io.gradiometer.junit.ExpectFinding;
import io.gradiometer.junit.Recorder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** A detector of one's own keeps the contract, and takes part in a training like the built-in ones. */
class LeftoverBatchTest implements DetectorContract {

    @Override
    public Detector detector() {
        return new LeftoverBatch();
    }

    @Test
    @ExpectFinding("leftover-batch")
    void finds_four_examples_left_over_from_batches_of_64(Recorder recorder) {
        train(recorder.watch(network()), 64 * 8 + 4);
    }

    @Test
    @Diagnosed(ignore = "leftover-batch")
    void is_switched_off_like_the_others(Recorder recorder) {
        train(recorder.watch(network()), 64 * 8 + 4);
    }

    @Test
    @Diagnosed
    void stays_quiet_when_nothing_is_left_over(Recorder recorder) {
        train(recorder.watch(network()), 64 * 8);

        assertThat(recorder.diagnosis()).isHealthy();
    }

    private static void train(MultiLayerNetwork network, int examples) {
        network.fit(Data.classes(examples, 20, 3, 3, 64), 10);
    }

    private static MultiLayerNetwork network() {
        MultiLayerNetwork network = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .seed(42)
                .updater(new Adam(0.01))
                .list()
                .layer(new OutputLayer.Builder(LossFunction.MCXENT)
                        .activation(Activation.SOFTMAX)
                        .nIn(20)
                        .nOut(3)
                        .build())
                .build());
        network.init();
        return network;
    }
}
