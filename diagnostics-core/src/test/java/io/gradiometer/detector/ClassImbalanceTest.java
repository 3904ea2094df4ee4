package io.gradiometer.detector;

import static io.gradiometer.Runs.aNetwork;
import static io.gradiometer.Runs.aRun;
import static io.gradiometer.detector.VerdictAssert.assertThatVerdict;
import static io.gradiometer.finding.Severity.INFO;

import io.gradiometer.RunBuilder;
import io.gradiometer.StepBuilder;
import io.gradiometer.signal.ColumnStats;
import java.util.Arrays;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ClassImbalanceTest {

    private static ClassImbalance classImbalance() {
        return new ClassImbalance(ClassImbalance.Limits.DEFAULT);
    }

    private static ColumnStats column(int rows, double share) {
        double deviation = Math.sqrt(share * (1 - share));
        return new ColumnStats(rows, share, deviation, share == 1 ? 1 : 0, share == 0 ? 0 : 1, 0);
    }

    /** Labels of a batch, of which each class has this share. */
    private static void classes(StepBuilder step, int rows, double... shares) {
        step.labelColumns(
                Arrays.stream(shares).mapToObj(share -> column(rows, share)).toArray(ColumnStats[]::new));
    }

    private static RunBuilder labels(double... shares) {
        return aRun().each(s -> classes(s, 32, shares));
    }

    /** A network with one output, and labels of which this share is 1. */
    private static RunBuilder ones(double share) {
        return aRun(aNetwork().dense("dense_0", 10, 10, "tanh").output("out", 10, 1, "xent"))
                .each(s -> classes(s, 32, share));
    }

    @Nested
    class Fires {

        @Test
        void on_a_class_that_has_nearly_all_labels() {
            assertThatVerdict(classImbalance(), labels(0.03, 0.95, 0.02))
                    .isFound(INFO)
                    .saying("One class has 95 % of the labels")
                    .withFact("share of the largest class", 0.95)
                    .seenIn(0, 49)
                    .detectedAt(0)
                    .withRemedies("weight-classes")
                    .withRemedySaying("in all by 19");
        }

        @Test
        void on_a_little_more_than_nine_tenths() {
            assertThatVerdict(classImbalance(), labels(0.902, 0.05, 0.048)).isFound(INFO);
        }

        @Test
        void on_one_column_that_is_nearly_always_0() {
            assertThatVerdict(classImbalance(), ones(0.04))
                    .isFound(INFO)
                    .withFact("share of the largest class", 0.96)
                    .withRemedySaying("in all by 24");
        }

        @Test
        void on_one_column_that_is_nearly_always_1() {
            assertThatVerdict(classImbalance(), ones(0.96)).isFound(INFO).withFact("share of the largest class", 0.96);
        }

        @Test
        void on_64_labels() {
            assertThatVerdict(classImbalance(), labels(0.03, 0.95, 0.02).steps(2))
                    .isFound(INFO);
        }
    }

    @Nested
    class StaysQuiet {

        @Test
        void on_a_healthy_run() {
            assertThatVerdict(classImbalance(), aRun()).isClear();
        }

        @Test
        void on_a_little_less_than_nine_tenths() {
            assertThatVerdict(classImbalance(), labels(0.898, 0.05, 0.052)).isClear();
            assertThatVerdict(classImbalance(), ones(0.102)).isClear();
        }

        @Test
        void on_batches_that_are_one_sided_in_turn() {
            assertThatVerdict(classImbalance(), aRun().each(s -> {
                        boolean even = s.iteration() % 2 == 0;
                        classes(s, 32, even ? 0.95 : 0.05, even ? 0.05 : 0.95, 0);
                    }))
                    .isClear();
        }

        @Test
        void on_a_single_class_for_there_is_no_rare_one() {
            assertThatVerdict(classImbalance(), labels(0, 1, 0)).isClear();
        }

        @Test
        void on_rows_that_name_several_classes() {
            assertThatVerdict(classImbalance(), labels(0.95, 0.95, 0.1)).isNotApplicable();
        }

        @Test
        void on_numbers() {
            assertThatVerdict(
                            classImbalance(),
                            aRun(aNetwork().dense("dense_0", 10, 10, "tanh").output("out", 10, 1, "mse")))
                    .isNotApplicable();
        }

        @Test
        void on_labels_that_were_not_described() {
            assertThatVerdict(classImbalance(), aRun().each(s -> s.labelColumns()))
                    .isNotApplicable();
        }
    }

    @Nested
    class IsInconclusive {

        @Test
        void on_fewer_than_64_labels() {
            assertThatVerdict(classImbalance(), aRun().steps(1).each(s -> classes(s, 63, 0.03, 0.95, 0.02)))
                    .isInconclusive("64 labels in the first batches (63 seen)");
        }

        @Test
        void before_training() {
            assertThatVerdict(classImbalance(), aRun().steps(0)).isInconclusive("not one iteration was seen");
        }
    }
}
