package io.gradiometer.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gradiometer.signal.Forecast;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.weights.WeightInit;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

class MeanFieldTest {

    /** So wide that chance has no say. */
    private static final int WIDE = 1_000_000;

    private static Forecast dense(int depth, Activation activation, WeightInit init) {
        NeuralNetConfiguration.ListBuilder list =
                new NeuralNetConfiguration.Builder().weightInit(init).list();
        for (int i = 0; i < depth; i++) {
            list.layer(new DenseLayer.Builder()
                    .nIn(WIDE)
                    .nOut(WIDE)
                    .activation(activation)
                    .build());
        }
        list.layer(output());
        return MeanField.forecast(Wiring.of(list.build()), WeightSource.ofConfiguration(), 1);
    }

    private static OutputLayer output() {
        return new OutputLayer.Builder(LossFunction.MSE)
                .nIn(WIDE)
                .nOut(WIDE)
                .activation(Activation.IDENTITY)
                .build();
    }

    /** The hops that published recursions and earlier measurements give for twenty layers. */
    @Test
    void follows_the_laws_of_dense_layers() {
        assertThat(hops(dense(20, Activation.RELU, WeightInit.RELU))).isCloseTo(1, within(0.001));
        assertThat(hops(dense(20, Activation.RELU, WeightInit.XAVIER))).isCloseTo(1.38e-3, within(0.01e-3));
        assertThat(hops(dense(20, Activation.TANH, WeightInit.XAVIER))).isCloseTo(0.195, within(0.002));
        assertThat(hops(dense(20, Activation.SIGMOID, WeightInit.XAVIER))).isCloseTo(1.09e-12, within(0.01e-12));
        assertThat(hops(dense(20, Activation.SELU, WeightInit.LECUN_NORMAL))).isCloseTo(1.929, within(0.002));
        assertThat(hops(dense(20, Activation.LEAKYRELU, WeightInit.RELU))).isCloseTo(1.002, within(0.002));
    }

    /** Nineteen hops between hidden layers. */
    private static double hops(Forecast forecast) {
        return Math.pow(
                10,
                forecast.layers().get(0).unitSignalDecades()
                        - forecast.layers().get(19).unitSignalDecades());
    }

    /** Yang et al. (2019): the square grows by π/(π-1) for each layer. */
    @Test
    void lets_rectifiers_behind_batch_normalisation_explode() {
        NeuralNetConfiguration.ListBuilder list =
                new NeuralNetConfiguration.Builder().weightInit(WeightInit.RELU).list();
        for (int i = 0; i < 6; i++) {
            list.layer(new DenseLayer.Builder()
                            .nIn(128)
                            .nOut(128)
                            .activation(Activation.IDENTITY)
                            .build())
                    .layer(new BatchNormalization.Builder().nIn(128).nOut(128).build())
                    .layer(new ActivationLayer.Builder()
                            .activation(Activation.RELU)
                            .build());
        }
        Forecast forecast =
                MeanField.forecast(Wiring.of(list.layer(output()).build()), WeightSource.ofConfiguration(), 1);

        double hop = forecast.layers().get(3).unitSignalDecades()
                - forecast.layers().get(6).unitSignalDecades();
        assertThat(Math.pow(10, 2 * hop)).isCloseTo(Math.PI / (Math.PI - 1), within(1e-3));
    }
}
