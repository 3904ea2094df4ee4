package io.gradiometer.detector;

import static io.gradiometer.Runs.aNetwork;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gradiometer.NetworkBuilder;
import java.util.List;
import org.junit.jupiter.api.Test;

class AdviceTest {

    private static List<LayerTrack> layers(NetworkBuilder network) {
        return LayerTrack.ofAll(network.build());
    }

    private static String updater(double rate) {
        return Advice.updater(layers(aNetwork().dense("dense", 10, 10, "tanh")).get(0), rate);
    }

    @Test
    void writes_learning_rates_as_java_does() {
        assertThat(updater(0.25)).isEqualTo(".updater(new Sgd(0.2500))");
        assertThat(updater(1e-3)).isEqualTo(".updater(new Sgd(0.001000))");
        assertThat(updater(9e-4)).isEqualTo(".updater(new Sgd(9.0e-04))");
        assertThat(updater(999_900)).isEqualTo(".updater(new Sgd(9.999e+05))");
        assertThat(updater(1e6)).isEqualTo(".updater(new Sgd(1.0e+06))");
    }

    @Test
    void initialises_with_the_law_that_the_activation_asks_for() {
        assertThat(Advice.soundInitialization(layers(aNetwork().dense("dense", 10, 10, "tanh")))
                        .code())
                .isEqualTo(".weightInit(WeightInit.XAVIER)");
        assertThat(Advice.soundInitialization(layers(aNetwork().dense("dense", 10, 10, "relu")))
                        .code())
                .isEqualTo(".weightInit(WeightInit.RELU)");
    }

    @Test
    void rounds_down_to_two_digits() {
        assertThat(Advice.roundDown(0.01299)).isCloseTo(0.012, within(1e-12));
        assertThat(Advice.roundDown(129.9)).isCloseTo(120, within(1e-9));
    }

    @Test
    void leaves_what_has_no_digits() {
        assertThat(Advice.roundDown(0)).isZero();
        assertThat(Advice.roundDown(Double.POSITIVE_INFINITY)).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(Advice.roundDown(Double.NaN)).isNaN();
    }
}
