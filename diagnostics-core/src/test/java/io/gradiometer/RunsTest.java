package io.gradiometer;

import static io.gradiometer.Runs.aNetwork;
import static io.gradiometer.Runs.aRun;
import static io.gradiometer.Runs.aStep;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.gradiometer.signal.LayerStep;
import io.gradiometer.signal.LayerView;
import io.gradiometer.signal.ModelView;
import io.gradiometer.signal.Step;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The builders are believed by many tests, so what they promise is checked. */
class RunsTest {

    private final ModelView model = aNetwork()
            .dense("dense_0", 10, 20, "relu")
            .batchNorm("norm", 20)
            .plain("pool", "SubsamplingLayer")
            .frozen("frozen", 20, 20, "relu")
            .output("out", 20, 3, "mcxent")
            .build();

    @Test
    void a_run_left_unsaid_learns() {
        Run run = aRun().build();

        assertThat(run.steps()).hasSize(50);
        assertThat(run.steps().get(0).skill()).isEqualTo(0, within(1e-12));
        assertThat(run.steps()).isSortedAccordingTo((a, b) -> Double.compare(a.skill(), b.skill()));
        assertThat(run.steps().get(49).skill()).isGreaterThan(0.7);
    }

    @Test
    void every_layer_is_there_in_order_with_its_parameters() {
        Step step = aStep(model, 0).build();

        assertThat(model.layerNames()).containsExactly("dense_0", "norm", "pool", "frozen", "out");
        assertThat(model.parameters()).isEqualTo(220 + 80 + 420 + 63);
        assertThat(step.layers()).extracting(l -> l.parameters().size()).containsExactly(2, 4, 0, 2, 2);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 1e-9, 0.003, 7})
    void what_a_test_says_is_what_a_detector_reads(double x) {
        Step step = aStep(model, 3)
                .gradientRms("dense_0", x)
                .updateRatio("dense_0", x)
                .signal("dense_0", x)
                .weightRms("dense_0", 5)
                .build();

        LayerView view = model.layers().get(0);
        LayerStep dense = step.layers().get(0);
        assertThat(dense.gradient(view).rms()).isEqualTo(x, within(1e-12));
        assertThat(dense.updateRatio(view)).isEqualTo(x, within(1e-12));
        assertThat(dense.weights(view).rms()).isEqualTo(5, within(1e-12));
        assertThat(dense.signal()).isEqualTo(x);
    }

    @Test
    void a_still_layer_is_all_zeros() {
        Step step = aStep(model, 0).still("out").build();

        LayerView view = model.layers().get(4);
        assertThat(step.layers().get(4).gradient(view).allZero()).isTrue();
        assertThat(step.layers().get(4).update(view).allZero()).isTrue();
    }

    @Test
    void changes_reach_the_steps_they_name() {
        Run run = aRun().steps(10)
                .from(4, s -> s.skill(-1))
                .at(6, s -> s.loss(Double.NaN))
                .build();

        assertThat(run.steps().get(3).skill()).isPositive();
        assertThat(run.steps().get(4).skill()).isEqualTo(-1, within(1e-12));
        assertThat(run.steps().get(6).loss()).isNaN();
        assertThat(run.steps().get(9).skill()).isEqualTo(-1, within(1e-12));
    }

    @Test
    void a_layer_that_is_not_there_is_refused() {
        assertThatThrownBy(() -> aStep(model, 0).signal("dense_9", 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("dense_9");
    }
}
