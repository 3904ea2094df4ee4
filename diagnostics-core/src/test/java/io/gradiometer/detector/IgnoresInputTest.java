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

class IgnoresInputTest {

    private static IgnoresInput ignoresInput() {
        return new IgnoresInput(IgnoresInput.Limits.DEFAULT);
    }

    /** A regression whose labels differ by 1 and whose answers differ by this much. */
    private static RunBuilder answering(double spread, double skill) {
        return aRun(aNetwork().dense("dense", 10, 10, "tanh").output("out", 10, 1, "mse"))
                .each(s -> s.outputs("out", Outputs.spread(spread)).skill(skill));
    }

    @Nested
    class Fires {

        @Test
        void on_one_answer_for_every_input() {
            assertThatVerdict(ignoresInput(), answering(1e-9, 0))
                    .isFound(ERROR)
                    .inLayers("out")
                    .seenIn(0, 49)
                    .detectedAt(49)
                    .saying("What 'out' answers differs from row to row by 1e-9, where labels differ by 1:")
                    .withFact("spread of the answers over that of the labels", 1e-9)
                    .withFact("skill at the end", 0)
                    .withRemedies("overfit-one-batch");
        }

        @Test
        void on_a_little_less_than_a_thousandth_of_the_labels_spread() {
            assertThatVerdict(ignoresInput(), answering(9.9e-4, 0)).isFound(ERROR);
        }

        @Test
        void by_the_spread_of_labels_of_any_size() {
            ColumnStats large = new ColumnStats(32, 0, 100, -250, 250, 0);
            assertThatVerdict(ignoresInput(), answering(0.05, 0).each(s -> s.labelColumns(large)))
                    .isFound(ERROR)
                    .withFact("spread of the answers over that of the labels", 5e-4);
        }

        @Test
        void where_another_finding_is_no_more_than_a_note() {
            assertThatVerdict(ignoresInput(), aRun().each(s -> s.outputs("out", Outputs.spread(1e-9))
                            .predicted("out", 1.0, 0.0, 0.0)
                            .skill(0.02 * s.iteration() - 1)))
                    .isFound(ERROR);
        }

        @Test
        void by_the_spread_of_all_label_columns_together() {
            ColumnStats constant = new ColumnStats(32, 1, 0, 1, 1, 0);
            ColumnStats spread = new ColumnStats(32, 0, Math.sqrt(2), -3, 3, 0);
            assertThatVerdict(ignoresInput(), answering(9.9e-4, 0).each(s -> s.labelColumns(constant, spread)))
                    .isFound(ERROR)
                    .withFact("spread of the answers over that of the labels", 9.9e-4);
        }

        @Test
        void after_twenty_iterations() {
            assertThatVerdict(ignoresInput(), answering(1e-9, 0).steps(20)).isFound(ERROR);
        }

        @Test
        void on_three_readings_of_the_answers() {
            assertThatVerdict(ignoresInput(), answering(1e-9, 0).from(3, s -> s.outputs("out", ActivationStats.UNREAD)))
                    .isFound(ERROR);
        }

        @Test
        void as_a_warning_where_a_simple_model_learns_far_more() {
            assertThatVerdict(ignoresInput(), answering(1e-9, 0.3).yardstick(0.9))
                    .isFound(WARNING)
                    .withFact("skill of a simple model", 0.9);
        }
    }

    @Nested
    class StaysQuiet {

        @Test
        void on_a_network_that_learns() {
            assertThatVerdict(ignoresInput(), aRun()).isClear();
        }

        @Test
        void on_a_little_more_than_a_thousandth_of_the_labels_spread() {
            assertThatVerdict(ignoresInput(), answering(1.01e-3, 0)).isClear();
        }

        @Test
        void as_a_note_on_a_network_that_learns() {
            assertThatVerdict(ignoresInput(), answering(1e-9, 0.9)).isFound(INFO);
        }

        @Test
        void as_a_note_where_another_symptom_says_it_already() {
            assertThatVerdict(ignoresInput(), answering(1e-9, 0).yardstick(0.9).each(s -> s.epoch(s.iteration() / 10)))
                    .isFound(INFO);
        }

        @Test
        void on_answers_that_differ_of_late() {
            assertThatVerdict(ignoresInput(), answering(1e-9, 0).from(49, s -> s.outputs("out", Outputs.spread(0.5))))
                    .isClear();
        }

        @Test
        void on_labels_that_are_all_the_same() {
            assertThatVerdict(
                            ignoresInput(),
                            answering(1e-9, 0).each(s -> s.labelColumns(new ColumnStats(32, 1, 0, 1, 1, 0))))
                    .isNotApplicable();
        }

        @Test
        void on_labels_that_were_not_described() {
            assertThatVerdict(ignoresInput(), answering(1e-9, 0).each(s -> s.labelColumns()))
                    .isNotApplicable();
        }

        @Test
        void on_several_outputs() {
            assertThatVerdict(
                            ignoresInput(),
                            aRun(aNetwork().output("one", 10, 1, "mse").output("two", 10, 1, "mse"))
                                    .each(s -> s.outputs("one", Outputs.spread(0))
                                            .outputs("two", Outputs.spread(0))
                                            .skill(0)))
                    .isNotApplicable();
        }
    }

    @Nested
    class IsInconclusive {

        @Test
        void before_twenty_iterations() {
            assertThatVerdict(ignoresInput(), answering(1e-9, 0).steps(19))
                    .isInconclusive("3 readings of its answers after 20 iterations (19 and 19 seen)");
        }

        @Test
        void on_two_readings_of_the_answers() {
            assertThatVerdict(ignoresInput(), answering(1e-9, 0).from(2, s -> s.outputs("out", ActivationStats.UNREAD)))
                    .isInconclusive("(2 and 50 seen)");
        }
    }
}
