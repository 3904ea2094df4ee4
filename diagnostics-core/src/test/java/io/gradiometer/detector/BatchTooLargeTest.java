package io.gradiometer.detector;

import static io.gradiometer.Runs.aRun;
import static io.gradiometer.detector.VerdictAssert.assertThatVerdict;
import static io.gradiometer.finding.Severity.INFO;

import io.gradiometer.RunBuilder;
import io.gradiometer.signal.Yardstick;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class BatchTooLargeTest {

    private static BatchTooLarge batchTooLarge() {
        return new BatchTooLarge(BatchTooLarge.Limits.DEFAULT);
    }

    /** Training that rises steadily, would take many times its length to get anywhere, and has few steps in a pass. */
    private static RunBuilder slow(int stepsInPass, int examples) {
        return aRun().yardstick(0.9).steps(6 * stepsInPass).each(s -> s.epoch(s.iteration() / stepsInPass)
                .examples(examples)
                .skill(0.1 + 0.002 * s.iteration()));
    }

    @Nested
    class Fires {

        @Test
        void on_a_few_steps_of_large_batches_in_slow_training() {
            assertThatVerdict(batchTooLarge(), slow(3, 512))
                    .isFound(INFO)
                    .withFact("steps in a pass", 3)
                    .withFact("examples in a batch", 512)
                    .saying("3 steps of 512 examples; skill")
                    .saying("where a simple model reaches 0.9")
                    .seenIn(0, 17)
                    .detectedAt(17)
                    .withRemedies("smaller-batch")
                    .withRemedySaying("512 → 64, for 8 times as many steps");
        }

        @Test
        void on_training_that_would_have_needed_little_more() {
            assertThatVerdict(batchTooLarge(), slow(3, 512).each(s -> s.skill(0.02 * s.iteration())))
                    .isFound(INFO);
        }

        @Test
        void up_to_four_steps_in_a_pass() {
            assertThatVerdict(batchTooLarge(), slow(4, 512)).isFound(INFO).withFact("steps in a pass", 4);
        }

        @Test
        void from_256_examples_on() {
            assertThatVerdict(batchTooLarge(), slow(3, 256))
                    .isFound(INFO)
                    .withRemedySaying("256 → 32, for 8 times as many steps");
        }

        @Test
        void on_the_mean_size_where_batches_differ() {
            assertThatVerdict(batchTooLarge(), slow(2, 512).each(s -> s.examples(s.iteration() % 2 == 0 ? 512 : 100)))
                    .isFound(INFO)
                    .withFact("examples in a batch", 306);
        }

        @Test
        void on_the_whole_data_in_one_step() {
            assertThatVerdict(batchTooLarge(), slow(1, 1000).steps(12))
                    .isFound(INFO)
                    .saying("A pass over the data is 1 step of 1000 examples")
                    .withRemedySaying("1000 → 125");
        }

        @Test
        void and_asks_for_less_even_where_the_user_counts_little_as_large() {
            BatchTooLarge strict = new BatchTooLarge(new BatchTooLarge.Limits(4, 20, 3));
            assertThatVerdict(strict, slow(3, 40)).isFound(INFO).withRemedySaying("40 → 20, for 2 times as many steps");
        }
    }

    @Nested
    class StaysQuiet {

        @Test
        void on_large_batches_of_a_network_that_has_another_disease() {
            assertThatVerdict(batchTooLarge(), slow(3, 512).each(s -> s.still("dense_0")))
                    .isClear();
        }

        @Test
        void on_a_healthy_run() {
            assertThatVerdict(batchTooLarge(), aRun()).isClear();
        }

        @Test
        void on_large_batches_of_a_network_that_learns() {
            assertThatVerdict(batchTooLarge(), slow(3, 512).each(s -> s.skill(0.9)))
                    .isClear();
        }

        @Test
        void on_large_batches_of_a_network_that_gets_nowhere_at_all() {
            assertThatVerdict(batchTooLarge(), slow(3, 512).each(s -> s.skill(0)))
                    .isClear();
        }

        @Test
        void on_batches_that_are_just_not_large() {
            assertThatVerdict(batchTooLarge(), slow(3, 255)).isClear();
        }

        @Test
        void on_large_batches_of_which_a_pass_has_many() {
            assertThatVerdict(batchTooLarge(), slow(5, 512)).isClear();
        }

        @Test
        void where_nobody_knows_what_can_be_learned() {
            assertThatVerdict(batchTooLarge(), slow(3, 512).yardstick(Yardstick.UNKNOWN))
                    .isClear();
        }
    }

    @Nested
    class IsInconclusive {

        @Test
        void before_five_iterations() {
            assertThatVerdict(batchTooLarge(), slow(3, 512).steps(4))
                    .isInconclusive("1 more iteration (4 seen, 5 needed)");
            assertThatVerdict(batchTooLarge(), slow(3, 512).steps(5)).isClear();
        }
    }
}
