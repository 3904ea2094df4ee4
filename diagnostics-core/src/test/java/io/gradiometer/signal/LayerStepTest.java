package io.gradiometer.signal;

import static io.gradiometer.Runs.aNetwork;
import static io.gradiometer.Runs.aStep;
import static io.gradiometer.Runs.tensor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class LayerStepTest {

    private final ModelView model = aNetwork()
            .dense("dense_0", 30, 20, "relu")
            .batchNorm("norm", 20)
            .frozen("frozen", 20, 20, "relu")
            .plain("pool", "SubsamplingLayer")
            .build();
    private final LayerView dense = model.layers().get(0);
    private final LayerView norm = model.layers().get(1);

    @Test
    void the_ratio_is_the_step_over_the_weights() {
        LayerStep step = dense(tensor(600, 2), tensor(600, 0.02));

        assertThat(step.updateRatio(dense)).isEqualTo(0.01, within(1e-12));
    }

    @Test
    void the_ratio_does_not_depend_on_the_width_of_the_layer() {
        ModelView wide = aNetwork().dense("wide", 3000, 20, "relu").build();
        LayerStep step = aStep(wide, 0)
                .value("wide", "W", tensor(60_000, 2))
                .update("wide", "W", tensor(60_000, 0.02))
                .build()
                .layers()
                .get(0);

        assertThat(step.updateRatio(wide.layers().get(0))).isEqualTo(0.01, within(1e-12));
    }

    @Test
    void biases_do_not_count_in_the_ratio() {
        LayerStep step = aStep(model, 0)
                .updateRatio("dense_0", 0.003)
                .update("dense_0", "b", tensor(20, 1e6))
                .value("dense_0", "b", tensor(20, 1e-6))
                .build()
                .layers()
                .get(0);

        assertThat(step.updateRatio(dense)).isEqualTo(0.003, within(1e-12));
    }

    @Test
    void weights_below_a_sound_initialisation_count_as_that_large() {
        double sound = Math.sqrt(2.0 / (30 + 20));

        assertThat(dense(tensor(600, 0), tensor(600, 0.1 * sound)).updateRatio(dense))
                .isEqualTo(0.1, within(1e-12));
        assertThat(dense(tensor(600, 0.5 * sound), tensor(600, 0.1 * sound)).updateRatio(dense))
                .isEqualTo(0.1, within(1e-12));
        assertThat(dense(tensor(600, 2 * sound), tensor(600, 0.1 * sound)).updateRatio(dense))
                .isEqualTo(0.05, within(1e-12));
    }

    @Test
    void a_layer_without_weights_has_no_ratio() {
        Step step = aStep(model, 0).build();

        assertThat(step.layers().get(1).updateRatio(norm)).isNaN();
        assertThat(step.layers().get(3).updateRatio(model.layers().get(3))).isNaN();
    }

    @Test
    void a_layer_that_stands_still_has_a_ratio_of_zero() {
        assertThat(dense(tensor(600, 1), tensor(600, 0)).updateRatio(dense)).isZero();
        assertThat(aStep(model, 0)
                        .build()
                        .layers()
                        .get(2)
                        .updateRatio(model.layers().get(2)))
                .isZero();
    }

    @Test
    void weights_that_are_all_broken_still_have_a_finite_ratio() {
        LayerStep step = dense(tensor(600, Double.NaN), tensor(600, 0.01));

        assertThat(step.updateRatio(dense)).isFinite();
    }

    @Test
    void gradient_and_update_leave_running_statistics_out() {
        LayerStep step = aStep(model, 0)
                .gradientRms("norm", 0.25)
                .gradient("norm", "mean", tensor(20, 1e9))
                .update("norm", "var", tensor(20, 1e9))
                .build()
                .layers()
                .get(1);

        assertThat(step.gradient(norm).length()).isEqualTo(40);
        assertThat(step.gradient(norm).rms()).isEqualTo(0.25, within(1e-12));
        assertThat(step.update(norm).max()).isLessThan(1);
    }

    @Test
    void class_centres_are_no_gradient_and_recurrent_weights_are_weights() {
        LayerView view = new LayerView(
                "lstm",
                "LSTM",
                "tanh",
                "XAVIER",
                UpdaterView.plain("Sgd", 1),
                false,
                null,
                4,
                4,
                List.of(
                        new ParameterView("W", Role.WEIGHT, 8),
                        new ParameterView("RW", Role.RECURRENT_WEIGHT, 8),
                        new ParameterView("b", Role.BIAS, 4),
                        new ParameterView("cL", Role.CENTER, 4),
                        new ParameterView("x", Role.OTHER, 2)));
        ParameterStep same = ParameterStep.unclipped(tensor(1, 1), tensor(1, 1), tensor(1, 1), 1);
        LayerStep step = new LayerStep(1, ActivationStats.UNREAD, List.of(), List.of(same, same, same, same, same));

        assertThat(step.weights(view).length()).isEqualTo(2);
        assertThat(step.gradient(view).length()).isEqualTo(4);
    }

    @Test
    void a_layer_learns_unless_it_is_frozen_or_has_nothing_to_learn() {
        assertThat(model.layers()).extracting(LayerView::learns).containsExactly(true, true, false, false);
    }

    @Test
    void the_sound_scale_is_that_of_glorot_and_nothing_without_weights() {
        assertThat(dense.glorotScale()).isEqualTo(0.2, within(1e-12));
        assertThat(model.layers().get(3).glorotScale()).isZero();
    }

    private LayerStep dense(TensorStats weights, TensorStats update) {
        return aStep(model, 0)
                .value("dense_0", "W", weights)
                .update("dense_0", "W", update)
                .build()
                .layers()
                .get(0);
    }
}
