package io.gradiometer.detector;

import static io.gradiometer.Runs.aNetwork;
import static io.gradiometer.Runs.aRun;
import static io.gradiometer.detector.VerdictAssert.assertThatVerdict;
import static io.gradiometer.finding.Severity.ERROR;
import static io.gradiometer.finding.Severity.INFO;
import static io.gradiometer.finding.Severity.WARNING;

import io.gradiometer.RunBuilder;
import io.gradiometer.signal.ColumnStats;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class UnscaledInputTest {

    private static UnscaledInput unscaledInput() {
        return new UnscaledInput(UnscaledInput.Limits.DEFAULT);
    }

    /** A column of that mean and deviation. */
    private static ColumnStats column(double mean, double deviation) {
        return new ColumnStats(32, mean, deviation, mean - 3 * deviation, mean + 3 * deviation, 0);
    }

    /** A network that learns nothing from such inputs. */
    private static RunBuilder learnsNothing(ColumnStats... columns) {
        return aRun().each(s -> s.skill(0).inputColumns(columns));
    }

    @Nested
    class Fires {

        @Test
        void on_a_large_column() {
            assertThatVerdict(
                            unscaledInput(),
                            learnsNothing(column(0, 1), column(0, 100)).yardstick(0.9))
                    .isFound(ERROR)
                    .inLayers("dense_0")
                    .seenIn(0, 49)
                    .detectedAt(0)
                    .withConfidence(0.85)
                    .withFact("root mean square of the largest column", 100)
                    .withLimit("root mean square of the largest column", 10.0)
                    .withFact("largest over smallest deviation", 100)
                    .withLimit("largest over smallest deviation", 100.0)
                    .withFact("mean over deviation, at most", 0)
                    .withLimit("mean over deviation, at most", 10.0)
                    .withFact("skill at the end", 0)
                    .withFact("skill of a simple model", 0.9)
                    .saying("The inputs are not scaled: the largest column has a root mean square of 100; skill 0")
                    .withRemedies("standardize-input")
                    .withRemedySaying("root mean square is 100");
        }

        @Test
        void on_columns_a_little_larger_than_ten() {
            assertThatVerdict(unscaledInput(), learnsNothing(column(0, 10.1))).isFound(ERROR);
        }

        @Test
        void on_columns_of_very_different_size() {
            assertThatVerdict(unscaledInput(), learnsNothing(column(0, 0.01), column(0, 1.01)))
                    .isFound(ERROR)
                    .saying("root mean square of 1.01, and columns differ by a factor of 101");
        }

        @Test
        void on_columns_far_from_zero_that_hardly_vary() {
            assertThatVerdict(unscaledInput(), learnsNothing(column(0, 1), column(-5, 0.49)))
                    .isFound(ERROR)
                    .saying("a column lies 10.2 times its own deviation away from 0");
        }

        @Test
        void on_a_large_column_that_does_not_vary() {
            assertThatVerdict(unscaledInput(), learnsNothing(column(0, 1), column(2020, 0)))
                    .isFound(ERROR)
                    .withFact("root mean square of the largest column", 2020)
                    .withFact("mean over deviation, at most", 0);
        }

        @Test
        void with_more_confidence_for_each_decade_of_whatever_is_out_of_scale_most() {
            assertThatVerdict(unscaledInput(), learnsNothing(column(0, 10.000001)))
                    .withConfidence(0.75 + 4.3e-9);
            assertThatVerdict(unscaledInput(), learnsNothing(column(0, 1e-3), column(0, 1)))
                    .withConfidence(0.85);
            assertThatVerdict(unscaledInput(), learnsNothing(column(1, 0.01))).withConfidence(0.85);
            assertThatVerdict(unscaledInput(), learnsNothing(column(0, 1e6))).withConfidence(0.95);
        }

        @Test
        void as_a_warning_where_the_network_learned_something() {
            assertThatVerdict(
                            unscaledInput(),
                            learnsNothing(column(0, 100))
                                    .each(s -> s.skill(0.3))
                                    .yardstick(0.9))
                    .isFound(WARNING);
        }

        @Test
        void as_a_warning_where_the_network_lost_what_it_knew_and_another_symptom_tells_of_it() {
            assertThatVerdict(
                            unscaledInput(),
                            learnsNothing(column(0, 100))
                                    .each(s -> s.skill(s.iteration() < 30 ? 0.9 : 0.5))
                                    .at(12, s -> s.loss(Double.NaN)))
                    .isFound(WARNING);
        }

        @Test
        void from_the_first_iteration_on() {
            assertThatVerdict(unscaledInput(), learnsNothing(column(0, 100)).steps(1))
                    .isFound(ERROR);
        }

        @Test
        void in_the_iterations_that_were_seen_of_a_network_that_goes_on_training() {
            assertThatVerdict(
                            unscaledInput(),
                            learnsNothing(column(0, 100)).each(s -> s.iterationIs(5_000 + s.iteration())))
                    .seenIn(5_000, 5_049)
                    .detectedAt(5_000);
        }

        @Test
        void and_names_no_layer_where_none_learns() {
            assertThatVerdict(
                            unscaledInput(),
                            aRun(aNetwork().frozen("frozen", 10, 10, "tanh"))
                                    .each(s -> s.skill(0).inputColumns(column(0, 100))))
                    .isFound(ERROR)
                    .inLayers();
        }
    }

    @Nested
    class StaysQuiet {

        @Test
        void on_a_network_that_learns() {
            assertThatVerdict(unscaledInput(), aRun()).isClear();
        }

        @Test
        void on_inputs_of_sound_size_whatever_the_network_learns() {
            assertThatVerdict(
                            unscaledInput(),
                            learnsNothing(column(0, 1), column(3, 2)).yardstick(0.9))
                    .isClear();
        }

        @Test
        void on_columns_a_little_smaller_than_ten() {
            assertThatVerdict(unscaledInput(), learnsNothing(column(0, 9.9))).isClear();
        }

        @Test
        void on_columns_of_moderately_different_size() {
            assertThatVerdict(unscaledInput(), learnsNothing(column(0, 0.0102), column(0, 1)))
                    .isClear();
        }

        @Test
        void on_columns_less_than_ten_deviations_from_zero() {
            assertThatVerdict(unscaledInput(), learnsNothing(column(-5, 0.51))).isClear();
        }

        @Test
        void on_zeros_and_ones_however_rare_the_ones() {
            assertThatVerdict(
                            unscaledInput(),
                            learnsNothing(column(0, 5), new ColumnStats(100_000, 1e-5, 3.2e-3, 0, 1, 0)))
                    .isClear();
        }

        @Test
        void as_a_note_on_large_inputs_that_the_network_learns_from() {
            assertThatVerdict(unscaledInput(), aRun().each(s -> s.inputColumns(column(0, 100))))
                    .isFound(INFO);
        }

        @Test
        void as_a_note_on_a_network_that_knows_less_than_it_did_without_a_symptom() {
            assertThatVerdict(unscaledInput(), aRun().each(s -> s.inputColumns(column(0, 100))
                            .skill(s.iteration() < 30 ? 0.9 : 0.5)))
                    .isFound(INFO);
        }
    }

    @Nested
    class IsInconclusive {

        @Test
        void before_the_first_iteration() {
            assertThatVerdict(unscaledInput(), aRun().steps(0)).isInconclusive("not one iteration");
        }

        @Test
        void on_inputs_that_were_not_described() {
            assertThatVerdict(unscaledInput(), learnsNothing()).isInconclusive("inputs that could be described");
        }

        @Test
        void on_inputs_without_a_finite_value() {
            assertThatVerdict(
                            unscaledInput(),
                            learnsNothing(new ColumnStats(0, Double.NaN, Double.NaN, Double.NaN, Double.NaN, 32)))
                    .isInconclusive("inputs that could be described");
        }
    }
}
