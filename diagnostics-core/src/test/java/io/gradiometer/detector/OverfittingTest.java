package io.gradiometer.detector;

import static io.gradiometer.Runs.aRun;
import static io.gradiometer.detector.VerdictAssert.assertThatVerdict;
import static io.gradiometer.finding.Severity.WARNING;

import io.gradiometer.RunBuilder;
import java.util.Arrays;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class OverfittingTest {

    private static Overfitting overfitting() {
        return new Overfitting(Overfitting.Limits.DEFAULT);
    }

    private static final double[] LOSSES = {1.1, 0.8, 0.65, 0.6, 0.58, 0.6, 0.65, 0.72, 0.8, 0.9};

    /** A healthy training that was validated in every fifth iteration. */
    private static RunBuilder validated(double... scores) {
        RunBuilder run = aRun();
        for (int i = 0; i < scores.length; i++) {
            run.validation(5 * i, scores[i]);
        }
        return run;
    }

    private static double[] accuracies(double... losses) {
        return Arrays.stream(losses).map(loss -> 1 - loss / 2).toArray();
    }

    @Nested
    class Fires {

        @Test
        void on_a_validation_loss_that_turned_round() {
            assertThatVerdict(overfitting(), validated(LOSSES))
                    .isFound(WARNING)
                    .saying("was best at iteration 20 (0.58) and is 0.8 at the end")
                    .saying("the training loss went on falling")
                    .withFact("share of the gain lost again", 0.22 / 0.52)
                    .withFact("best validation score", 0.58)
                    .withFact("validation score at the end", 0.8)
                    .seenIn(20, 49)
                    .detectedAt(49)
                    .withRemedies("early-stopping", "regularize")
                    .withRemedySaying("stop at iteration 20");
        }

        @Test
        void on_an_accuracy_that_turned_round() {
            assertThatVerdict(overfitting(), validated(accuracies(LOSSES)))
                    .isFound(WARNING)
                    .saying("was best at iteration 20 (0.71) and is 0.6 at the end")
                    .withFact("share of the gain lost again", 0.22 / 0.52);
        }

        @Test
        void on_a_validation_loss_that_ends_far_above_its_beginning() {
            assertThatVerdict(overfitting(), validated(1.1, 0.8, 0.65, 0.6, 0.58, 0.6, 0.9, 1.5, 3, 6))
                    .isFound(WARNING)
                    .withFact("best validation score", 0.58)
                    .withFact("validation score at the end", 3);
        }

        @Test
        void on_a_little_more_than_a_fifth_of_the_gain() {
            assertThatVerdict(overfitting(), validated(1, 0.8, 0.6, 0.4, 0.2, 0, 0.1, 0.21, 0.21))
                    .isFound(WARNING)
                    .withFact("share of the gain lost again", 0.21);
        }

        @Test
        void on_five_scores() {
            assertThatVerdict(overfitting(), validated(1, 0.5, 0, 0.5, 1)).isFound(WARNING);
        }

        @Test
        void on_more_scores_than_are_kept() {
            RunBuilder run = aRun().steps(1000);
            for (int i = 0; i < 1000; i++) {
                run.validation(i, Math.abs(i - 400) / 400.0);
            }
            assertThatVerdict(overfitting(), run)
                    .isFound(WARNING)
                    .seenIn(400, 999)
                    .withFact("share of the gain lost again", 1.49);
        }

        @Test
        void on_scores_whose_iterations_are_ahead_of_those_that_were_seen() {
            assertThatVerdict(overfitting(), validated(LOSSES).steps(10))
                    .isFound(WARNING)
                    .seenIn(9, 9);
        }

        @Test
        void where_the_training_loss_has_come_to_rest() {
            assertThatVerdict(overfitting(), validated(LOSSES).each(s -> s.skill(0.9)))
                    .isFound(WARNING)
                    .saying("the training loss did not rise");
        }
    }

    @Nested
    class StaysQuiet {

        @Test
        void without_validation_scores() {
            assertThatVerdict(overfitting(), aRun()).isNotApplicable();
        }

        @Test
        void on_scores_that_get_better_to_the_end() {
            double[] falling = {1.1, 0.8, 0.65, 0.6, 0.58, 0.57, 0.56};
            assertThatVerdict(overfitting(), validated(falling)).isClear();
            assertThatVerdict(overfitting(), validated(accuracies(falling))).isClear();
        }

        @Test
        void on_a_little_less_than_a_fifth_of_the_gain() {
            assertThatVerdict(overfitting(), validated(1, 0.8, 0.6, 0.4, 0.2, 0, 0.1, 0.19, 0.19))
                    .isClear();
        }

        @Test
        void on_an_accuracy_that_first_dips() {
            assertThatVerdict(overfitting(), validated(0.5, 0.49, 0.6, 0.7, 0.8, 0.85, 0.88, 0.9, 0.89, 0.88))
                    .isClear();
        }

        @Test
        void on_scores_that_only_jitter() {
            assertThatVerdict(overfitting(), validated(0.9, 0.91, 0.905, 0.91, 0.9, 0.905, 0.895, 0.9))
                    .isClear();
        }

        @Test
        void on_a_plateau_that_jitters_by_more_than_a_fifth_of_the_gain() {
            assertThatVerdict(overfitting(), validated(0.5, 0.8, 0.7, 0.81, 0.69, 0.8, 0.7, 0.79, 0.71, 0.7))
                    .isClear();
        }

        @Test
        void on_a_loss_of_what_was_gained_that_jitter_explains() {
            assertThatVerdict(overfitting(), validated(0, 1, 0.8, 1, 0.8, 1, 0.8, 1, 0.8, 0.6, 0.6))
                    .isClear();
        }

        @Test
        void on_a_gain_that_jitter_explains_however_low_scores_fall_later() {
            assertThatVerdict(overfitting(), validated(0.5, 0.7, 0.5, 0.7, 1.1, 0.7, 0.5, 0.7, 0.5, -0.1, -0.1))
                    .isClear();
        }

        @Test
        void on_moves_of_less_than_three_standard_deviations() {
            // Scores that lie 0.2 beside the line through their neighbours have a deviation of 0.2 / 0.826.
            assertThatVerdict(overfitting(), validated(0, 0.7, 0.5, 0.7, 0.5, 0.7, 0.5, 0.7, 0.1, 0.1))
                    .isClear();
        }

        @Test
        void on_a_single_bad_score_at_the_end() {
            assertThatVerdict(overfitting(), validated(1.1, 0.8, 0.65, 0.6, 0.58, 0.57, 0.56, 0.56, 0.9))
                    .isClear();
        }

        @Test
        void on_scores_that_never_change() {
            assertThatVerdict(overfitting(), validated(0.5, 0.5, 0.5, 0.5, 0.5, 0.5))
                    .isClear();
        }

        @Test
        void on_a_training_loss_that_rises_as_well() {
            assertThatVerdict(overfitting(), validated(LOSSES).each(s -> s.skill(0.9 - 0.01 * s.iteration())))
                    .isClear();
        }
    }

    @Nested
    class IsInconclusive {

        @Test
        void on_four_scores() {
            assertThatVerdict(overfitting(), validated(1, 0, 0.5, 1))
                    .isInconclusive("5 validation scores (4 handed in)");
        }

        @Test
        void and_does_not_count_scores_that_are_not_finite() {
            assertThatVerdict(overfitting(), validated(1, 0, Double.NaN, 0.5, Double.POSITIVE_INFINITY, 1))
                    .isInconclusive("5 validation scores (4 handed in)");
        }

        @Test
        void on_two_scores_however_few_the_user_asks_for() {
            Overfitting hasty = new Overfitting(new Overfitting.Limits(0.2, 1));
            assertThatVerdict(hasty, validated(1, 0)).isInconclusive("3 validation scores (2 handed in)");
            assertThatVerdict(hasty, validated(1, 0, 1)).isClear();
        }

        @Test
        void before_training() {
            assertThatVerdict(overfitting(), validated(LOSSES).steps(0)).isInconclusive("not one iteration was seen");
        }
    }
}
