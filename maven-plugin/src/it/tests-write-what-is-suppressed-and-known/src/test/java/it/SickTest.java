package it;

import org.deeplearning4j.nn.weights.WeightInit;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;

class SickTest {

    @Test
    void trains() {
        Stack.train(Stack.of(Activation.SIGMOID, WeightInit.XAVIER));
    }
}
