package io.gradiometer.detector;

import static io.gradiometer.Runs.aRun;
import static io.gradiometer.detector.VerdictAssert.assertThatVerdict;
import static io.gradiometer.finding.Severity.INFO;

import io.gradiometer.RunBuilder;
import io.gradiometer.StepBuilder;
import io.gradiometer.signal.TensorStats;
import java.util.function.Consumer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class GradientSpikeTest {

    private static GradientSpike gradientSpike() {
        return new GradientSpike(GradientSpike.Limits.DEFAULT);
    }

    /** Gradients that are so many times as large as usual. */
    private static Consumer<StepBuilder> times(double factor) {
        return s -> {
            for (String layer : new String[] {"dense_0", "dense_1", "out"}) {
                s.gradientRms(layer, 0.01 * factor);
            }
        };
    }

    private static RunBuilder hundred() {
        return aRun().steps(100);
    }

    @Nested
    class Fires {

        @Test
        void on_one_gradient_far_above_the_others() {
            assertThatVerdict(gradientSpike(), hundred().at(60, times(30)))
                    .isFound(INFO)
                    .saying("In iteration 60")
                    .saying("30 times as large as usual before it; skill")
                    .withFact("gradient over the median before it", 30)
                    .seenIn(60, 60)
                    .detectedAt(60);
        }

        @Test
        void and_computes_a_threshold_that_the_usual_gradient_stays_below() {
            // Five times 0.01·√110, of 100 weights and 10 biases.
            assertThatVerdict(gradientSpike(), hundred().at(60, times(30)))
                    .withRemedies("clip-l2-per-layer")
                    .withRemedySaying("to a norm of 0.52")
                    .withRemedySaying("the batch of iteration 60");
        }

        @Test
        void and_computes_it_from_layers_that_have_a_gradient() {
            assertThatVerdict(gradientSpike(), hundred().at(60, times(30)).each(s -> s.still("dense_0")))
                    .withRemedySaying("to a norm of 0.52");
        }

        @Test
        void and_computes_it_from_what_is_read_in_every_iteration_where_nothing_else_was_read() {
            // Five times 0.01·√53, of 20 biases and 33 values of the output layer.
            assertThatVerdict(gradientSpike(), hundred().at(60, times(30)).each(s -> s.watchedOnly()))
                    .isFound(INFO)
                    .withRemedySaying("to a norm of 0.36");
        }

        @Test
        void and_names_the_first_of_equal_ones() {
            assertThatVerdict(gradientSpike(), hundred().at(50, times(30)).at(51, times(30)))
                    .seenIn(50, 50);
            assertThatVerdict(gradientSpike(), hundred().at(50, times(30)).at(80, times(30)))
                    .seenIn(50, 50);
        }

        @Test
        void on_a_little_more_than_twenty_times() {
            assertThatVerdict(gradientSpike(), hundred().at(60, times(20.5))).isFound(INFO);
        }

        @Test
        void on_one_that_lasts_for_three_iterations() {
            RunBuilder run = hundred().at(60, times(25)).at(61, times(30)).at(62, times(25));
            assertThatVerdict(gradientSpike(), run.steps(200)).isFound(INFO).seenIn(61, 61);
        }

        @Test
        void on_two_in_a_hundred_and_names_the_larger() {
            assertThatVerdict(gradientSpike(), hundred().at(50, times(30)).at(80, times(50)))
                    .isFound(INFO)
                    .seenIn(80, 80);
            assertThatVerdict(gradientSpike(), hundred().at(50, times(50)).at(80, times(30)))
                    .isFound(INFO)
                    .seenIn(50, 50);
        }

        @Test
        void on_one_in_a_run_of_forty() {
            assertThatVerdict(gradientSpike(), hundred().steps(40).at(35, times(30)))
                    .isFound(INFO);
        }

        @Test
        void as_soon_as_there_are_32_to_compare_with() {
            assertThatVerdict(gradientSpike(), hundred().steps(34).at(32, times(30)))
                    .isFound(INFO);
        }
    }

    @Nested
    class StaysQuiet {

        @Test
        void on_a_healthy_run() {
            assertThatVerdict(gradientSpike(), hundred()).isClear();
        }

        @Test
        void on_fifteen_times_as_large_as_usual_however_small_one_gradient_before_was() {
            // Of the 32 gradients that are kept, this one is in the middle until another takes its place.
            assertThatVerdict(gradientSpike(), hundred().at(16, times(0.11)).at(40, times(15)))
                    .isClear();
        }

        @Test
        void on_a_little_less_than_twenty_times() {
            assertThatVerdict(gradientSpike(), hundred().at(60, times(19.5))).isClear();
        }

        @Test
        void on_what_happens_more_often_than_in_a_fiftieth_of_the_run() {
            assertThatVerdict(
                            gradientSpike(),
                            hundred().at(50, times(30)).at(60, times(11)).at(80, times(50)))
                    .isClear();
        }

        @Test
        void on_gradients_that_stay_where_they_jumped_to() {
            assertThatVerdict(gradientSpike(), aRun().steps(2000).from(500, times(30)))
                    .isClear();
        }

        @Test
        void on_four_large_gradients_in_a_row() {
            RunBuilder run = aRun().steps(500);
            for (int i = 60; i < 64; i++) {
                run.at(i, times(30));
            }
            assertThatVerdict(gradientSpike(), run).isClear();
        }

        @Test
        void on_a_last_gradient_of_which_nobody_knows_whether_it_stays() {
            assertThatVerdict(gradientSpike(), hundred().at(99, times(30))).isClear();
        }

        @Test
        void on_a_gradient_that_ends_in_nan() {
            assertThatVerdict(gradientSpike(), hundred().at(60, times(30)).from(61, times(Double.NaN)))
                    .isClear();
        }

        @Test
        void on_a_large_gradient_that_is_partly_not_finite() {
            TensorStats torn = new TensorStats(3, 100, 100, 100, 0, 1);
            assertThatVerdict(gradientSpike(), hundred().at(60, s -> s.gradient("out", "b", torn)))
                    .isClear();
        }

        @Test
        void on_the_first_32_gradients() {
            assertThatVerdict(gradientSpike(), hundred().at(31, times(30))).isClear();
        }

        @Test
        void on_gradients_of_0_in_between() {
            assertThatVerdict(gradientSpike(), hundred().each(s -> times(s.iteration() % 3 == 0 ? 1 : 0)
                            .accept(s)))
                    .isClear();
        }
    }

    @Nested
    class IsInconclusive {

        @Test
        void before_33_iterations() {
            assertThatVerdict(gradientSpike(), hundred().steps(32))
                    .isInconclusive("1 more iteration (32 seen, 33 needed)");
            assertThatVerdict(gradientSpike(), hundred().steps(33)).isClear();
        }

        @Test
        void on_fewer_than_33_gradients_to_compare() {
            assertThatVerdict(gradientSpike(), hundred().steps(33).at(5, times(0)))
                    .isInconclusive("33 gradients");
        }
    }
}
