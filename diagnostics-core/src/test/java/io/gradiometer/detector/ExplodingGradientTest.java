package io.gradiometer.detector;

import static io.gradiometer.Runs.aNetwork;
import static io.gradiometer.Runs.aRun;
import static io.gradiometer.Runs.tensor;
import static io.gradiometer.detector.VerdictAssert.assertThatVerdict;
import static io.gradiometer.finding.Severity.ERROR;
import static io.gradiometer.finding.Severity.INFO;
import static io.gradiometer.finding.Severity.WARNING;

import io.gradiometer.NetworkBuilder;
import io.gradiometer.RunBuilder;
import io.gradiometer.StepBuilder;
import io.gradiometer.signal.UpdaterView;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ExplodingGradientTest {

    private static ExplodingGradient explodingGradient() {
        return new ExplodingGradient(ExplodingGradient.Limits.DEFAULT);
    }

    private static NetworkBuilder linear(double learningRate) {
        return aNetwork().sgd(learningRate).output("out", 10, 1, "mse");
    }

    /** Gradient, steps and loss multiplied by the same factor in each iteration, as plain descent beyond its limit does. */
    private static void grow(StepBuilder step, double factor) {
        double size = Math.pow(factor, step.iteration());
        step.gradientRms("out", 0.1 * size).updateRatio("out", Math.min(3, 0.05 * size));
        step.skill(1 - size * size);
    }

    @Nested
    class Fires {

        @Test
        void on_a_step_of_half_the_weights_that_kills_at_once() {
            assertThatVerdict(
                            explodingGradient(),
                            aRun().each(s -> s.skill(-2))
                                    .at(3, s -> s.updateRatio("out", 0.5))
                                    .from(4, s -> s.still("dense_0")
                                            .still("dense_1")
                                            .still("out")))
                    .isFound(ERROR)
                    .inLayers("out")
                    .detectedAt(6)
                    .withFact("update ratio", 0.5);
        }

        @Test
        void on_gradients_that_grow_steadily_while_the_network_gets_worse() {
            assertThatVerdict(explodingGradient(), aRun(linear(1)).steps(40).each(s -> grow(s, 1.5)))
                    .isFound(ERROR)
                    .inLayers("out")
                    .withFact("decades of growth", 39 * Math.log10(1.5))
                    .withFact("update ratio", 3)
                    .seenIn(1, 39);
        }

        @Test
        void and_computes_the_stable_learning_rate_from_the_growth() {
            // Growth by 1.5 a step at rate 1 means a curvature of 2.5: descent is stable below 2 / 2.5 = 0.8.
            assertThatVerdict(explodingGradient(), aRun(linear(1)).steps(40).each(s -> grow(s, 1.5)))
                    .withRemedySaying("1 → 0.4")
                    .withRemedySaying("stable limit at 0.8");
        }

        @Test
        void as_soon_as_growth_and_steps_are_beyond_their_limits() {
            assertThatVerdict(explodingGradient(), aRun(linear(1)).steps(40).each(s -> grow(s, 2)))
                    .detectedAt(5);
        }

        @Test
        void on_an_explosion_late_in_a_long_run() {
            assertThatVerdict(
                            explodingGradient(), aRun(linear(0.1)).steps(5_000).from(4_980, s -> s.gradientRms(
                                            "out", 0.01 * Math.pow(3, s.iteration() - 4_980.0))
                                    .updateRatio("out", 2)
                                    .skill(-Math.pow(3, s.iteration() - 4_980.0))))
                    .isFound(ERROR)
                    .saying("between iterations 4980 and 4999");
        }

        @Test
        void on_growth_that_ends_in_a_loss_that_is_not_finite() {
            assertThatVerdict(
                            explodingGradient(),
                            aRun(linear(1)).steps(30).each(s -> grow(s, 3)).from(20, s -> s.loss(Double.NaN)
                                    .gradientRms("out", Double.NaN)))
                    .isFound(ERROR)
                    .saying("the loss is not finite at the end");
        }

        @Test
        void on_one_giant_step_after_which_units_are_dead() {
            assertThatVerdict(explodingGradient(), giantStepThenDead())
                    .isFound(ERROR)
                    .inLayers("dense_1")
                    .withFact("update ratio", 12)
                    .detectedAt(0)
                    .seenIn(0, 0);
        }

        @Test
        void also_beside_a_layer_without_weights() {
            assertThatVerdict(
                            explodingGradient(),
                            aRun(aNetwork()
                                            .dense("dense", 10, 10, "tanh")
                                            .batchNorm("norm", 10)
                                            .output("out", 10, 3, "mcxent"))
                                    .each(s -> s.updateRatio("dense", 2).skill(-0.5)))
                    .isFound(ERROR)
                    .detectedAt(0);
        }

        @Test
        void and_computes_the_rate_from_the_first_long_step_not_from_what_the_explosion_left() {
            assertThatVerdict(explodingGradient(), aRun(linear(10)).steps(12).each(s -> s.gradientRms(
                                    "out", Math.pow(1e3, s.iteration()))
                            .updateRatio("out", 0.5 * Math.pow(1e3, s.iteration()))
                            .skill(-Math.pow(1e3, s.iteration()))))
                    .withRemedySaying("10 → 0.2")
                    .withRemedySaying("in iteration 0 'out' moved by 0.5 of its weights");
        }

        @Test
        void on_steps_that_stay_too_long_for_a_network_worse_than_a_constant() {
            assertThatVerdict(explodingGradient(), aRun().each(s -> s.updateRatio("dense_1", 2)
                            .skill(-0.5)))
                    .isFound(ERROR)
                    .inLayers("dense_1");
        }

        @Test
        void as_a_warning_when_the_network_loses_only_part_of_what_it_knew() {
            assertThatVerdict(explodingGradient(), aRun().from(40, s -> s.gradientRms(
                                    "dense_1", Math.pow(4, s.iteration() - 40.0))
                            .updateRatio("dense_1", 0.4)
                            .skill(0.3)))
                    .isFound(WARNING);
        }

        private RunBuilder giantStepThenDead() {
            return aRun().each(s -> s.skill(-2))
                    .at(0, s -> s.updateRatio("dense_1", 12).gradientRms("dense_1", 10))
                    .from(1, s -> s.still("dense_0").still("dense_1").still("out"));
        }

        @Test
        void and_names_large_initial_weights_as_the_cause() {
            assertThatVerdict(explodingGradient(), giantStepThenDead().at(0, s -> s.weightRms("dense_0", 4)))
                    .saying("initial weights too large; those of 'dense_0'")
                    .withRemedySaying("standard deviation 4 → 0.316");
        }

        @Test
        void and_names_unscaled_input_as_the_cause() {
            assertThatVerdict(explodingGradient(), giantStepThenDead().at(0, s -> s.features(tensor(320, 250))))
                    .saying("unscaled input; its root mean square is 250")
                    .withRemedies("standardize-input", "lower-learning-rate", "clip-l2-per-layer");
        }

        @Test
        void and_names_the_learning_rate_when_weights_and_inputs_are_sound() {
            assertThatVerdict(explodingGradient(), giantStepThenDead())
                    .saying("learning rate too high (0.01)")
                    .saying("input scale: its root mean square is 1")
                    .withRemedySaying("0.01 → 8.3e-6");
        }

        @Test
        void and_says_that_a_clipping_never_took_effect() {
            UpdaterView clipped = new UpdaterView("Sgd", 0.01, false, Double.NaN, "ClipElementWiseAbsoluteValue", 1e6);
            assertThatVerdict(
                            explodingGradient(),
                            aRun(aNetwork()
                                            .updater(clipped)
                                            .dense("dense_1", 10, 10, "relu")
                                            .output("out", 10, 1, "mse"))
                                    .each(s -> s.skill(-2))
                                    .at(0, s -> s.updateRatio("dense_1", 12).gradientRms("dense_1", 10))
                                    .from(1, s -> s.still("dense_1").still("out")))
                    .saying(
                            "ClipElementWiseAbsoluteValue at 1e6) never took effect: the largest element of a mean gradient was 30");
        }
    }

    @Nested
    class StaysQuiet {

        @Test
        void on_a_step_of_a_bit_less_than_half_the_weights_that_kills_for_dead_units_are_another_finding() {
            assertThatVerdict(
                            explodingGradient(),
                            aRun().each(s -> s.skill(-2))
                                    .at(3, s -> s.updateRatio("out", 0.49))
                                    .from(4, s -> s.still("dense_0")
                                            .still("dense_1")
                                            .still("out")))
                    .isClear();
        }

        @Test
        void on_a_network_that_learns() {
            assertThatVerdict(explodingGradient(), aRun()).isClear();
        }

        @Test
        void on_gradients_that_are_large_from_the_start() {
            assertThatVerdict(explodingGradient(), aRun().each(s -> s.gradientRms("dense_0", 1e9)))
                    .isClear();
        }

        @Test
        void on_gradients_that_grow_while_steps_stay_short_and_the_network_learns() {
            assertThatVerdict(
                            explodingGradient(),
                            aRun().each(s -> s.gradientRms("dense_0", 1e-4 * Math.pow(1.3, s.iteration()))))
                    .isClear();
        }

        @Test
        void on_the_luck_of_single_examples() {
            Random random = new Random(1);
            assertThatVerdict(explodingGradient(), aRun().steps(60).each(s -> {
                        double luck = Math.exp(0.7 * random.nextGaussian());
                        s.examples(1).gradientRms("dense_0", 0.01 * luck).updateRatio("dense_0", 0.02 * luck);
                        s.skill(1 - 0.4 * luck);
                    }))
                    .isClear();
        }

        @Test
        void on_gradients_that_jump_up_and_down_without_a_trend() {
            assertThatVerdict(explodingGradient(), aRun().steps(200).each(s -> s.gradientRms(
                                    "dense_0", s.iteration() % 7 == 0 ? 50 : 0.01)
                            .updateRatio("dense_0", 0.3)))
                    .isClear();
        }

        @Test
        void on_one_long_first_step_where_labels_cannot_be_learned() {
            assertThatVerdict(
                            explodingGradient(),
                            aRun().each(s -> s.skill(-0.01)).at(0, s -> s.updateRatio("out", 1.5)))
                    .isClear();
        }

        @Test
        void on_layers_that_die_long_after_a_step_of_half_the_weights() {
            assertThatVerdict(
                            explodingGradient(),
                            aRun().each(s -> s.skill(0))
                                    .at(3, s -> s.updateRatio("out", 0.5))
                                    .from(30, s -> s.still("dense_0")))
                    .isClear();
        }

        @Test
        void on_a_long_step_while_there_is_too_little_to_judge_by() {
            assertThatVerdict(explodingGradient(), aRun().steps(2).each(s -> s.updateRatio("out", 3)
                            .skill(-1)))
                    .isInconclusive("1 more iteration");
        }

        @Test
        void on_long_steps_of_a_network_that_learns() {
            assertThatVerdict(explodingGradient(), aRun().each(s -> s.updateRatio("dense_0", 2)))
                    .isClear();
        }

        @Test
        void on_weights_that_begin_at_zero() {
            assertThatVerdict(explodingGradient(), aRun().at(0, s -> s.weightRms("out", 0)
                            .updateRatio("out", 0.05)))
                    .isClear();
        }

        @Test
        void on_running_statistics_that_move_fast() {
            assertThatVerdict(
                            explodingGradient(),
                            aRun(aNetwork()
                                            .dense("dense", 10, 10, "relu")
                                            .batchNorm("norm", 10)
                                            .output("out", 10, 3, "mcxent"))
                                    .each(s -> s.gradient("norm", "mean", tensor(10, Math.pow(10, s.iteration())))
                                            .update("norm", "mean", tensor(10, 1e6))
                                            .skill(-1)))
                    .isClear();
        }

        @Test
        void as_a_note_where_growth_did_not_keep_the_network_from_learning() {
            assertThatVerdict(explodingGradient(), aRun().each(s -> s.gradientRms(
                                    "dense_0", 1e-4 * Math.pow(1.3, s.iteration()))
                            .updateRatio("dense_0", 0.2)))
                    .isFound(INFO);
        }

        @Test
        void on_data_that_is_not_finite() {
            assertThatVerdict(explodingGradient(), aRun().from(20, s -> s.loss(Double.NaN)
                            .gradientRms("dense_0", Double.NaN)
                            .gradientRms("dense_1", Double.NaN)
                            .gradientRms("out", Double.NaN)))
                    .isClear();
        }
    }

    @Nested
    class IsInconclusive {

        @Test
        void before_three_iterations() {
            assertThatVerdict(explodingGradient(), aRun().steps(1)).isInconclusive("2 more iterations");
        }

        @Test
        void without_training() {
            assertThatVerdict(explodingGradient(), aRun().steps(0)).isInconclusive("not one iteration was seen");
        }

        @Test
        void on_a_network_without_parameters() {
            assertThatVerdict(explodingGradient(), aRun(aNetwork().plain("pool", "SubsamplingLayer")))
                    .isInconclusive("the network has none");
        }

        @Test
        void on_a_network_that_is_frozen_as_a_whole() {
            assertThatVerdict(explodingGradient(), aRun(aNetwork().frozen("dense", 10, 10, "relu")))
                    .isInconclusive("the network has none");
        }
    }
}
