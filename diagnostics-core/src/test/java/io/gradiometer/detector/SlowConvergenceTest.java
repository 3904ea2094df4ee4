package io.gradiometer.detector;

import static io.gradiometer.Runs.aRun;
import static io.gradiometer.detector.VerdictAssert.assertThatVerdict;
import static io.gradiometer.finding.Severity.WARNING;
import static org.assertj.core.api.Assertions.assertThat;

import io.gradiometer.Run;
import io.gradiometer.RunBuilder;
import io.gradiometer.config.Configuration;
import io.gradiometer.finding.Finding;
import io.gradiometer.signal.TensorStats;
import io.gradiometer.signal.Yardstick;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class SlowConvergenceTest {

    private static final double YARDSTICK = 0.9;

    private static SlowConvergence slowConvergence() {
        return new SlowConvergence(SlowConvergence.Limits.DEFAULT);
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
        void on_a_skill_that_rises_too_slowly() {
            assertThatVerdict(slowConvergence(), needing(5))
                    .isFound(WARNING)
                    .inLayers()
                    .seenIn(0, 59)
                    .detectedAt(59)
                    .withConfidence(0.9)
                    .withFact("length still needed, in runs", 5)
                    .withLimit("length still needed, in runs", 3.0)
                    .withFact("skill at the end", 49.5 * YARDSTICK / 349.5)
                    .withFact("skill of a simple model", YARDSTICK)
                    .withFact("skill gained over the last half", 29 * YARDSTICK / 349.5)
                    .saying(
                            "After 60 iterations the skill is 0.127, where a simple model reaches 0.9; at its pace it would"
                                    + " take 5 times as long again")
                    .withRemedies("train-longer");
        }

        @Test
        void on_one_that_would_need_a_little_more_than_three_times_as_long_again() {
            assertThatVerdict(slowConvergence(), needing(3.1))
                    .isFound(WARNING)
                    .withRemedySaying("train longer: 6 → 25 passes");
        }

        @Test
        void and_proposes_a_hundred_times_the_length_at_most() {
            assertThat(Remedies.longer(6, 5_000).summary()).contains("6 → 606 passes");
        }

        @Test
        void on_a_skill_that_rises_below_that_of_a_constant() {
            assertThatVerdict(slowConvergence(), needing(5).each(s -> s.skill(-1 + 0.001 * s.iteration())))
                    .isFound(WARNING);
        }

        @Test
        void and_says_where_steps_are_short_that_this_is_why() {
            Run run = needing(5).build();

            List<Finding> story = Examination.of(run.model(), run.steps(), Configuration.of(), run.yardstick())
                    .findings();

            assertThat(story).extracting(Finding::id).startsWith("slow-convergence");
            assertThat(story.get(0).because()).contains("learning-rate-too-low");
        }

        @Test
        void on_eight_iterations_in_three_passes() {
            assertThatVerdict(slowConvergence(), needing(50).steps(8).each(s -> s.epoch(s.iteration() / 3)))
                    .isFound(WARNING);
        }

        @Test
        void whatever_layers_near_the_input_miss() {
            assertThatVerdict(slowConvergence(), needing(5).each(s -> s.gradientRms("dense_0", 0)
                            .signal("dense_0", 0)))
                    .isFound(WARNING);
        }
    }

    @Nested
    class StaysQuiet {

        @Test
        void on_a_network_that_learns() {
            assertThatVerdict(slowConvergence(), aRun()).isClear();
        }

        @Test
        void on_a_skill_that_would_need_a_little_less_than_three_times_as_long_again() {
            assertThatVerdict(slowConvergence(), needing(2.9)).isClear();
        }

        @Test
        void on_a_skill_that_does_not_rise() {
            assertThatVerdict(slowConvergence(), needing(5).each(s -> s.skill(0.1)))
                    .isClear();
        }

        @Test
        void on_a_skill_that_rose_in_the_first_half_alone() {
            assertThatVerdict(slowConvergence(), needing(5).each(s -> s.skill(0.01 * Math.min(20, s.iteration()))))
                    .isClear();
        }

        @Test
        void on_a_skill_that_falls() {
            assertThatVerdict(slowConvergence(), needing(5).each(s -> s.skill(0.3 - 0.002 * s.iteration())))
                    .isClear();
        }

        @Test
        void on_a_network_not_far_from_what_a_simple_model_reaches() {
            assertThatVerdict(slowConvergence(), needing(5).yardstick(0.3)).isClear();
        }

        @Test
        void on_a_network_that_knows_something_where_nobody_knows_how_much_there_is() {
            assertThatVerdict(slowConvergence(), needing(5).yardstick(Yardstick.UNKNOWN))
                    .isClear();
        }

        @Test
        void on_a_network_that_is_ill_otherwise() {
            assertThatVerdict(
                            slowConvergence(),
                            needing(5).at(20, s -> s.update("out", "b", new TensorStats(3, 0, 0, 0, 0, 3))))
                    .isClear();
        }
    }

    @Nested
    class IsInconclusive {

        @Test
        void before_the_first_iteration() {
            assertThatVerdict(slowConvergence(), aRun().steps(0)).isInconclusive("not one iteration");
        }

        @Test
        void before_three_passes() {
            assertThatVerdict(slowConvergence(), needing(5).each(s -> s.epoch(s.iteration() / 30)))
                    .isInconclusive("3 passes over the data (2 seen) and 8 iterations");
        }

        @Test
        void before_eight_iterations() {
            assertThatVerdict(slowConvergence(), needing(50).steps(7).each(s -> s.epoch(s.iteration())))
                    .isInconclusive("3 passes over the data (7 seen) and 8 iterations");
        }

        @Test
        void where_it_is_not_known_what_a_constant_prediction_costs() {
            assertThatVerdict(slowConvergence(), needing(5).each(s -> s.constantLoss(Double.NaN)))
                    .isInconclusive("labels that tell what a constant prediction costs");
        }

        @Test
        void once_the_loss_is_lost() {
            assertThatVerdict(slowConvergence(), needing(5).at(59, s -> s.loss(Double.NaN)))
                    .isInconclusive("a finite loss");
        }

        @Test
        void on_a_network_that_knows_nothing_where_nobody_knows_how_much_there_is() {
            assertThatVerdict(slowConvergence(), needing(500).yardstick(Yardstick.UNKNOWN))
                    .isInconclusive("examples enough to tell what there is to learn");
        }
    }
}
