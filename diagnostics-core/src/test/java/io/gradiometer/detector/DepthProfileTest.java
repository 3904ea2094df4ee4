package io.gradiometer.detector;

import static io.gradiometer.Runs.aNetwork;
import static io.gradiometer.Runs.aStep;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gradiometer.StepBuilder;
import io.gradiometer.signal.ModelView;
import org.junit.jupiter.api.Test;

class DepthProfileTest {

    private static final ModelView MODEL = aNetwork()
            .dense("first", 10, 10, "tanh")
            .plain("pool", "SubsamplingLayer")
            .dense("second", 10, 10, "tanh")
            .dense("third", 10, 10, "tanh")
            .output("out", 10, 3, "mcxent")
            .build();

    /** A signal that each layer halves on the way to the input. */
    private static StepBuilder halving() {
        return aStep(MODEL, 0)
                .signal("first", 0.125)
                .signal("second", 0.25)
                .signal("third", 0.5)
                .signal("out", 1);
    }

    private static double factor(StepBuilder step) {
        return DepthProfile.of(MODEL, step.build()).factorPerLayer();
    }

    @Test
    void tells_what_each_layer_that_learns_multiplies_the_signal_by() {
        assertThat(factor(halving())).isCloseTo(0.5, within(1e-9));
    }

    @Test
    void counts_a_layer_whose_signal_was_not_measured() {
        assertThat(factor(halving().signal("second", Double.NaN))).isCloseTo(0.5, within(1e-9));
        assertThat(factor(halving().signal("third", 0))).isCloseTo(0.5, within(1e-9));
    }

    @Test
    void tells_nothing_from_two_layers() {
        assertThat(factor(halving().signal("second", Double.NaN).signal("third", Double.NaN)))
                .isNaN();
    }
}
