package io.gradiometer.detector;

import static io.gradiometer.Runs.aNetwork;
import static io.gradiometer.Runs.aRun;
import static io.gradiometer.Runs.tensor;
import static io.gradiometer.detector.VerdictAssert.assertThatVerdict;
import static io.gradiometer.finding.Severity.ERROR;
import static io.gradiometer.finding.Severity.WARNING;

import io.gradiometer.RunBuilder;
import io.gradiometer.finding.Verdict;
import io.gradiometer.signal.TensorStats;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class NonFiniteTest {

    private static final TensorStats ONE_NAN = new TensorStats(100, 8, 1, 0.5, 0, 1);

    private static NonFinite nonFinite() {
        return new NonFinite(NonFinite.Limits.DEFAULT);
    }

    /** Gradients that take ten iterations to grow by as much, and a loss that is lost in the next one. */
    private static RunBuilder growing(double factor) {
        return aRun(aNetwork().exact("dense", "tanh"))
                .steps(20)
                .each(s -> s.gradientRms("dense", 1000 * Math.pow(factor, s.iteration() / 10.0)))
                .from(11, s -> s.loss(Double.NaN).gradientRms("dense", Double.NaN));
    }

    @Nested
    class Fires {

        @Test
        void and_blames_gradients_that_grew_by_two_decades() {
            assertThatVerdict(nonFinite(), growing(100))
                    .isFound(ERROR)
                    .inLayers("dense")
                    .saying("exploding gradients; their root mean square grew to 100000 before values overflowed")
                    .withFacts("values not finite", "loss in the iteration before", "decades of growth before")
                    .withFact("decades of growth before", 2)
                    .withLimit("decades of growth before", 2.0);
        }

        @Test
        void and_does_not_blame_gradients_that_grew_by_a_bit_less() {
            assertThatVerdict(nonFinite(), growing(99)).notSaying("exploding gradients");
        }

        @Test
        void and_measures_growth_by_what_is_read_in_every_iteration() {
            // Those are biases and output; the weights of dense_0, which do not grow, would hide it.
            assertThatVerdict(
                            nonFinite(),
                            aRun().each(s -> s.gradient("dense_0", "W", tensor(100, 1e30))
                                            .gradientRms("out", Math.pow(5, s.iteration())))
                                    .from(20, s -> s.loss(Double.NaN)))
                    .saying("exploding gradients");
        }

        @Test
        void and_blames_the_longest_step_where_gradients_did_not_grow() {
            assertThatVerdict(
                            nonFinite(),
                            aRun().at(4, s -> s.updateRatio("dense_0", 0.15))
                                    .at(5, s -> s.updateRatio("dense_1", 0.2))
                                    .at(6, s -> s.updateRatio("out", 0.15))
                                    .from(12, s -> s.loss(Double.NaN)))
                    .saying("steps too long; 'dense_1' moved by 0.2 of its weights in iteration 5");
        }

        @Test
        void and_does_not_blame_a_step_of_a_tenth() {
            assertThatVerdict(
                            nonFinite(),
                            aRun(aNetwork().exact("dense", "tanh"))
                                    .each(s -> s.updateRatio("dense", 0.1))
                                    .from(12, s -> s.loss(Double.NaN)))
                    .saying("an operation without a finite result")
                    .withRemedies("check-loss");
        }

        @Test
        void and_names_the_layers_whose_gradients_are_lost_with_the_loss() {
            assertThatVerdict(nonFinite(), aRun().from(12, s -> s.loss(Double.NaN)
                            .gradient("dense_0", "W", ONE_NAN)
                            .gradient("out", "b", ONE_NAN)))
                    .inLayers("dense_0", "out")
                    .saying("in the loss, in iteration 12");
        }

        @Test
        void and_tells_the_loss_before_it() {
            assertThatVerdict(nonFinite(), aRun().each(s -> s.loss(2)).from(12, s -> s.loss(Double.NaN)))
                    .withFacts("values not finite", "loss in the iteration before")
                    .withLimit("values not finite", 0.0)
                    .withFact("loss in the iteration before", 2);
        }

        @Test
        void as_a_warning_once_exactly_twenty_iterations_were_finite_again() {
            assertThatVerdict(nonFinite(), aRun().at(29, s -> s.loss(Double.NaN)))
                    .isFound(WARNING);
            assertThatVerdict(nonFinite(), aRun().at(30, s -> s.loss(Double.NaN)))
                    .isFound(ERROR);
        }

        @Test
        void and_does_not_believe_in_a_recovery_before_everything_was_read() {
            assertThatVerdict(
                            nonFinite(), aRun().at(12, s -> s.loss(Double.NaN)).from(13, s -> s.watchedOnly()))
                    .isFound(ERROR)
                    .saying("training has not recovered");
        }

        @Test
        void and_counts_a_recovery_from_where_everything_was_read() {
            assertThatVerdict(
                            nonFinite(), aRun().at(12, s -> s.loss(Double.NaN)).from(13, s -> {
                                if (s.iteration() != 20) {
                                    s.watchedOnly();
                                }
                            }))
                    .isFound(WARNING)
                    .saying("the last 30 iterations were finite again");
        }

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
                    .isFound(ERROR)
                    .withFacts("values not finite");
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
            assertThatVerdict(nonFinite(), aRun().steps(1)).isEqualTo(new Verdict.Clear(1));
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
