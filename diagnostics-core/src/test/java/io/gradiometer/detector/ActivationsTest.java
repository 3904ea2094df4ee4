package io.gradiometer.detector;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.activations.Activation;

class ActivationsTest {

    @ParameterizedTest
    @CsvSource({
        "sigmoid, 0, 1",
        "softmax, 0, 1",
        "tanh, -1, 1",
        "rectifiedtanh, 0, 1",
        "relu, 0, Infinity",
        "relu6, 0, 6",
        "elu, -1, Infinity",
        "identity, -Infinity, Infinity",
        "leakyrelu, -Infinity, Infinity"
    })
    void knows_what_an_activation_can_give(String activation, double low, double high) {
        assertThat(Activations.rangeOf(activation)).isEqualTo(new Activations.Range(low, high));
    }

    @Test
    void is_bounded_where_one_end_is() {
        assertThat(new Activations.Range(0, Double.POSITIVE_INFINITY).isBounded())
                .isTrue();
        assertThat(new Activations.Range(Double.NEGATIVE_INFINITY, 0).isBounded())
                .isTrue();
        assertThat(Activations.rangeOf("identity").isBounded()).isFalse();
    }

    @Test
    void measures_the_distance_to_the_nearer_end() {
        Activations.Range range = new Activations.Range(-1, 2);

        assertThat(range.distance(-3)).isEqualTo(2);
        assertThat(range.distance(-1)).isZero();
        assertThat(range.distance(0)).isZero();
        assertThat(range.distance(2)).isZero();
        assertThat(range.distance(5)).isEqualTo(3);
    }

    @Test
    void tells_what_grows_faster_than_linearly() {
        assertThat(Activations.growsFast("cube")).isTrue();
        assertThat(Activations.growsFast("softplus")).isFalse();
        assertThat(Activations.growsFast("selu")).isFalse();
    }

    @Test
    void squashing_activations_are_bounded_at_both_ends_and_named_as_deeplearning4j_names_them() {
        assertThat(Activations.SQUASHING).allSatisfy(name -> {
            Activations.Range range = Activations.rangeOf(name);

            assertThat(range.high()).isFinite();
            assertThat(range.low()).isFinite();
            assertThat(Activation.fromString(name).getActivationFunction().toString())
                    .isEqualToIgnoringCase(name);
        });
    }
}
