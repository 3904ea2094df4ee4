package io.gradiometer.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gradiometer.signal.Forecast;
import java.util.List;
import java.util.function.Consumer;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration.ListBuilder;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.weights.WeightInit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Whether the numbers are right, {@link ForecastAccuracyTest} tells; here, how they depend on width and where they stop. */
class FiniteWidthTest {

    private static final int WIDEST = 1_000_000;
    private static final int DEPTH = 10;

    private static MultiLayerConfiguration network(WeightInit init, int width, Consumer<ListBuilder> hidden) {
        ListBuilder list = new NeuralNetConfiguration.Builder().weightInit(init).list();
        hidden.accept(list);
        return list.layer(new OutputLayer.Builder(LossFunction.MSE)
                        .nIn(width)
                        .nOut(width)
                        .activation(Activation.IDENTITY)
                        .build())
                .build();
    }

    private static DenseLayer dense(int width, Activation activation) {
        return new DenseLayer.Builder()
                .nIn(width)
                .nOut(width)
                .activation(activation)
                .build();
    }

    private static MultiLayerConfiguration stack(Activation activation, WeightInit init, int width) {
        return network(init, width, list -> {
            for (int i = 0; i < DEPTH; i++) {
                list.layer(dense(width, activation));
            }
        });
    }

    private static Forecast forecast(MultiLayerConfiguration configuration) {
        return MeanField.forecast(Wiring.of(configuration), WeightSource.ofConfiguration(), 1);
    }

    /** Decades by which a network's first signal differs from that of a very wide one. */
    private static double shift(Activation activation, WeightInit init, int width) {
        return forecast(stack(activation, init, width)).layers().get(0).unitSignalDecades()
                - forecast(stack(activation, init, WIDEST)).layers().get(0).unitSignalDecades();
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 32, 512})
    void rectifiers_are_the_same_at_any_width(int width) {
        assertThat(shift(Activation.RELU, WeightInit.RELU, width)).isCloseTo(0, within(1e-6));
        assertThat(shift(Activation.LEAKYRELU, WeightInit.XAVIER, width)).isCloseTo(0, within(1e-6));
    }

    @ParameterizedTest
    @EnumSource(names = {"GELU", "TANH", "SELU", "SOFTPLUS"})
    void halves_with_twice_the_width(Activation activation) {
        double wide = shift(activation, WeightInit.XAVIER, 1024);
        double half = shift(activation, WeightInit.XAVIER, 512);

        assertThat(Math.abs(wide)).isBetween(1e-4, 5e-3);
        assertThat(half / wide).isCloseTo(2, within(0.1));
    }

    /** At an unstable point a tenth and more; ten thousand drawn networks had 10 and 51 per cent. */
    @Test
    void counts_most_where_the_variance_is_unstable() {
        assertThat(shift(Activation.GELU, WeightInit.RELU, 128)).isBetween(Math.log10(1.05), Math.log10(1.2));
        assertThat(shift(Activation.SWISH, WeightInit.RELU, 128)).isBetween(Math.log10(1.35), Math.log10(1.6));
    }

    @Test
    void activations_count_where_they_stand() {
        MultiLayerConfiguration apart = network(WeightInit.RELU, 128, list -> {
            for (int i = 0; i < DEPTH; i++) {
                list.layer(dense(128, Activation.IDENTITY))
                        .layer(new ActivationLayer.Builder()
                                .activation(Activation.GELU)
                                .build());
            }
        });
        List<Forecast.OfLayer> together =
                forecast(stack(Activation.GELU, WeightInit.RELU, 128)).layers();

        for (int i = 0; i < DEPTH; i++) {
            Forecast.OfLayer activation = forecast(apart).layers().get(2 * i + 1);
            assertThat(activation.outputRms()).isCloseTo(together.get(i).outputRms(), within(1e-9));
            assertThat(activation.unitSignalDecades()).isCloseTo(together.get(i).unitSignalDecades(), within(1e-9));
        }
    }

    @Test
    void nothing_is_told_where_few_networks_are_near_the_mean() {
        List<Forecast.OfLayer> layers =
                forecast(stack(Activation.CUBE, WeightInit.UNIFORM, 128)).layers();
        List<Forecast.OfLayer> wide =
                forecast(stack(Activation.CUBE, WeightInit.UNIFORM, WIDEST)).layers();

        assertThat(layers.get(2).outputRms()).isCloseTo(wide.get(2).outputRms(), within(1e-12));
        assertThat(layers.get(2).unitSignalDecades()).isCloseTo(wide.get(2).unitSignalDecades(), within(1e-9));
    }

    @Test
    void stretches_end_at_what_is_more_than_units_alone() {
        Wiring wiring = Wiring.of(network(WeightInit.XAVIER, 8, list -> list.layer(dense(8, Activation.TANH))
                .layer(dense(8, Activation.IDENTITY))
                .layer(new BatchNormalization.Builder().nIn(8).nOut(8).build())
                .layer(dense(8, Activation.SOFTMAX))
                .layer(dense(8, Activation.TANH))
                .layer(new ActivationLayer.Builder().activation(Activation.TANH).build())));

        assertThat(Stretch.of(wiring))
                .extracting(stretch -> stretch.hops().stream()
                        .map(hop -> hop.stations().stream().map(Station::name).toList())
                        .toList())
                .containsExactly(List.of(List.of("0"), List.of("1")), List.of(List.of("4", "5"), List.of("6")));
    }
}
