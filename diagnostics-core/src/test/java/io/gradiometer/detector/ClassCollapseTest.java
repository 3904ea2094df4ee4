package io.gradiometer.detector;

import static io.gradiometer.Runs.aNetwork;
import static io.gradiometer.Runs.aRun;
import static io.gradiometer.detector.VerdictAssert.assertThatVerdict;
import static io.gradiometer.finding.Severity.ERROR;
import static io.gradiometer.finding.Severity.INFO;
import static io.gradiometer.finding.Severity.WARNING;

import io.gradiometer.RunBuilder;
import io.gradiometer.signal.ActivationStats;
import io.gradiometer.signal.ColumnStats;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ClassCollapseTest {

    private static ClassCollapse classCollapse() {
        return new ClassCollapse(ClassCollapse.Limits.DEFAULT);
    }

    private static RunBuilder answering(double top, double skill) {
        return aRun().each(s -> s.predicted("out", 1 - top, top, 0.0).skill(skill));
    }

    /** Batches of so many rows that each get one answer, but not the one before. */
    private static RunBuilder alternating(int rows) {
        return aRun().each(s -> {
            boolean even = s.iteration() % 2 == 0;
            s.outputs("out", new ActivationStats(rows, 0.3, 0.5, 0.4, Double.NaN, 3, -1, 0, 0))
                    .predicted("out", even ? 1.0 : 0.0, 0.0, even ? 0.0 : 1.0)
                    .skill(0);
        });
    }

    /** One unit, always on, where this share of the labels is 1. */
    private static RunBuilder binary(double ones) {
        ColumnStats labels = new ColumnStats(32, ones, Math.sqrt(ones * (1 - ones)), 0, 1, 0);
        return aRun(aNetwork().dense("dense", 10, 10, "tanh").output("out", 10, 1, "xent"))
                .each(s -> s.labelColumns(labels).predicted("out", 0.0, 1.0).skill(0));
    }

    @Nested
    class Fires {

        @Test
        void on_one_answer_for_all() {
            assertThatVerdict(classCollapse(), answering(1, 0))
                    .isFound(ERROR)
                    .inLayers("out")
                    .seenIn(0, 49)
                    .detectedAt(49)
                    .saying("'out' gives 100 % of each batch one answer (of late mostly class 1)")
                    .withFact("share of one class among the answers", 1)
                    .withFact("share of the largest class among the labels", 1 / 3.0)
                    .withFact("skill at the end", 0)
                    .withRemedies("overfit-one-batch");
        }

        @Test
        void on_one_answer_but_for_a_stray_example() {
            assertThatVerdict(classCollapse(), answering(0.991, 0))
                    .isFound(ERROR)
                    .withConfidence(0.97)
                    .saying("gives 99.1 % of each batch one answer")
                    .saying("the largest class has 33.3 % of the labels");
        }

        @Test
        void on_one_answer_for_each_batch_that_changes_from_batch_to_batch() {
            assertThatVerdict(classCollapse(), alternating(8))
                    .isFound(ERROR)
                    .saying("mostly class 0")
                    .withFact("share of one class among the answers", 1);
        }

        @Test
        void and_names_the_class_that_was_answered_of_late() {
            assertThatVerdict(classCollapse(), answering(1, 0).from(40, s -> s.predicted("out", 0.0, 0.0, 1.0)))
                    .saying("mostly class 2");
        }

        @Test
        void on_a_single_unit_that_is_always_on() {
            assertThatVerdict(classCollapse(), binary(0.5)).isFound(ERROR).saying("mostly class 1");
        }

        @Test
        void on_labels_that_nine_tenths_share_at_most() {
            assertThatVerdict(classCollapse(), binary(0.89))
                    .isFound(ERROR)
                    .withFact("share of the largest class among the labels", 0.89);
        }

        @Test
        void at_the_limits_themselves() {
            ClassCollapse.Limits limits = new ClassCollapse.Limits(0.75, 0.5, 0.02, 64, 20);
            assertThatVerdict(new ClassCollapse(limits), binary(0.5).each(s -> s.predicted("out", 0.25, 0.75)))
                    .isFound(ERROR);
        }

        @Test
        void after_twenty_iterations() {
            assertThatVerdict(classCollapse(), answering(1, 0).steps(20)).isFound(ERROR);
        }

        @Test
        void on_64_rows_that_were_answered() {
            assertThatVerdict(classCollapse(), answering(1, 0).from(2, s -> s.predicted("out")))
                    .isFound(ERROR);
        }

        @Test
        void as_a_warning_where_something_was_learned() {
            assertThatVerdict(classCollapse(), answering(1, 0.3)).isFound(WARNING);
        }

        @Test
        void as_a_warning_where_the_skill_hardly_rises() {
            assertThatVerdict(classCollapse(), answering(1, 0).each(s -> s.skill(0.3 + 8e-4 * s.iteration())))
                    .isFound(WARNING);
        }

        @Test
        void however_low_a_loss_gets_that_rewards_one_answer_for_all() {
            assertThatVerdict(
                            classCollapse(),
                            aRun(aNetwork()
                                            .dense("dense", 10, 10, "tanh")
                                            .output("out", 10, 3, "sigmoid", "LossMCXENT"))
                                    .each(s -> s.predicted("out", 1.0, 0.0, 0.0).skill(0.5 + 0.01 * s.iteration())))
                    .isFound(ERROR);
        }
    }

    @Nested
    class StaysQuiet {

        @Test
        void on_a_network_that_learns() {
            assertThatVerdict(classCollapse(), aRun()).isClear();
        }

        @Test
        void on_batches_too_small_to_hold_several_answers() {
            assertThatVerdict(classCollapse(), alternating(7)).isClear();
            assertThatVerdict(classCollapse(), alternating(1).steps(200)).isClear();
        }

        @Test
        void on_answers_that_mostly_name_one_class() {
            assertThatVerdict(classCollapse(), answering(0.98, 0)).isClear();
        }

        @Test
        void on_labels_that_mostly_name_one_class() {
            assertThatVerdict(classCollapse(), binary(0.91)).isClear();
            assertThatVerdict(classCollapse(), binary(0.09)).isClear();
        }

        @Test
        void as_a_note_while_the_skill_still_rises() {
            assertThatVerdict(classCollapse(), answering(1, 0).each(s -> s.skill(0.3 + 9e-4 * s.iteration())))
                    .isFound(INFO)
                    .withConfidence(0.6)
                    .saying("the skill still rises");
        }

        @Test
        void on_answers_that_were_one_class_at_first() {
            assertThatVerdict(classCollapse(), answering(1, 0).from(30, s -> s.predicted("out", 0.3, 0.3, 0.4)))
                    .isClear();
        }

        @Test
        void on_a_regression() {
            assertThatVerdict(
                            classCollapse(),
                            aRun(aNetwork().dense("dense", 10, 10, "tanh").output("out", 10, 2, "mse"))
                                    .each(s -> s.predicted("out", 1.0, 0.0).skill(0)))
                    .isNotApplicable();
        }

        @Test
        void on_labels_that_name_several_classes_at_once() {
            ColumnStats half = new ColumnStats(32, 0.5, 0.5, 0, 1, 0);
            assertThatVerdict(classCollapse(), answering(1, 0).each(s -> s.labelColumns(half, half, half)))
                    .isNotApplicable();
        }

        @Test
        void on_several_outputs() {
            assertThatVerdict(
                            classCollapse(),
                            aRun(aNetwork().output("one", 10, 3, "mcxent").output("two", 10, 3, "mcxent"))
                                    .each(s -> s.predicted("one", 1.0, 0.0, 0.0)
                                            .predicted("two", 1.0, 0.0, 0.0)
                                            .skill(0)))
                    .isNotApplicable();
        }
    }

    @Nested
    class IsInconclusive {

        @Test
        void before_twenty_iterations() {
            assertThatVerdict(classCollapse(), answering(1, 0).steps(19))
                    .isInconclusive("64 rows after 20 iterations (256 rows, 19 iterations seen)");
        }

        @Test
        void on_32_rows_that_were_answered() {
            assertThatVerdict(classCollapse(), answering(1, 0).from(1, s -> s.predicted("out")))
                    .isInconclusive("answers to 64 rows after 20 iterations (32 rows, 50 iterations seen)");
        }

        @Test
        void once_the_loss_is_lost() {
            assertThatVerdict(classCollapse(), answering(1, 0).from(30, s -> s.loss(Double.NaN)))
                    .isInconclusive("a finite loss");
        }
    }
}
