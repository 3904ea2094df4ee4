package io.gradiometer.detector;

import static io.gradiometer.Runs.aRun;
import static io.gradiometer.detector.VerdictAssert.assertThatVerdict;
import static io.gradiometer.finding.Severity.INFO;

import io.gradiometer.RunBuilder;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class BatchTooSmallTest {

    private static BatchTooSmall batchTooSmall() {
        return new BatchTooSmall(BatchTooSmall.Limits.DEFAULT);
    }

    /** Ten passes of four steps each, whose mean loss goes up and down while little is learned. */
    private static RunBuilder oscillating(int examples) {
        return aRun().yardstick(0.9)
                .steps(40)
                .each(s -> s.epoch(s.iteration() / 4).examples(examples).skill(s.iteration() / 4 % 2 == 0 ? 0.3 : 0.1));
    }

    @Nested
    class Fires {

        @Test
        void on_tiny_batches_where_the_loss_oscillates() {
            assertThatVerdict(batchTooSmall(), oscillating(2))
                    .isFound(INFO)
                    .withFact("examples in a batch", 2)
                    .saying("Batches of 2 examples teach")
                    .saying("where a simple model reaches 0.9")
                    .seenIn(0, 39)
                    .detectedAt(39)
                    .withRemedies("larger-batch")
                    .withRemedySaying("2 → 8");
        }

        @Test
        void on_single_examples() {
            assertThatVerdict(batchTooSmall(), oscillating(1))
                    .isFound(INFO)
                    .saying("Batches of 1 example teach")
                    .withRemedySaying("1 → 4");
        }

        @Test
        void up_to_four_examples() {
            assertThatVerdict(batchTooSmall(), oscillating(4)).isFound(INFO).withFact("examples in a batch", 4);
        }

        @Test
        void on_the_mean_size_where_batches_differ() {
            assertThatVerdict(batchTooSmall(), oscillating(2).each(s -> s.examples(s.iteration() % 2 == 0 ? 2 : 5)))
                    .isFound(INFO)
                    .withFact("examples in a batch", 3.5)
                    .withRemedySaying("3.5 → 14");
        }
    }

    @Nested
    class StaysQuiet {

        @Test
        void on_a_healthy_run() {
            assertThatVerdict(batchTooSmall(), aRun()).isClear();
        }

        @Test
        void on_tiny_batches_whose_loss_settles() {
            assertThatVerdict(batchTooSmall(), oscillating(2).each(s -> s.skill(0.3)))
                    .isClear();
        }

        @Test
        void on_tiny_batches_of_a_network_that_oscillates_high_up() {
            assertThatVerdict(
                            batchTooSmall(), oscillating(2).each(s -> s.skill(s.iteration() / 4 % 2 == 0 ? 0.9 : 0.8)))
                    .isClear();
        }

        @Test
        void on_tiny_batches_of_a_network_whose_trouble_is_another() {
            assertThatVerdict(batchTooSmall(), aRun().each(s -> s.examples(2)
                            .updateRatio("dense_1", 2)
                            .skill(-0.5)))
                    .isClear();
        }

        @Test
        void on_batches_that_are_just_not_tiny() {
            assertThatVerdict(batchTooSmall(), oscillating(5)).isClear();
        }
    }

    @Nested
    class IsInconclusive {

        @Test
        void before_twenty_iterations() {
            assertThatVerdict(batchTooSmall(), oscillating(2).steps(19))
                    .isInconclusive("1 more iteration (19 seen, 20 needed)");
            assertThatVerdict(batchTooSmall(), oscillating(2).steps(20)).isClear();
        }
    }
}
