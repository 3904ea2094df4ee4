package io.gradiometer.detector;

import static io.gradiometer.Runs.aRun;
import static io.gradiometer.detector.VerdictAssert.assertThatVerdict;
import static io.gradiometer.finding.Severity.WARNING;

import io.gradiometer.RunBuilder;
import io.gradiometer.signal.TensorStats;
import io.gradiometer.signal.Yardstick;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class StoppedTooEarlyTest {

    private static final double YARDSTICK = 0.9;

    private static StoppedTooEarly stoppedTooEarly() {
        return new StoppedTooEarly(StoppedTooEarly.Limits.DEFAULT);
    }

    /** Six passes of ten iterations with an even rise, at which the yardstick is so many runs away. */
    private static RunBuilder needing(double runs) {
        // The end is the mean of the last twenty skills, half an iteration before the fiftieth.
        double rise = YARDSTICK / (49.5 + 60 * runs);
        return aRun().steps(60)
                .each(s -> s.epoch(s.iteration() / 10).skill(rise * s.iteration()))
                .yardstick(YARDSTICK);
    }

    @Nested
    class Fires {

        @Test
        void on_a_skill_that_was_still_rising_well() {
            assertThatVerdict(stoppedTooEarly(), needing(1.2))
                    .isFound(WARNING)
                    .inLayers()
                    .seenIn(0, 59)
                    .detectedAt(59)
                    .withConfidence(0.8)
                    .withFact("length still needed, in runs", 1.2)
                    .withLimit("length still needed, in runs", 1.5)
                    .withFact("skill gained over the last half", 29 * YARDSTICK / 121.5)
                    .withFact("skill at the end", 49.5 * YARDSTICK / 121.5)
                    .withFact("skill of a simple model", YARDSTICK)
                    .saying(
                            "Training stopped after 6 passes at a skill of 0.367, still rising; a simple model reaches 0.9")
                    .withRemedies("train-longer");
        }

        @Test
        void on_one_that_would_have_needed_a_little_less_than_one_and_a_half_times_as_long_again() {
            assertThatVerdict(stoppedTooEarly(), needing(1.4))
                    .isFound(WARNING)
                    .withRemedySaying("train longer: 6 → 15 passes");
        }

        @Test
        void beside_an_oddity_that_did_no_harm() {
            RunBuilder spiked = needing(1.2).at(50, s -> s.gradientRms("dense_0", 1)
                    .gradientRms("dense_1", 1)
                    .gradientRms("out", 1));

            assertThatVerdict(stoppedTooEarly(), spiked).isFound(WARNING);
        }

        @Test
        void on_one_that_was_nearly_there() {
            assertThatVerdict(stoppedTooEarly(), needing(0.8)).isFound(WARNING);
        }

        @Test
        void on_eight_iterations_in_three_passes() {
            assertThatVerdict(
                            stoppedTooEarly(),
                            aRun().steps(8)
                                    .each(s -> s.epoch(s.iteration() / 3).skill(0.08 * s.iteration()))
                                    .yardstick(YARDSTICK))
                    .isFound(WARNING);
        }
    }

    @Nested
    class StaysQuiet {

        @Test
        void on_a_network_that_rises_far_below_a_constant() {
            assertThatVerdict(stoppedTooEarly(), needing(1.2).each(s -> s.skill(-3 + 0.05 * s.iteration())))
                    .isClear();
        }

        @Test
        void on_a_network_that_knows_more_than_half_of_what_there_is_to_know() {
            assertThatVerdict(stoppedTooEarly(), needing(0.5)).isClear();
        }

        @Test
        void on_a_network_that_learns() {
            assertThatVerdict(stoppedTooEarly(), aRun()).isClear();
        }

        @Test
        void on_a_skill_that_would_have_needed_a_little_more_than_one_and_a_half_times_as_long_again() {
            assertThatVerdict(stoppedTooEarly(), needing(1.6)).isClear();
        }

        @Test
        void on_a_skill_that_no_longer_rose() {
            assertThatVerdict(stoppedTooEarly(), needing(1.2).from(30, s -> s.skill(0.4)))
                    .isClear();
        }

        @Test
        void on_a_skill_that_fell() {
            assertThatVerdict(stoppedTooEarly(), needing(1.2).each(s -> s.skill(0.6 - 0.005 * s.iteration())))
                    .isClear();
        }

        @Test
        void on_a_network_not_far_from_what_a_simple_model_reaches() {
            assertThatVerdict(stoppedTooEarly(), needing(1.2).yardstick(0.4)).isClear();
        }

        @Test
        void on_a_network_that_is_ill() {
            assertThatVerdict(
                            stoppedTooEarly(),
                            needing(1.2).at(20, s -> s.update("out", "b", new TensorStats(3, 0, 0, 0, 0, 3))))
                    .isClear();
        }

        @Test
        void once_the_loss_is_lost() {
            assertThatVerdict(stoppedTooEarly(), needing(1.2).at(59, s -> s.loss(Double.NaN)))
                    .isClear();
        }
    }

    @Nested
    class IsInconclusive {

        @Test
        void before_the_first_iteration() {
            assertThatVerdict(stoppedTooEarly(), aRun().steps(0)).isInconclusive("not one iteration");
        }

        @Test
        void before_three_passes() {
            assertThatVerdict(stoppedTooEarly(), needing(1.2).each(s -> s.epoch(s.iteration() / 30)))
                    .isInconclusive("3 passes over the data (2 seen) and 8 iterations");
        }

        @Test
        void before_eight_iterations() {
            assertThatVerdict(stoppedTooEarly(), needing(1.2).steps(7).each(s -> s.epoch(s.iteration())))
                    .isInconclusive("3 passes over the data (7 seen) and 8 iterations");
        }

        @Test
        void where_it_is_not_known_what_a_constant_prediction_costs() {
            assertThatVerdict(stoppedTooEarly(), needing(1.2).each(s -> s.constantLoss(Double.NaN)
                            .loss(2 - 1e-5 * s.iteration())))
                    .isInconclusive("examples and labels enough");
        }

        @Test
        void on_a_network_that_knows_nothing_where_nobody_knows_how_much_there_is() {
            assertThatVerdict(stoppedTooEarly(), needing(500).yardstick(Yardstick.UNKNOWN))
                    .isInconclusive("examples and labels enough");
        }
    }
}
