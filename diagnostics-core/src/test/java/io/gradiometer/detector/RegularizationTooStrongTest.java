package io.gradiometer.detector;

import static io.gradiometer.Runs.aRun;
import static io.gradiometer.detector.VerdictAssert.assertThatVerdict;
import static io.gradiometer.finding.Severity.ERROR;
import static io.gradiometer.finding.Severity.INFO;

import io.gradiometer.RunBuilder;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class RegularizationTooStrongTest {

    private static RegularizationTooStrong regularizationTooStrong() {
        return new RegularizationTooStrong(RegularizationTooStrong.Limits.DEFAULT);
    }

    private static final double LOSS = Math.log(3);

    /** A network that knows nothing, of whose score this share is penalty. */
    private static RunBuilder penalized(double share) {
        return aRun().each(s -> s.skill(0).score(LOSS / (1 - share)));
    }

    @Nested
    class Fires {

        @Test
        void as_gravely_as_what_it_explains() {
            assertThatVerdict(
                            regularizationTooStrong(),
                            penalized(0.7).yardstick(0.9).each(s -> s.epoch(s.iteration() / 10)))
                    .isFound(ERROR);
        }

        @Test
        void on_a_penalty_that_outweighs_the_loss() {
            assertThatVerdict(regularizationTooStrong(), penalized(0.7))
                    .isFound(INFO)
                    .saying("70 % of the score is penalty on the weights; skill 0 at the end")
                    .withFact("share of the penalty in the score", 0.7)
                    .withFact("skill at the end", 0)
                    .seenIn(0, 49)
                    .detectedAt(49);
        }

        @Test
        void and_computes_by_how_much_to_weaken_it() {
            // The penalty is 7/3 of the loss, and is to be a tenth of it.
            assertThatVerdict(regularizationTooStrong(), penalized(0.7))
                    .withRemedies("weaken-regularization")
                    .withRemedySaying("divide L1 and L2 by 24,");
        }

        @Test
        void on_a_little_more_than_half() {
            assertThatVerdict(regularizationTooStrong(), penalized(0.51)).isFound(INFO);
        }

        @Test
        void where_a_simple_model_learns_far_more() {
            assertThatVerdict(regularizationTooStrong(), aRun().yardstick(0.9).each(s -> s.skill(0.3)
                            .score(0.7 * LOSS / 0.3)))
                    .isFound(INFO)
                    .withFact("share of the penalty in the score", 0.7)
                    .withFact("skill of a simple model", 0.9);
        }

        @Test
        void on_a_penalty_beside_a_sum_over_the_batch() {
            assertThatVerdict(regularizationTooStrong(), aRun().each(s -> s.skill(0)
                            .score(32 * LOSS / 0.3)))
                    .isFound(INFO)
                    .withFact("share of the penalty in the score", 0.7);
        }

        @Test
        void on_a_penalty_so_strong_that_it_looks_like_a_sum_at_first() {
            assertThatVerdict(regularizationTooStrong(), penalized(0.98).at(49, s -> s.score(LOSS / 0.3)))
                    .isFound(INFO)
                    .withFact("share of the penalty in the score", 0.98);
        }
    }

    @Nested
    class StaysQuiet {

        @Test
        void without_a_penalty() {
            assertThatVerdict(regularizationTooStrong(), penalized(0)).isNotApplicable();
        }

        @Test
        void on_a_little_less_than_half() {
            assertThatVerdict(regularizationTooStrong(), penalized(0.49)).isClear();
        }

        @Test
        void on_a_penalty_that_is_large_at_first_only() {
            assertThatVerdict(regularizationTooStrong(), penalized(0.9).from(20, s -> s.score(LOSS / 0.9)))
                    .isClear();
        }

        @Test
        void on_a_network_that_learned() {
            assertThatVerdict(regularizationTooStrong(), aRun().each(s -> s.skill(0.9)
                            .score(0.1 * LOSS / 0.3)))
                    .isClear();
        }

        @Test
        void on_a_score_that_is_the_sum_over_the_batch() {
            assertThatVerdict(regularizationTooStrong(), aRun().each(s -> s.skill(0)
                            .score(32 * LOSS)))
                    .isNotApplicable();
        }

        @Test
        void on_losses_that_are_negative() {
            assertThatVerdict(
                            regularizationTooStrong(),
                            aRun().each(s -> s.constantLoss(-2).loss(-2).score(1)))
                    .isNotApplicable();
        }
    }

    @Nested
    class IsInconclusive {

        @Test
        void before_ten_iterations() {
            assertThatVerdict(regularizationTooStrong(), penalized(0.7).steps(9))
                    .isInconclusive("1 more iteration (9 seen, 10 needed)");
            assertThatVerdict(regularizationTooStrong(), penalized(0.7).steps(10))
                    .isFound(INFO);
        }
    }
}
