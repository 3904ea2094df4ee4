package io.gradiometer.detector;

import static io.gradiometer.Runs.aNetwork;
import static io.gradiometer.Runs.aRun;
import static io.gradiometer.Runs.tensor;
import static io.gradiometer.detector.VerdictAssert.assertThatVerdict;
import static io.gradiometer.finding.Severity.ERROR;
import static io.gradiometer.finding.Severity.WARNING;

import io.gradiometer.signal.TensorStats;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class NonFiniteTest {

    private static final TensorStats ONE_NAN = new TensorStats(100, 8, 1, 0.5, 0, 1);

    private static NonFinite nonFinite() {
        return new NonFinite(NonFinite.Limits.DEFAULT);
    }

    @Nested
    class Fires {

        @Test
        void on_a_loss_that_is_nan() {
            assertThatVerdict(nonFinite(), aRun().from(12, s -> s.loss(Double.NaN)))
                    .isFound(ERROR)
                    .seenIn(12, 49)
                    .detectedAt(12)
                    .saying("in the loss, in iteration 12");
        }

        @Test
        void on_a_loss_that_is_infinite() {
            assertThatVerdict(nonFinite(), aRun().from(12, s -> s.loss(Double.POSITIVE_INFINITY)))
                    .isFound(ERROR);
        }

        @Test
        void on_one_value_in_one_gradient_and_names_the_layer() {
            assertThatVerdict(nonFinite(), aRun().from(7, s -> s.gradient("dense_1", "W", ONE_NAN)))
                    .isFound(ERROR)
                    .inLayers("dense_1")
                    .withFact("values not finite", 1)
                    .saying("the gradient 'W' of layer 'dense_1'");
        }

        @Test
        void on_parameters_that_are_lost_while_the_loss_stays_finite() {
            assertThatVerdict(nonFinite(), aRun().from(7, s -> s.value("out", "b", ONE_NAN)))
                    .isFound(ERROR)
                    .inLayers("out")
                    .saying("the parameters 'b' of layer 'out'");
        }

        @Test
        void on_an_update_whose_gradient_is_finite() {
            assertThatVerdict(nonFinite(), aRun().from(7, s -> s.update("dense_0", "W", ONE_NAN)))
                    .saying("the update 'W' of layer 'dense_0'");
        }

        @Test
        void on_features_first_of_all_because_everything_else_follows() {
            assertThatVerdict(nonFinite(), aRun().from(3, s -> s.features(ONE_NAN)
                            .loss(Double.NaN)
                            .gradient("dense_0", "W", ONE_NAN)))
                    .isFound(ERROR)
                    .saying("the features of the batch")
                    .saying("likely cause: the data itself")
                    .withRemedies("clean-data");
        }

        @Test
        void on_labels() {
            assertThatVerdict(nonFinite(), aRun().from(3, s -> s.labels(ONE_NAN).loss(Double.NaN)))
                    .saying("the labels of the batch");
        }

        @Test
        void and_tells_growth_before_it_from_an_undefined_operation() {
            assertThatVerdict(
                            nonFinite(),
                            aRun().each(s -> s.gradientRms("dense_0", Math.pow(5, s.iteration()))
                                            .updateRatio("dense_0", 4))
                                    .from(20, s -> s.loss(Double.NaN)))
                    .saying("exploding gradients; their root mean square grew")
                    .withRemedies("lower-learning-rate", "clip-l2-per-layer")
                    .withRemedySaying("0.01 → 0.0016");
            assertThatVerdict(nonFinite(), aRun().from(20, s -> s.loss(Double.NaN)))
                    .saying("an operation without a finite result");
        }

        @Test
        void in_the_very_first_iteration() {
            assertThatVerdict(nonFinite(), aRun().steps(1).each(s -> s.loss(Double.NaN)))
                    .isFound(ERROR);
        }

        @Test
        void as_a_warning_once_twenty_iterations_were_finite_again() {
            assertThatVerdict(nonFinite(), aRun().at(12, s -> s.loss(Double.POSITIVE_INFINITY)))
                    .isFound(WARNING)
                    .seenIn(12, 12)
                    .saying("the last 37 iterations were finite again");
        }
    }

    @Nested
    class StaysQuiet {

        @Test
        void on_a_network_that_learns() {
            assertThatVerdict(nonFinite(), aRun()).isClear();
        }

        @Test
        void after_one_finite_iteration() {
            assertThatVerdict(nonFinite(), aRun().steps(1)).isClear();
        }

        @Test
        void on_values_that_are_huge_but_finite() {
            assertThatVerdict(nonFinite(), aRun().each(s -> s.loss(1e300).gradientRms("dense_0", 1e30)))
                    .isClear();
        }

        @Test
        void where_skill_cannot_be_told() {
            assertThatVerdict(nonFinite(), aRun().each(s -> s.constantLoss(Double.NaN)))
                    .isClear();
        }

        @Test
        void where_data_was_not_read() {
            assertThatVerdict(nonFinite(), aRun().each(s -> s.features(TensorStats.EMPTY)
                            .labels(TensorStats.EMPTY)))
                    .isClear();
        }

        @Test
        void on_a_network_without_parameters_whose_loss_is_finite() {
            assertThatVerdict(nonFinite(), aRun(aNetwork().plain("pool", "SubsamplingLayer")))
                    .isClear();
        }

        @Test
        void on_signals_that_cannot_be_told() {
            assertThatVerdict(nonFinite(), aRun().each(s -> s.signal("dense_0", Double.NaN)))
                    .isClear();
        }

        @Test
        void on_tensors_of_zeros() {
            assertThatVerdict(nonFinite(), aRun().each(s -> s.gradient("dense_0", "W", tensor(100, 0))))
                    .isClear();
        }
    }

    @Nested
    class IsInconclusive {

        @Test
        void without_training() {
            assertThatVerdict(nonFinite(), aRun().steps(0)).isInconclusive("not one iteration was seen");
        }
    }
}
