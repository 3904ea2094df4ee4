package io.gradiometer.agent.programs;

import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that train, as users write them. Run by {@link RunsTests} only. */
class SampleCase {

    private static void train() {
        MultiLayerNetwork network = new MultiLayerNetwork(Samples.network(0.1));
        network.init();
        network.fit(Samples.data(8));
    }

    @BeforeAll
    static void trainsForAll() {
        train();
    }

    @Test
    void trains() {
        train();
    }

    @Test
    void trains_on_another_thread() throws InterruptedException {
        Thread thread = new Thread(SampleCase::train);
        thread.start();
        thread.join();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void trains_again(int times) {
        for (int i = 0; i < times; i++) {
            train();
        }
    }
}
