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
import io.gradiometer.signal.TensorStats;
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

    private static NetworkBuilder exact() {
        return aNetwork().exact("dense", "tanh");
    }

    /** A network worse than a constant, whose gradients take ten iterations to grow by as much, with steps of one length. */
    private static RunBuilder growing(double factor, double updateRatio) {
        return aRun(exact()).steps(11).each(s -> s.gradientRms("dense", 1000 * Math.pow(factor, s.iteration() / 10.0))
                .updateRatio("dense", updateRatio)
                .skill(-1));
    }

    /** Four steps of a network that knows exactly so much less than a constant; the first is twice as long as its weights. */
    private static RunBuilder thrashing(double laterSteps, double loss) {
        return aRun(exact())
                .steps(4)
                .each(s -> s.updateRatio("dense", laterSteps).constantLoss(20).loss(loss))
                .at(0, s -> s.updateRatio("dense", 2));
    }

    @Nested
    class Fires {

        @Test
        void on_growth_by_two_decades_with_steps_of_more_than_a_tenth() {
            assertThatVerdict(explodingGradient(), growing(100, 0.2))
                    .isFound(ERROR)
                    .withFacts(
                            "update ratio",
                            "gradient RMS at first",
                            "gradient RMS at most",
                            "decades of growth",
                            "skill at the end")
                    .withFact("update ratio", 0.2)
                    .withLimit("update ratio", 0.1)
                    .withFact("gradient RMS at first", 1000)
                    .withFact("gradient RMS at most", 1e5)
                    .withFact("decades of growth", 2)
                    .withLimit("decades of growth", 2.0)
                    .withFact("skill at the end", -1)
                    .withLimit("skill at the end", 0.05)
                    .withConfidence(0.95);
        }

        @Test
        void and_knows_it_from_the_iteration_that_completes_two_decades() {
            assertThatVerdict(explodingGradient(), growing(100, 0.2).steps(15)).detectedAt(10);
        }

        @Test
        void and_knows_growth_from_the_first_step_of_more_than_a_tenth() {
            assertThatVerdict(
                            explodingGradient(), growing(100, 0.1).steps(15).from(12, s -> s.updateRatio("dense", 0.2)))
                    .detectedAt(12);
        }

        @Test
        void and_knows_it_from_the_first_step_longer_than_the_weights() {
            assertThatVerdict(
                            explodingGradient(),
                            thrashing(1, 21.5)
                                    .at(0, s -> s.updateRatio("dense", 1))
                                    .at(2, s -> s.updateRatio("dense", 2)))
                    .isFound(ERROR)
                    .detectedAt(2);
        }

        @Test
        void on_growth_that_takes_hundreds_of_iterations() {
            assertThatVerdict(
                            explodingGradient(), growing(Math.pow(10, 0.1), 0.2).steps(301))
                    .isFound(ERROR)
                    .seenIn(0, 300)
                    .withFact("decades of growth", 3);
        }

        @Test
        void on_a_late_explosion_of_a_network_without_biases() {
            assertThatVerdict(explodingGradient(), aRun(exact()).steps(2_000).from(1_980, s -> s.gradientRms(
                                    "dense", 0.01 * Math.pow(3, s.iteration() - 1_980.0))
                            .updateRatio("dense", 2)
                            .skill(-Math.pow(3, s.iteration() - 1_980.0))))
                    .isFound(ERROR)
                    .saying("between iterations 1980 and 1999");
        }

        @Test
        void and_is_surest_where_growth_ends_in_a_step_longer_than_the_weights() {
            assertThatVerdict(explodingGradient(), growing(100, 2))
                    .withConfidence(0.99)
                    .withLimit("update ratio", 1.0);
        }

        @Test
        void and_names_the_layer_that_moved_most_where_growth_ended_the_loss_with_short_steps() {
            assertThatVerdict(
                            explodingGradient(),
                            growing(1000, 0.05)
                                    .at(4, s -> s.updateRatio("dense", 0.06))
                                    .at(10, s -> s.loss(Double.NaN)))
                    .isFound(ERROR)
                    .inLayers("dense")
                    .detectedAt(10)
                    .withFacts("update ratio", "gradient RMS at first", "gradient RMS at most", "decades of growth");
        }

        @Test
        void and_never_says_that_it_was_known_after_the_end() {
            RunBuilder run = aRun(aNetwork().exact("dense_0", "tanh").exact("dense_1", "tanh"))
                    .steps(12)
                    .each(s -> s.gradientRms("dense_1", Math.pow(2, s.iteration())))
                    .from(10, s -> s.still("dense_0"))
                    .at(11, s -> s.loss(Double.NaN));
            assertThatVerdict(explodingGradient(), run).isFound(ERROR).detectedAt(11);
        }

        @Test
        void and_names_only_layers_whose_steps_were_too_long() {
            assertThatVerdict(
                            explodingGradient(),
                            aRun(aNetwork().exact("dense_0", "tanh").exact("dense_1", "tanh"))
                                    .each(s -> s.updateRatio("dense_0", 2)
                                            .updateRatio("dense_1", 0.1)
                                            .skill(-0.5)))
                    .inLayers("dense_0");
        }

        @Test
        void within_three_iterations() {
            assertThatVerdict(explodingGradient(), thrashing(2, 30).steps(3))
                    .isFound(ERROR)
                    .withConfidence(0.95)
                    .withFacts("update ratio", "gradient RMS at first", "gradient RMS at most", "skill at the end");
        }

        @Test
        void where_labels_do_not_tell_the_skill() {
            assertThatVerdict(explodingGradient(), thrashing(2, 30).each(s -> s.constantLoss(Double.NaN)
                            .loss(1 + s.iteration())))
                    .isFound(ERROR)
                    .withFact("share of the loss gone", -2.5);
        }

        @Test
        void on_steps_that_go_on_distorting_a_network_worse_than_a_constant() {
            assertThatVerdict(explodingGradient(), thrashing(0.11, 21.5)).isFound(ERROR);
        }

        @Test
        void on_a_step_longer_than_the_weights_after_which_a_layer_died_a_while_later() {
            assertThatVerdict(
                            explodingGradient(),
                            aRun().each(s -> s.skill(0))
                                    .at(3, s -> s.updateRatio("out", 1.5))
                                    .from(12, s -> s.still("dense_0")))
                    .isFound(ERROR)
                    .inLayers("out")
                    .detectedAt(3);
        }

        @Test
        void on_a_step_of_half_the_weights_after_which_one_layer_is_dead_a_reading_later() {
            assertThatVerdict(
                            explodingGradient(),
                            aRun().each(s -> s.skill(-2))
                                    .at(3, s -> s.updateRatio("out", 0.5))
                                    .from(5, s -> s.still("dense_0")))
                    .isFound(ERROR)
                    .detectedAt(7);
        }

        @Test
        void and_tells_how_much_each_layer_multiplied_the_signal() {
            assertThatVerdict(explodingGradient(), giantStepThenDead().at(0, s -> s.signal("dense_0", 4)
                            .signal("dense_1", 2)
                            .signal("out", 1)))
                    .saying("each layer multiplied the back-propagated signal by about 2 in the first iteration");
        }

        @Test
        void and_does_not_blame_depth_where_the_signal_keeps_its_size() {
            assertThatVerdict(explodingGradient(), giantStepThenDead())
                    .notSaying("multiplied the back-propagated signal");
        }

        @Test
        void and_does_not_blame_weights_and_inputs_on_their_limits() {
            assertThatVerdict(explodingGradient(), thrashing(2, 30).each(s -> s.weightRms("dense", 1.5)
                            .features(tensor(16, 10))))
                    .saying(
                            "initialisation: no layer began with more than 3 times the weights that suit its activation")
                    .saying("input scale: its root mean square is 10")
                    .saying("likely cause: learning rate too high (0.01)");
        }

        @Test
        void and_says_nothing_of_inputs_that_were_not_read() {
            assertThatVerdict(explodingGradient(), thrashing(2, 30).each(s -> s.features(TensorStats.EMPTY)))
                    .notSaying("input scale")
                    .saying("likely cause: learning rate too high");
        }

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
        void on_growth_by_a_bit_less_than_two_decades() {
            assertThatVerdict(explodingGradient(), growing(99, 0.2)).isClear();
        }

        @Test
        void on_growth_while_steps_take_a_tenth_of_the_weights() {
            assertThatVerdict(explodingGradient(), growing(100, 0.1)).isClear();
        }

        @Test
        void on_steps_just_as_long_as_the_weights() {
            assertThatVerdict(explodingGradient(), thrashing(1, 30).at(0, s -> s.updateRatio("dense", 1)))
                    .isClear();
        }

        @Test
        void after_a_long_step_once_steps_take_a_tenth_of_the_weights() {
            assertThatVerdict(explodingGradient(), thrashing(0.1, 21.5)).isClear();
        }

        @Test
        void on_long_steps_of_a_network_as_bad_as_a_constant_but_for_noise() {
            assertThatVerdict(explodingGradient(), thrashing(0.2, 21)).isClear();
        }

        @Test
        void on_long_steps_that_ended_halfway() {
            assertThatVerdict(explodingGradient(), aRun(exact()).each(s -> s.skill(-0.5)
                            .updateRatio("dense", s.iteration() < 26 ? 2 : 0.01)))
                    .isClear();
        }

        @Test
        void on_a_step_of_more_than_half_the_weights_at_the_very_end() {
            assertThatVerdict(explodingGradient(), aRun().each(s -> s.skill(0)).at(49, s -> s.updateRatio("out", 0.6)))
                    .isClear();
        }

        @Test
        void on_a_layer_that_was_dead_before_the_longest_step() {
            assertThatVerdict(
                            explodingGradient(),
                            aRun().each(s -> s.skill(0))
                                    .at(3, s -> s.updateRatio("out", 0.6))
                                    .from(3, s -> s.still("dense_0")))
                    .isClear();
        }

        @Test
        void on_a_layer_that_dies_three_readings_after_a_step_of_half_the_weights() {
            assertThatVerdict(
                            explodingGradient(),
                            aRun().each(s -> s.skill(0))
                                    .at(3, s -> s.updateRatio("out", 0.6))
                                    .from(6, s -> s.still("dense_0")))
                    .isClear();
        }

        @Test
        void on_three_iterations_of_a_network_that_learns() {
            assertThatVerdict(explodingGradient(), aRun().steps(3)).isClear();
        }

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
