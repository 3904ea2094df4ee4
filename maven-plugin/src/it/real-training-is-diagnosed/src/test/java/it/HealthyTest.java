package it;

import io.gradiometer.junit.Diagnosed;
import io.gradiometer.junit.Recorder;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.deeplearning4j.nn.weights.WeightInit;

@Diagnosed
class HealthyTest {

    @Test
    void the_same_with_rectifiers(Recorder recorder) {
        Stack.train(recorder.watch(Stack.of(Activation.RELU, WeightInit.RELU)));
    }
}
