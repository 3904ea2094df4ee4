package io.gradiometer.detector;

import static io.gradiometer.Runs.aNetwork;
import static io.gradiometer.Runs.aRun;
import static io.gradiometer.detector.VerdictAssert.assertThatVerdict;
import static io.gradiometer.finding.Severity.ERROR;

import io.gradiometer.RunBuilder;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class LossDivergingTest {

    private static LossDiverging lossDiverging() {
        return new LossDiverging(LossDiverging.Limits.DEFAULT);
    }

    /** A skill that stays at {@code start} for half of the run and at {@code end} for the other half. */
    private static RunBuilder from(double start, double end) {
        return aRun().each(s -> s.skill(s.iteration() < 25 ? start : end));
    }

    @Nested
    class Fires {

        @Test
        void on_a_loss_that_rises_through_the_whole_run() {
            assertThatVerdict(lossDiverging(), aRun().each(s -> s.skill(-0.1 * s.iteration())))
                    .isFound(ERROR)
                    .inLayers()
                    .seenIn(0, 49)
                    .detectedAt(49)
                    .withConfidence(0.97)
                    .withFact("skill at the start", -0.2)
                    .withFact("skill at the end", -4.45)
                    .withLimit("skill at the end", -0.5)
                    .saying("skill -0.2 at the start, -4.45 at the end")
                    .withRemedies("overfit-one-batch");
        }

        @Test
        void just_below_half_a_constant_prediction_s_loss_too_much() {
            assertThatVerdict(lossDiverging(), from(0, -0.51)).isFound(ERROR);
        }

        @Test
        void on_a_network_that_had_learned_most_of_it() {
            assertThatVerdict(lossDiverging(), from(0.9, -0.51)).isFound(ERROR);
        }

        @Test
        void on_a_bad_start_that_became_half_as_bad_again() {
            assertThatVerdict(lossDiverging(), from(-2, -3.6)).isFound(ERROR);
        }

        @Test
        void from_ten_iterations_on() {
            assertThatVerdict(lossDiverging(), aRun().steps(10).each(s -> s.skill(-0.1 * s.iteration())))
                    .isFound(ERROR);
        }

        @Test
        void on_two_of_the_last_three_of_ten_iterations() {
            assertThatVerdict(lossDiverging(), aRun().steps(10).from(8, s -> s.skill(-2)))
                    .isFound(ERROR);
        }

        @Test
        void on_more_than_half_of_the_last_fifth_of_a_longer_run() {
            assertThatVerdict(lossDiverging(), aRun().from(44, s -> s.skill(-2)))
                    .isFound(ERROR)
                    .withFact("skill at the end", -2);
        }

        @Test
        void whatever_a_first_batch_out_of_luck_cost() {
            assertThatVerdict(lossDiverging(), from(0, -0.51).at(0, s -> s.skill(-100)))
                    .isFound(ERROR);
        }

        @Test
        void and_proposes_a_rate_whose_first_long_step_would_have_been_sound() {
            assertThatVerdict(lossDiverging(), from(0, -3).at(24, s -> s.updateRatio("dense_1", 0.45)))
                    .withRemedies("lower-learning-rate", "clip-l2-per-layer", "overfit-one-batch")
                    .withRemedySaying("0.01 → 2.2e-4 (in iteration 24 'dense_1' moved by 0.45");
        }

        @Test
        void in_the_iterations_that_were_seen_of_a_network_that_goes_on_training() {
            assertThatVerdict(lossDiverging(), from(0, -3).each(s -> s.iterationIs(5_000 + s.iteration())))
                    .seenIn(5_000, 5_049)
                    .detectedAt(5_049);
        }
    }

    @Nested
    class StaysQuiet {

        @Test
        void on_a_network_that_learns() {
            assertThatVerdict(lossDiverging(), aRun()).isClear();
        }

        @Test
        void on_a_network_that_knows_a_little_less_than_a_constant() {
            assertThatVerdict(lossDiverging(), from(0, -0.49)).isClear();
        }

        @Test
        void on_a_network_that_forgot_without_falling_below_a_constant() {
            assertThatVerdict(lossDiverging(), from(0.9, 0)).isClear();
        }

        @Test
        void on_a_bad_start_that_did_not_become_half_as_bad_again() {
            assertThatVerdict(lossDiverging(), from(-2, -3.4)).isClear();
        }

        @Test
        void on_a_bad_start_that_gets_better() {
            assertThatVerdict(lossDiverging(), from(-8, -1)).isClear();
        }

        @Test
        void on_a_terrible_batch_at_the_very_end() {
            assertThatVerdict(lossDiverging(), aRun().at(49, s -> s.skill(-100)))
                    .isClear();
        }

        @Test
        void on_one_of_the_last_three_of_ten_iterations() {
            assertThatVerdict(lossDiverging(), aRun().steps(10).from(9, s -> s.skill(-2)))
                    .isClear();
        }

        @Test
        void on_less_than_half_of_the_last_fifth_of_a_longer_run() {
            assertThatVerdict(lossDiverging(), aRun().from(46, s -> s.skill(-2)))
                    .isClear();
        }

        @Test
        void above_a_skill_that_the_user_sets() {
            assertThatVerdict(new LossDiverging(new LossDiverging.Limits(1, 0.5, 10)), from(0, -0.8))
                    .isClear();
        }

        @Test
        void below_it_when_little_was_lost_since_the_start() {
            assertThatVerdict(new LossDiverging(new LossDiverging.Limits(0.1, 0.5, 10)), from(0, -0.3))
                    .isClear();
        }
    }

    @Nested
    class IsInconclusive {

        @Test
        void before_the_first_iteration() {
            assertThatVerdict(lossDiverging(), aRun().steps(0)).isInconclusive("not one iteration");
        }

        @Test
        void before_ten_iterations() {
            assertThatVerdict(lossDiverging(), aRun().steps(9).each(s -> s.skill(-s.iteration())))
                    .isInconclusive("1 more iteration (9 seen, 10 needed)");
        }

        @Test
        void where_it_is_not_known_what_a_constant_prediction_costs() {
            assertThatVerdict(lossDiverging(), aRun().each(s -> s.constantLoss(Double.NaN)
                            .loss(1 + s.iteration())))
                    .isInconclusive("what a constant prediction costs");
        }

        @Test
        void where_a_constant_prediction_costs_nothing() {
            assertThatVerdict(
                            lossDiverging(),
                            aRun(aNetwork().output("out", 10, 1, "mse"))
                                    .each(s -> s.constantLoss(0).loss(1 + s.iteration())))
                    .isInconclusive("what a constant prediction costs");
        }

        @Test
        void once_the_loss_is_lost() {
            assertThatVerdict(lossDiverging(), from(0, -3).at(49, s -> s.loss(Double.NaN)))
                    .isInconclusive("a finite loss");
        }
    }
}
