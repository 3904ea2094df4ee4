package io.gradiometer.detector;

import static io.gradiometer.Runs.aNetwork;
import static io.gradiometer.Runs.aRun;
import static io.gradiometer.detector.VerdictAssert.assertThatVerdict;
import static io.gradiometer.finding.Severity.ERROR;
import static io.gradiometer.finding.Severity.INFO;
import static io.gradiometer.finding.Severity.WARNING;

import io.gradiometer.NetworkBuilder;
import io.gradiometer.RunBuilder;
import io.gradiometer.signal.ColumnStats;
import io.gradiometer.signal.TensorStats;
import io.gradiometer.signal.UpdaterView;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class LearningRateTooHighTest {

    private static LearningRateTooHigh learningRateTooHigh() {
        return new LearningRateTooHigh(LearningRateTooHigh.Limits.DEFAULT);
    }

    private static NetworkBuilder twoLayersOn(NetworkBuilder network) {
        return network.dense("dense_0", 10, 10, "tanh")
                .dense("dense_1", 10, 10, "tanh")
                .output("out", 10, 3, "mcxent");
    }

    /** A network whose loss rises, which is an error by itself. */
    private static RunBuilder diverging() {
        return divergingOn(aNetwork());
    }

    private static RunBuilder divergingOn(NetworkBuilder network) {
        return aRun(twoLayersOn(network)).each(s -> s.skill(-0.1 * s.iteration()));
    }

    @Nested
    class Fires {

        @Test
        void on_one_step_of_almost_half_of_the_weights_before_a_loss_that_rises() {
            assertThatVerdict(learningRateTooHigh(), diverging().at(7, s -> s.updateRatio("dense_1", 0.45)))
                    .isFound(ERROR)
                    .inLayers("dense_1")
                    .seenIn(0, 49)
                    .detectedAt(7)
                    .withConfidence(0.9)
                    .withFact("update ratio, at most", 0.45)
                    .withLimit("update ratio, at most", 0.1)
                    .withFact("update ratio, usually", 0.001)
                    .withLimit("update ratio, usually", 0.03)
                    .withFact("skill at the end", -3.95)
                    .saying("'dense_1' moved by 0.45 of its weights in iteration 7 (learning rate 0.01)")
                    .withRemedies("lower-learning-rate", "clip-l2-per-layer")
                    .withRemedySaying("0.01 → 2.2e-4");
        }

        @Test
        void within_three_iterations() {
            assertThatVerdict(learningRateTooHigh(), diverging().steps(3).each(s -> s.updateRatio("out", 8)
                            .loss(Double.NaN)))
                    .isFound(ERROR)
                    .detectedAt(0);
        }

        @Test
        void and_names_every_layer_that_was_taken_too_far_but_heals_from_the_first_long_step() {
            assertThatVerdict(
                            learningRateTooHigh(),
                            diverging()
                                    .at(3, s -> s.updateRatio("dense_0", 0.22))
                                    .at(7, s -> s.updateRatio("dense_1", 0.45)))
                    .saying("'dense_1' moved by 0.45")
                    .inLayers("dense_0", "dense_1")
                    .detectedAt(7)
                    .withRemedySaying("in iteration 3 'dense_0' moved by 0.22");
        }

        @Test
        void on_a_step_just_longer_than_a_tenth_of_the_weights() {
            assertThatVerdict(learningRateTooHigh(), diverging().at(7, s -> s.updateRatio("dense_1", 0.101)))
                    .isFound(ERROR);
        }

        @Test
        void on_steps_of_which_none_sticks_out_and_most_are_long() {
            assertThatVerdict(learningRateTooHigh(), diverging().each(s -> s.updateRatio("dense_1", 0.031)))
                    .isFound(ERROR)
                    .inLayers("dense_1")
                    .withFact("update ratio, usually", 0.031)
                    .withRemedies("lower-learning-rate")
                    .withRemedySaying("0.01 → 0.001 (a tenth: most steps are too long");
        }

        @Test
        void with_the_rate_that_was_in_force_then() {
            assertThatVerdict(learningRateTooHigh(), diverging().at(7, s -> s.updateRatio("dense_1", 0.45)
                            .learningRate("dense_1", 0.02)))
                    .saying("(learning rate 0.02)")
                    .withRemedySaying("0.02 → 4.4e-4");
        }

        @Test
        void as_a_warning_where_the_network_learned_something() {
            assertThatVerdict(
                            learningRateTooHigh(),
                            aRun().steps(60)
                                    .each(s -> s.epoch(s.iteration() / 6)
                                            .skill(s.iteration() / 6 % 2 == 0 ? 0.3 : 0.5)
                                            .updateRatio("dense_0", 0.2))
                                    .yardstick(0.9))
                    .isFound(WARNING)
                    .saying("where a simple model reaches 0.9");
        }

        @Test
        void with_less_confidence_where_a_customary_rate_meets_large_inputs() {
            assertThatVerdict(learningRateTooHigh(), diverging().each(s -> s.updateRatio("dense_0", 0.2)
                            .inputColumns(new ColumnStats(32, 0, 10.1, -30, 30, 0))))
                    .withConfidence(0.7);
        }

        @Test
        void with_more_confidence_where_the_rate_is_far_from_customary_whatever_the_inputs() {
            assertThatVerdict(
                            learningRateTooHigh(),
                            divergingOn(aNetwork().sgd(0.4)).each(s -> s.updateRatio("dense_0", 0.2)
                                    .inputColumns(new ColumnStats(32, 0, 100, -300, 300, 0))))
                    .withConfidence(0.97);
        }

        @Test
        void with_no_more_confidence_up_to_half_a_decade_above_what_is_customary() {
            assertThatVerdict(
                            learningRateTooHigh(),
                            divergingOn(aNetwork().sgd(0.31)).each(s -> s.updateRatio("dense_0", 0.2)))
                    .withConfidence(0.9);
        }

        @Test
        void with_other_customs_for_adaptive_updaters() {
            assertThatVerdict(
                            learningRateTooHigh(),
                            divergingOn(aNetwork().adam(0.01)).each(s -> s.updateRatio("dense_0", 0.2)))
                    .withConfidence(0.97)
                    .withRemedies("lower-learning-rate");
        }

        @Test
        void in_the_iterations_that_were_seen_of_a_network_that_goes_on_training() {
            assertThatVerdict(
                            learningRateTooHigh(),
                            diverging()
                                    .at(7, s -> s.updateRatio("dense_1", 0.45))
                                    .each(s -> s.iterationIs(5_000 + s.iteration())))
                    .seenIn(5_000, 5_049)
                    .detectedAt(5_007);
        }
    }

    @Nested
    class StaysQuiet {

        @Test
        void on_a_network_that_learns() {
            assertThatVerdict(learningRateTooHigh(), aRun()).isClear();
        }

        @Test
        void on_long_steps_of_a_network_that_learns() {
            assertThatVerdict(learningRateTooHigh(), aRun().each(s -> s.updateRatio("dense_1", 0.45)))
                    .isClear();
        }

        @Test
        void on_long_steps_that_no_symptom_followed() {
            assertThatVerdict(learningRateTooHigh(), aRun().each(s -> s.skill(0).updateRatio("dense_1", 0.45)))
                    .isClear();
        }

        @Test
        void on_a_loss_that_rises_in_sound_steps() {
            assertThatVerdict(learningRateTooHigh(), diverging()).isClear();
        }

        @Test
        void on_a_step_just_shorter_than_a_tenth_of_the_weights() {
            assertThatVerdict(learningRateTooHigh(), diverging().at(7, s -> s.updateRatio("dense_1", 0.099)))
                    .isClear();
        }

        @Test
        void on_steps_most_of_which_are_a_little_less_than_long() {
            assertThatVerdict(learningRateTooHigh(), diverging().each(s -> s.updateRatio("dense_1", 0.029)))
                    .isClear();
        }

        @Test
        void as_a_note_on_a_network_that_recovered_and_learned() {
            assertThatVerdict(
                            learningRateTooHigh(),
                            aRun().at(5, s -> s.loss(Double.NaN)).at(4, s -> s.updateRatio("dense_1", 0.45)))
                    .isFound(INFO);
        }
    }

    @Nested
    class IsInconclusive {

        @Test
        void before_three_iterations() {
            assertThatVerdict(learningRateTooHigh(), diverging().steps(2))
                    .isInconclusive("1 more iteration (2 seen, 3 needed)");
        }

        @Test
        void where_no_layer_s_steps_are_known() {
            assertThatVerdict(learningRateTooHigh(), diverging().each(s -> s.update("dense_0", "W", TensorStats.EMPTY)
                            .update("dense_1", "W", TensorStats.EMPTY)
                            .update("out", "W", TensorStats.EMPTY)))
                    .isInconclusive("steps that are known");
        }

        @Test
        void and_has_nothing_to_say_of_an_updater_without_a_learning_rate() {
            assertThatVerdict(
                            learningRateTooHigh(),
                            divergingOn(aNetwork().updater(UpdaterView.plain("AdaDelta", Double.NaN)))
                                    .each(s -> s.updateRatio("dense_0", 0.2)))
                    .isNotApplicable();
        }

        @Test
        void where_nothing_moves() {
            assertThatVerdict(learningRateTooHigh(), diverging().each(s -> s.still("dense_0")
                            .still("dense_1")
                            .still("out")))
                    .isInconclusive("steps that are known");
        }
    }
}
