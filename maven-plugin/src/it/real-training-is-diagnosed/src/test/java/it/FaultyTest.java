package it;

import io.gradiometer.junit.Diagnosed;
import io.gradiometer.junit.Recorder;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.deeplearning4j.nn.weights.WeightInit;

@Diagnosed
class FaultyTest {

    @Test
    void a_deep_sigmoid_stack(Recorder recorder) {
        Stack.train(recorder.watch(Stack.of(Activation.SIGMOID, WeightInit.XAVIER)));
    }
}
