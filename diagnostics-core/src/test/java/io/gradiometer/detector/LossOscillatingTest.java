package io.gradiometer.detector;

import static io.gradiometer.Runs.aRun;
import static io.gradiometer.detector.VerdictAssert.assertThatVerdict;
import static io.gradiometer.finding.Severity.WARNING;

import io.gradiometer.RunBuilder;
import io.gradiometer.StepBuilder;
import java.util.function.Consumer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class LossOscillatingTest {

    private static final int PASS = 6;

    private static LossOscillating lossOscillating() {
        return new LossOscillating(LossOscillating.Limits.DEFAULT);
    }

    private static Consumer<StepBuilder> skillOf(double even, double odd) {
        return s -> s.epoch(s.iteration() / PASS).skill(s.iteration() / PASS % 2 == 0 ? even : odd);
    }

    /** Ten passes of six iterations, of which every second one has another skill. */
    private static RunBuilder alternating(double even, double odd) {
        return aRun().steps(10 * PASS).each(skillOf(even, odd));
    }

    /** One pass for each character: {@code +} is a tenth above a constant's loss, {@code -} is that loss. */
    private static RunBuilder passes(String losses) {
        return aRun().steps(losses.length() * PASS)
                .each(s -> s.epoch(s.iteration() / PASS).skill(losses.charAt(s.iteration() / PASS) == '+' ? -0.1 : 0));
    }

    @Nested
    class Fires {

        @Test
        void on_a_loss_that_goes_up_and_down_from_pass_to_pass() {
            assertThatVerdict(lossOscillating(), alternating(0, -0.2))
                    .isFound(WARNING)
                    .inLayers()
                    .seenIn(0, 59)
                    .detectedAt(59)
                    .withConfidence(0.85)
                    .withFact("jump from pass to pass over the loss", 0.2 / 1.2)
                    .withLimit("jump from pass to pass over the loss", 0.05)
                    .withFact("share of passes at which the loss turns", 1)
                    .withLimit("share of passes at which the loss turns", 0.5)
                    .withFact("skill at the end", -0.12)
                    .saying("jumps by 16.7 % of its level and turns round in 100 % of them")
                    .withRemedies("larger-batch");
        }

        @Test
        void far_below_what_a_simple_model_reaches() {
            assertThatVerdict(lossOscillating(), alternating(0.3, 0.5).yardstick(0.9))
                    .isFound(WARNING)
                    .withFact("skill of a simple model", 0.9);
        }

        @Test
        void on_jumps_of_a_little_more_than_a_twentieth() {
            assertThatVerdict(lossOscillating(), alternating(0, -0.06)).isFound(WARNING);
        }

        @Test
        void on_a_loss_that_turns_in_half_of_its_passes() {
            assertThatVerdict(lossOscillating(), passes("---" + "-+-+++"))
                    .isFound(WARNING)
                    .saying("turns round in 50 % of them");
        }

        @Test
        void from_six_passes_on() {
            assertThatVerdict(lossOscillating(), passes("-+-+-+")).isFound(WARNING);
        }

        @Test
        void and_proposes_a_rate_whose_first_long_step_would_have_been_sound() {
            assertThatVerdict(lossOscillating(), alternating(0, -0.2).at(7, s -> s.updateRatio("dense_0", 0.45)))
                    .withRemedies("lower-learning-rate", "clip-l2-per-layer", "larger-batch")
                    .withRemedySaying("0.01 → 2.2e-4");
        }

        @Test
        void in_the_iterations_that_were_seen_of_a_network_that_goes_on_training() {
            assertThatVerdict(lossOscillating(), alternating(0, -0.2).each(s -> s.iterationIs(5_000 + s.iteration())))
                    .seenIn(5_000, 5_059)
                    .detectedAt(5_059);
        }
    }

    @Nested
    class StaysQuiet {

        @Test
        void on_a_network_that_learns() {
            assertThatVerdict(lossOscillating(), aRun()).isClear();
        }

        @Test
        void on_a_network_that_knows_something_however_restless_it_is() {
            assertThatVerdict(lossOscillating(), alternating(0.3, 0.5)).isClear();
        }

        @Test
        void on_a_network_about_as_good_as_a_simple_model() {
            assertThatVerdict(lossOscillating(), alternating(0.7, 0.9).yardstick(0.95))
                    .isClear();
        }

        @Test
        void on_jumps_of_a_little_less_than_a_twentieth() {
            assertThatVerdict(lossOscillating(), alternating(0, -0.04)).isClear();
        }

        @Test
        void on_noise_from_batch_to_batch_that_every_pass_shares() {
            assertThatVerdict(lossOscillating(), aRun().steps(60).each(s -> s.epoch(s.iteration() / PASS)
                            .skill(s.iteration() % 2 == 0 ? 0.5 : -0.6)))
                    .isClear();
        }

        @Test
        void on_a_loss_that_rises_all_the_time() {
            assertThatVerdict(lossOscillating(), aRun().steps(60).each(s -> s.epoch(s.iteration() / PASS)
                            .skill(-0.02 * s.iteration())))
                    .isClear();
        }

        @Test
        void on_a_restless_first_third() {
            assertThatVerdict(lossOscillating(), passes("-+-" + "------")).isClear();
        }

        @Test
        void on_a_loss_that_turns_in_fewer_than_half_of_its_passes() {
            assertThatVerdict(lossOscillating(), passes("----" + "+-++-+++")).isClear();
        }
    }

    @Nested
    class IsInconclusive {

        @Test
        void before_the_first_iteration() {
            assertThatVerdict(lossOscillating(), aRun().steps(0)).isInconclusive("not one iteration");
        }

        @Test
        void before_six_passes() {
            assertThatVerdict(lossOscillating(), passes("-+-+-")).isInconclusive("6 passes over the data (5 seen)");
        }

        @Test
        void in_a_sixth_pass_that_has_only_begun() {
            assertThatVerdict(lossOscillating(), passes("-+-+-+").steps(5 * PASS + 2))
                    .isInconclusive("(5 seen)");
        }

        @Test
        void once_the_loss_is_lost() {
            assertThatVerdict(lossOscillating(), alternating(0, -0.2).from(57, s -> s.loss(Double.NaN)))
                    .isInconclusive("a finite loss");
        }
    }
}
