package io.gradiometer.detector;

import static io.gradiometer.Runs.aNetwork;
import static io.gradiometer.Runs.aRun;
import static io.gradiometer.detector.VerdictAssert.assertThatVerdict;
import static io.gradiometer.finding.Severity.ERROR;
import static io.gradiometer.finding.Severity.INFO;

import io.gradiometer.RunBuilder;
import io.gradiometer.StepBuilder;
import io.gradiometer.signal.ColumnStats;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class DataNotShuffledTest {

    private static DataNotShuffled dataNotShuffled() {
        return new DataNotShuffled(DataNotShuffled.Limits.DEFAULT);
    }

    private static ColumnStats column(int rows, double share) {
        double deviation = Math.sqrt(share * (1 - share));
        return new ColumnStats(rows, share, deviation, share == 1 ? 1 : 0, share == 0 ? 0 : 1, 0);
    }

    /** A batch of three classes in which one has this share and the next one all the rest. */
    private static void batch(StepBuilder step, int rows, int largest, double share) {
        ColumnStats[] columns = {column(rows, 0), column(rows, 0), column(rows, 0)};
        columns[largest] = column(rows, share);
        columns[(largest + 1) % 3] = column(rows, 1 - share);
        step.labelColumns(columns);
    }

    /** Batches in which the classes have this share in turn. */
    private static RunBuilder sorted(int rows, double share) {
        return aRun().each(s -> batch(s, rows, s.iteration() % 3, share));
    }

    @Nested
    class Fires {

        @Test
        void as_gravely_as_what_it_explains() {
            assertThatVerdict(dataNotShuffled(), sorted(32, 1).yardstick(0.9).each(s -> s.epoch(s.iteration() / 10)
                            .skill(0)))
                    .isFound(ERROR);
        }

        @Test
        void on_first_batches_of_one_class_where_the_run_has_more() {
            assertThatVerdict(dataNotShuffled(), aRun().each(s -> batch(s, 32, 1, 1)))
                    .isFound(INFO);
        }

        @Test
        void on_batches_of_one_class_each() {
            assertThatVerdict(dataNotShuffled(), sorted(32, 1))
                    .isFound(INFO)
                    .saying("Each of the first 50 batches holds one class")
                    .withFact("share of its largest class in each batch, at least", 1)
                    .seenIn(0, 49)
                    .detectedAt(0)
                    .withRemedies("shuffle");
        }

        @Test
        void on_batches_that_are_nearly_pure() {
            assertThatVerdict(dataNotShuffled(), sorted(200, 0.995))
                    .isFound(INFO)
                    .withFact("share of its largest class in each batch, at least", 0.995);
        }

        @Test
        void on_one_column_that_is_all_0_or_all_1_in_turn() {
            assertThatVerdict(
                            dataNotShuffled(),
                            aRun(aNetwork().dense("dense_0", 10, 10, "tanh").output("out", 10, 1, "xent"))
                                    .each(s -> s.labelColumns(column(32, s.iteration() % 2))))
                    .isFound(INFO);
        }

        @Test
        void on_pure_batches_alone_where_the_user_asks_for_that() {
            DataNotShuffled strict = new DataNotShuffled(new DataNotShuffled.Limits(1, 8));
            assertThatVerdict(strict, sorted(32, 1)).isFound(INFO);
            assertThatVerdict(strict, sorted(200, 0.995)).isClear();
            assertThatVerdict(strict, aRun().each(s -> batch(s, 32, 1, 1)).each(s -> s.constantLoss(0)))
                    .isClear();
        }

        @Test
        void on_two_batches_of_eight_labels() {
            assertThatVerdict(dataNotShuffled(), sorted(8, 1).steps(2)).isFound(INFO);
        }
    }

    @Nested
    class StaysQuiet {

        @Test
        void on_a_healthy_run() {
            assertThatVerdict(dataNotShuffled(), aRun()).isClear();
        }

        @Test
        void on_batches_that_are_not_quite_pure() {
            assertThatVerdict(dataNotShuffled(), sorted(200, 0.985)).isClear();
        }

        @Test
        void on_a_single_mixed_batch_among_pure_ones() {
            assertThatVerdict(dataNotShuffled(), sorted(32, 1).at(7, s -> batch(s, 32, 0, 0.5)))
                    .isClear();
        }

        @Test
        void on_batches_that_all_hold_the_same_class() {
            assertThatVerdict(
                            dataNotShuffled(),
                            aRun().each(s -> batch(s, 32, 1, 1)).each(s -> s.constantLoss(0)))
                    .isClear();
        }

        @Test
        void on_a_class_that_has_nearly_all_labels() {
            assertThatVerdict(dataNotShuffled(), aRun().each(s -> batch(s, 200, 1, 0.995)))
                    .isClear();
        }

        @Test
        void on_small_batches_that_are_mixed() {
            assertThatVerdict(dataNotShuffled(), sorted(4, 0.5)).isClear();
        }

        @Test
        void on_numbers() {
            assertThatVerdict(
                            dataNotShuffled(),
                            aRun(aNetwork().dense("dense_0", 10, 10, "tanh").output("out", 10, 1, "mse")))
                    .isNotApplicable();
        }
    }

    @Nested
    class IsInconclusive {

        @Test
        void before_two_iterations() {
            assertThatVerdict(dataNotShuffled(), sorted(32, 1).steps(1))
                    .isInconclusive("1 more iteration (1 seen, 2 needed)");
        }

        @Test
        void on_one_batch_that_was_described() {
            assertThatVerdict(dataNotShuffled(), sorted(32, 1).from(1, s -> s.labelColumns()))
                    .isInconclusive("two batches of 8 labels");
        }

        @Test
        void on_small_batches_that_may_be_pure_by_chance() {
            assertThatVerdict(dataNotShuffled(), sorted(7, 1)).isInconclusive("two batches of 8 labels");
        }
    }
}
