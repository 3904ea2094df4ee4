package io.gradiometer.detector;

import static io.gradiometer.Runs.aNetwork;
import static io.gradiometer.Runs.aRun;
import static io.gradiometer.detector.VerdictAssert.assertThatVerdict;
import static io.gradiometer.finding.Severity.ERROR;
import static io.gradiometer.finding.Severity.WARNING;

import io.gradiometer.NetworkBuilder;
import io.gradiometer.RunBuilder;
import io.gradiometer.signal.ColumnStats;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class LabelsInvalidTest {

    private static LabelsInvalid labelsInvalid() {
        return new LabelsInvalid(LabelsInvalid.Limits.DEFAULT);
    }

    private static NetworkBuilder head(int units, String activation, String loss) {
        return aNetwork().dense("dense", 10, 10, "tanh").output("out", 10, units, activation, loss);
    }

    private static ColumnStats constant(long count, double value) {
        return new ColumnStats(count, value, 0, value, value, 0);
    }

    /** Labels of one column, spread over a range, as class numbers are. */
    private static RunBuilder between(double min, double max, String activation, String loss) {
        ColumnStats labels = new ColumnStats(32, (min + max) / 2, (max - min) / 3, min, max, 0);
        return aRun(head(1, activation, loss)).each(s -> s.labelColumns(labels));
    }

    @Nested
    class Fires {

        @Test
        void on_a_label_that_is_not_a_number() {
            assertThatVerdict(
                            labelsInvalid(),
                            aRun(head(1, "identity", "LossMSE"))
                                    .at(5, s -> s.labelColumns(new ColumnStats(31, 0, 1, -2, 2, 1))))
                    .isFound(ERROR)
                    .saying("1 label is NaN or infinite in the batches that were read")
                    .withFact("labels that are not finite", 1)
                    .withRemedies("clean-labels")
                    .withRemedySaying("drop the examples");
        }

        @Test
        void on_labels_none_of_which_is_a_number() {
            assertThatVerdict(
                            labelsInvalid(),
                            aRun(head(1, "identity", "LossMSE"))
                                    .steps(2)
                                    .each(s -> s.labelColumns(
                                            new ColumnStats(0, Double.NaN, Double.NaN, Double.NaN, Double.NaN, 32))))
                    .isFound(ERROR)
                    .saying("64 labels are NaN or infinite in the batches that were read")
                    .seenIn(0, 1)
                    .detectedAt(0);
        }

        @Test
        void as_a_warning_on_labels_that_are_all_the_same() {
            assertThatVerdict(
                            labelsInvalid(),
                            aRun(head(1, "identity", "LossMSE")).steps(1).each(s -> s.labelColumns(constant(32, 7))
                                    .constantLoss(0)))
                    .isFound(WARNING)
                    .saying("all 32 labels of the first batches are the same (7): a constant answer is perfect")
                    .withFact("spread of the labels", 0)
                    .withRemedySaying("shuffle the data");
        }

        @Test
        void as_a_warning_on_rows_that_all_name_one_class() {
            assertThatVerdict(
                            labelsInvalid(),
                            aRun(head(3, "softmax", "LossMCXENT"))
                                    .each(s -> s.labelColumns(constant(32, 0), constant(32, 1), constant(32, 0))
                                            .constantLoss(0)))
                    .isFound(WARNING)
                    .saying("are the same: a constant answer is perfect");
        }

        @Test
        void on_class_numbers_below_a_sigmoid() {
            assertThatVerdict(labelsInvalid(), between(0, 9, "sigmoid", "LossMSE"))
                    .isFound(ERROR)
                    .saying("labels go from 0 to 9 in one column, as class numbers do, and sigmoid gives probabilities")
                    .withFact("largest label", 9)
                    .withRemedySaying("give each of the 10 classes a column of its own (one-hot), with 10 outputs");
        }

        @Test
        void on_class_numbers_below_a_softmax() {
            assertThatVerdict(labelsInvalid(), between(0, 2, "softmax", "LossMCXENT"))
                    .isFound(ERROR)
                    .withFact("largest label", 2);
        }

        @Test
        void on_as_many_as_a_thousand_and_one_classes() {
            assertThatVerdict(labelsInvalid(), between(0, 1000, "sigmoid", "LossMSE"))
                    .isFound(ERROR);
        }
    }

    @Nested
    class StaysQuiet {

        @Test
        void on_first_batches_of_one_class_where_the_run_has_more() {
            assertThatVerdict(
                            labelsInvalid(),
                            aRun(head(3, "softmax", "LossMCXENT"))
                                    .each(s -> s.labelColumns(constant(32, 0), constant(32, 1), constant(32, 0))))
                    .isClear();
        }

        @Test
        void on_a_network_that_learns() {
            assertThatVerdict(labelsInvalid(), aRun()).isClear();
        }

        @Test
        void on_a_batch_of_one_class() {
            assertThatVerdict(
                            labelsInvalid(),
                            aRun(head(1, "identity", "LossMSE")).steps(1).each(s -> s.labelColumns(constant(31, 7))))
                    .isClear();
        }

        @Test
        void on_one_class_that_never_occurs() {
            ColumnStats half = new ColumnStats(32, 0.5, 0.5, 0, 1, 0);
            assertThatVerdict(
                            labelsInvalid(),
                            aRun(head(3, "softmax", "LossMCXENT"))
                                    .each(s -> s.labelColumns(constant(32, 0), half, half)))
                    .isClear();
        }

        @Test
        void on_batches_that_each_hold_one_class() {
            assertThatVerdict(
                            labelsInvalid(),
                            aRun(head(1, "sigmoid", "LossBinaryXENT"))
                                    .each(s -> s.labelColumns(constant(32, s.iteration() % 2))))
                    .isClear();
        }

        @Test
        void on_two_classes() {
            assertThatVerdict(labelsInvalid(), between(0, 1, "sigmoid", "LossBinaryXENT"))
                    .isClear();
        }

        @Test
        void on_numbers_that_are_no_class_numbers() {
            assertThatVerdict(labelsInvalid(), between(0, 2.5, "sigmoid", "LossMSE"))
                    .isClear();
            assertThatVerdict(labelsInvalid(), between(1, 9, "sigmoid", "LossMSE"))
                    .isClear();
            assertThatVerdict(labelsInvalid(), between(0, 1001, "sigmoid", "LossMSE"))
                    .isClear();
        }

        @Test
        void on_counts_that_are_regressed() {
            assertThatVerdict(labelsInvalid(), between(0, 9, "identity", "LossMSE"))
                    .isClear();
        }

        @Test
        void on_a_loss_that_takes_class_numbers() {
            assertThatVerdict(labelsInvalid(), between(0, 9, "softmax", "LossSparseMCXENT"))
                    .isClear();
        }

        @Test
        void on_numbers_in_several_columns() {
            ColumnStats numbers = new ColumnStats(32, 4.5, 3, 0, 9, 0);
            assertThatVerdict(
                            labelsInvalid(),
                            aRun(head(2, "sigmoid", "LossMSE")).each(s -> s.labelColumns(numbers, numbers)))
                    .isClear();
        }

        @Test
        void on_a_column_that_may_belong_to_another_output() {
            ColumnStats numbers = new ColumnStats(32, 4.5, 3, 0, 9, 0);
            assertThatVerdict(
                            labelsInvalid(),
                            aRun(head(1, "sigmoid", "LossMSE").output("other", 10, 1, "mse"))
                                    .each(s -> s.labelColumns(numbers)))
                    .isClear();
        }
    }

    @Nested
    class IsInconclusive {

        @Test
        void on_labels_that_were_not_described() {
            assertThatVerdict(labelsInvalid(), aRun().each(s -> s.labelColumns()))
                    .isInconclusive("labels that could be described");
        }

        @Test
        void before_the_first_iteration() {
            assertThatVerdict(labelsInvalid(), aRun().steps(0)).isInconclusive("not one iteration");
        }
    }
}
