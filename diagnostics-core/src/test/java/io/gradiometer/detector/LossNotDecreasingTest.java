package io.gradiometer.detector;

import static io.gradiometer.Runs.aRun;
import static io.gradiometer.detector.VerdictAssert.assertThatVerdict;
import static io.gradiometer.finding.Severity.ERROR;

import io.gradiometer.RunBuilder;
import io.gradiometer.signal.TensorStats;
import io.gradiometer.signal.Yardstick;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class LossNotDecreasingTest {

    private static LossNotDecreasing lossNotDecreasing() {
        return new LossNotDecreasing(LossNotDecreasing.Limits.DEFAULT);
    }

    /** Fifty iterations in five passes, all at the same skill. */
    private static RunBuilder at(double skill) {
        return aRun().each(s -> s.epoch(s.iteration() / 10).skill(skill));
    }

    /** No gradient reaches anything, which is an error of its own. */
    private static RunBuilder cutOff(RunBuilder run) {
        return run.each(s -> s.still("dense_0").still("dense_1").still("out"));
    }

    @Nested
    class Fires {

        @Test
        void on_a_loss_that_stands_still_where_a_simple_model_learns() {
            assertThatVerdict(lossNotDecreasing(), at(0).yardstick(0.9))
                    .isFound(ERROR)
                    .inLayers()
                    .seenIn(0, 49)
                    .detectedAt(19)
                    .withConfidence(0.97)
                    .withFact("gain over the run, at most", 0)
                    .withLimit("gain over the run, at most", 0.01)
                    .withFact("skill at the end", 0)
                    .withFact("skill of a simple model", 0.9)
                    .saying("did not fall in 50 iterations: skill 0 at the end; a simple model reaches 0.9")
                    .saying("gradients: none explode, fade, or are not finite")
                    .withRemedies("overfit-one-batch");
        }

        @Test
        void just_below_what_counts_as_knowing_something() {
            assertThatVerdict(lossNotDecreasing(), at(0.049).yardstick(0.9)).isFound(ERROR);
        }

        @Test
        void on_examples_of_which_a_simple_model_learns_a_little() {
            assertThatVerdict(lossNotDecreasing(), at(0).yardstick(0.11)).isFound(ERROR);
        }

        @Test
        void on_few_examples_that_were_shown_often_enough_to_know_them_by_heart() {
            assertThatVerdict(lossNotDecreasing(), at(0).yardstick(new Yardstick(500, 0, 0, 20, false)))
                    .isFound(ERROR)
                    .withConfidence(0.9)
                    .saying("its 500 examples were shown 20 times each");
        }

        @Test
        void on_gains_too_small_to_be_progress() {
            assertThatVerdict(
                            lossNotDecreasing(),
                            at(0).each(s -> s.skill(1e-4 * s.iteration())).yardstick(0.9))
                    .isFound(ERROR)
                    .withFact("gain over the run, at most", 0.0049);
        }

        @Test
        void on_gains_that_are_small_beside_how_far_the_loss_is_from_a_constant_s() {
            assertThatVerdict(
                            lossNotDecreasing(),
                            at(0).each(s -> s.skill(-99 + 0.01 * s.iteration())).yardstick(0.9))
                    .isFound(ERROR);
        }

        @Test
        void on_twenty_iterations_in_two_passes() {
            assertThatVerdict(lossNotDecreasing(), at(0).steps(20).yardstick(0.9))
                    .isFound(ERROR)
                    .detectedAt(19);
        }

        @Test
        void on_two_hundred_iterations_in_one_pass() {
            assertThatVerdict(
                            lossNotDecreasing(),
                            aRun().steps(200).each(s -> s.skill(0)).yardstick(0.9))
                    .isFound(ERROR);
        }

        @Test
        void on_a_loss_that_is_lost() {
            assertThatVerdict(lossNotDecreasing(), aRun().from(30, s -> s.loss(Double.NaN)))
                    .isFound(ERROR)
                    .withConfidence(0.99)
                    .saying("did not fall in 50 iterations: the loss is not finite at the end.");
        }

        @Test
        void from_twenty_iterations_on_where_the_loss_is_lost() {
            assertThatVerdict(lossNotDecreasing(), aRun().steps(20).each(s -> s.loss(Double.NaN)))
                    .isFound(ERROR)
                    .detectedAt(19);
        }

        @Test
        void in_the_first_iteration_where_another_symptom_shows_why() {
            assertThatVerdict(lossNotDecreasing(), aRun().steps(1).each(s -> s.skill(0)
                            .features(new TensorStats(320, 0, 0, 0, 0, 5))))
                    .isFound(ERROR)
                    .saying("in 1 iteration:");
        }

        @Test
        void at_once_where_another_symptom_shows_why() {
            assertThatVerdict(lossNotDecreasing(), cutOff(aRun().steps(3).each(s -> s.skill(0))))
                    .isFound(ERROR)
                    .detectedAt(2)
                    .withConfidence(0.9)
                    .saying("another symptom shows why it cannot");
        }

        @Test
        void in_the_iterations_that_were_seen_of_a_network_that_goes_on_training() {
            assertThatVerdict(lossNotDecreasing(), at(0).yardstick(0.9).each(s -> s.iterationIs(5_000 + s.iteration())))
                    .seenIn(5_000, 5_049)
                    .detectedAt(5_019);
        }

        @Test
        void on_a_loss_that_keeps_its_first_value_where_no_skill_is_known() {
            assertThatVerdict(
                            lossNotDecreasing(),
                            at(0).each(s -> s.constantLoss(Double.NaN).loss(2))
                                    .yardstick(new Yardstick(500, Double.NaN, Double.NaN, 20, false)))
                    .isFound(ERROR)
                    .withFact("share of the loss gone", 0);
        }
    }

    @Nested
    class StaysQuiet {

        @Test
        void on_a_network_that_learns() {
            assertThatVerdict(lossNotDecreasing(), aRun().yardstick(0.9)).isClear();
        }

        @Test
        void on_a_network_that_knows_something_and_stands_still() {
            assertThatVerdict(lossNotDecreasing(), at(0.051).yardstick(0.9)).isClear();
        }

        @Test
        void on_a_network_that_falls_behind_but_knows_something() {
            assertThatVerdict(
                            lossNotDecreasing(),
                            at(0.9).from(25, s -> s.skill(0.3)).yardstick(0.9))
                    .isClear();
        }

        @Test
        void on_a_network_that_is_ill_and_still_rises() {
            assertThatVerdict(
                            lossNotDecreasing(),
                            cutOff(at(0).each(s -> s.skill(-2 + 0.04 * s.iteration())))
                                    .yardstick(0.9))
                    .isClear();
        }
    }

    @Nested
    class IsInconclusive {

        @Test
        void on_a_loss_that_was_lost_before_it_could_have_fallen() {
            assertThatVerdict(lossNotDecreasing(), aRun().steps(19).each(s -> s.loss(Double.NaN)))
                    .isInconclusive("a finite loss");
        }

        @Test
        void before_the_first_iteration() {
            assertThatVerdict(lossNotDecreasing(), aRun().steps(0)).isInconclusive("not one iteration");
        }

        @Test
        void before_twenty_iterations() {
            assertThatVerdict(lossNotDecreasing(), at(0).steps(19).yardstick(0.9))
                    .isInconclusive("19 iterations in 2 passes");
        }

        @Test
        void within_the_first_pass_over_much_data() {
            assertThatVerdict(
                            lossNotDecreasing(),
                            aRun().steps(199).each(s -> s.skill(0)).yardstick(0.9))
                    .isInconclusive("199 iterations in 1 pass over");
        }

        @Test
        void while_the_skill_rises_from_below() {
            assertThatVerdict(
                            lossNotDecreasing(),
                            at(0).each(s -> s.skill(-2 + 0.04 * s.iteration())).yardstick(0.9))
                    .isInconclusive("still rises (-0.42 at the end)");
        }

        @Test
        void while_the_skill_rises_a_little() {
            assertThatVerdict(
                            lossNotDecreasing(),
                            at(0).each(s -> s.skill(4e-4 * s.iteration())).yardstick(0.9))
                    .isInconclusive("still rises");
        }

        @Test
        void while_the_skill_rises_after_having_fallen() {
            assertThatVerdict(
                            lossNotDecreasing(),
                            at(0).each(s -> s.skill(-0.5 + 0.02 * Math.abs(s.iteration() - 25)))
                                    .yardstick(0.9))
                    .isInconclusive("still rises");
        }

        @Test
        void when_the_skill_rose_to_nothing_from_far_below() {
            assertThatVerdict(
                            lossNotDecreasing(),
                            at(0).each(s -> s.skill(Math.min(0, -1 + 0.04 * s.iteration())))
                                    .yardstick(0.9))
                    .isInconclusive("still rises");
        }

        @Test
        void where_a_simple_model_learns_nothing_either() {
            assertThatVerdict(lossNotDecreasing(), at(0).yardstick(0.09))
                    .isInconclusive("labels that can be predicted");
        }

        @Test
        void on_examples_that_were_not_shown_often_enough() {
            assertThatVerdict(lossNotDecreasing(), at(0).yardstick(new Yardstick(500, 0, 0, 19.9, false)))
                    .isInconclusive("labels that can be predicted");
        }

        @Test
        void on_examples_that_contradict_each_other_however_often_they_were_shown() {
            assertThatVerdict(lossNotDecreasing(), at(0).yardstick(new Yardstick(500, 0, 0, 200, true)))
                    .isInconclusive("labels that can be predicted");
        }

        @Test
        void where_another_symptom_is_a_warning_only() {
            assertThatVerdict(lossNotDecreasing(), aRun().each(s -> s.epoch(s.iteration() / 5)
                            .skill(s.iteration() / 5 % 2 == 0 ? 0 : -0.2)))
                    .isInconclusive("labels that can be predicted");
        }

        @Test
        void on_a_loss_that_no_skill_and_no_first_value_can_judge() {
            assertThatVerdict(lossNotDecreasing(), at(0).each(s -> s.constantLoss(Double.NaN)
                            .loss(-0.6)))
                    .isInconclusive("a loss that can be judged: whether it learned cannot be told");
        }
    }
}
