package io.gradiometer.detector;

import static io.gradiometer.Runs.aNetwork;
import static io.gradiometer.Runs.aStep;
import static io.gradiometer.Runs.tensor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gradiometer.signal.LayerStep;
import io.gradiometer.signal.ModelView;
import io.gradiometer.signal.ParameterStep;
import io.gradiometer.signal.Step;
import io.gradiometer.signal.TensorStats;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The ratio is held against descent on one curvature, where theory gives it: 1 − rate · curvature / 2. */
class GainTrackTest {

    private static final double CURVATURE = 3;

    private static final ModelView MODEL = aNetwork().output("out", 1, 1, "mse").build();

    /** Returns the ratio over so many steps of descent from 1, with a rate given in units of the best one. */
    private static double ratioOf(int steps, double rate) {
        GainTrack gain = new GainTrack();
        double x = 1;
        for (int i = 0; i < steps; i++) {
            double gradient = CURVATURE * x;
            gain.step(MODEL, step(i, CURVATURE * x * x / 2, Math.abs(gradient), Math.abs(rate / CURVATURE * gradient)));
            x -= rate / CURVATURE * gradient;
        }
        return gain.ratio();
    }

    private static Step step(int iteration, double loss, double gradient, double update) {
        return aStep(MODEL, iteration)
                .loss(loss)
                .gradient("out", "W", tensor(1, gradient))
                .update("out", "W", tensor(1, update))
                .gradient("out", "b", tensor(1, 0))
                .update("out", "b", tensor(1, 0))
                .build();
    }

    private static Step unread(Step step) {
        return new Step(
                step.iteration(),
                step.epoch(),
                step.examples(),
                step.score(),
                step.loss(),
                step.constantLoss(),
                false,
                step.watched(),
                step.data(),
                List.of(LayerStep.unread(MODEL.layers().get(0))));
    }

    @Test
    void a_step_of_the_best_length_keeps_half_of_what_its_gradient_promises() {
        assertThat(ratioOf(12, 1)).isCloseTo(0.5, within(1e-12));
    }

    @Test
    void slow_twins_keep_nearly_all_of_it() {
        // Of twelve promises eleven are seen kept: the last step's loss comes after the run.
        assertThat(ratioOf(12, 1e-3)).isCloseTo(11 / 12.0, within(0.01));
        assertThat(ratioOf(12, 0.1)).isCloseTo(0.95, within(0.08));
    }

    @Test
    void steps_from_side_to_side_keep_nothing() {
        assertThat(ratioOf(12, 2)).isCloseTo(0, within(1e-12));
    }

    @Test
    void unstable_steps_lose() {
        assertThat(ratioOf(12, 2.2)).isNegative();
    }

    @Test
    void the_slower_of_two_twins_has_the_higher_ratio() {
        assertThat(ratioOf(40, 0.2)).isGreaterThan(ratioOf(40, 0.8));
        assertThat(ratioOf(40, 0.8)).isGreaterThan(ratioOf(40, 1.5));
    }

    @Test
    void a_long_run_is_judged_by_its_first_and_last_eighth() {
        GainTrack gain = new GainTrack();
        for (int i = 0; i < 32; i++) {
            // One lucky and one unlucky batch at the ends; each step promises 1.
            gain.step(MODEL, step(i, i == 0 ? 0 : i == 31 ? 40 : 40 - i, 1, 1));
        }

        double first = (0 + 39 + 38 + 37) / 4.0;
        double last = (40 + 10 + 11 + 12) / 4.0;
        assertThat(gain.ratio()).isCloseTo((first - last) / 32, within(1e-12));
    }

    @Test
    void is_not_told_from_three_losses() {
        assertThat(ratioOf(3, 1)).isNaN();
        assertThat(ratioOf(4, 1)).isCloseTo(0.5, within(1e-12));
    }

    @Test
    void is_not_told_where_nothing_was_promised() {
        GainTrack gain = new GainTrack();
        for (int i = 0; i < 8; i++) {
            gain.step(MODEL, step(i, 8 - i, 0, 1));
        }

        assertThat(gain.ratio()).isNaN();
    }

    @Test
    void ends_with_the_first_iteration_that_was_not_read() {
        GainTrack gain = new GainTrack();
        for (int i = 0; i < 40; i++) {
            Step step = step(i, 100 - i, 1, 2);
            gain.step(MODEL, i == 10 ? unread(step) : step);
        }

        assertThat(gain.ratio()).isCloseTo(9 / 20.0, within(1e-12));
    }

    @Test
    void counts_what_clipping_left_of_the_gradient() {
        GainTrack gain = new GainTrack();
        for (int i = 0; i < 8; i++) {
            Step step = step(i, 100 - i, 50, 1);
            ParameterStep weights = new ParameterStep(tensor(1, 1), tensor(1, 50), tensor(1, 1), tensor(1, 1), 0.1);
            ParameterStep bias = ParameterStep.unclipped(tensor(1, 1), tensor(1, 0), tensor(1, 0), 0.1);
            LayerStep layer =
                    new LayerStep(Double.NaN, step.layers().get(0).outputs(), List.of(), List.of(weights, bias));
            gain.step(
                    MODEL,
                    new Step(
                            i,
                            0,
                            32,
                            step.score(),
                            step.loss(),
                            step.constantLoss(),
                            true,
                            TensorStats.EMPTY,
                            step.data(),
                            List.of(layer)));
        }

        assertThat(gain.ratio()).isCloseTo(7 / 8.0, within(1e-12));
    }
}
