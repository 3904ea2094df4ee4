package io.gradiometer.detector;

import static io.gradiometer.Runs.aNetwork;
import static io.gradiometer.Runs.aRun;
import static io.gradiometer.detector.VerdictAssert.assertThatVerdict;
import static io.gradiometer.finding.Severity.ERROR;
import static io.gradiometer.finding.Severity.WARNING;

import io.gradiometer.RunBuilder;
import io.gradiometer.StepBuilder;
import io.gradiometer.signal.UpdaterView;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ClippingIneffectiveTest {

    private static final String ELEMENTS = "ClipElementWiseAbsoluteValue";

    private static ClippingIneffective clippingIneffective() {
        return new ClippingIneffective(ClippingIneffective.Limits.DEFAULT);
    }

    private static RunBuilder clipped(String clipping, double threshold) {
        UpdaterView updater = new UpdaterView("Sgd", 0.5, false, Double.NaN, clipping, threshold);
        return aRun(aNetwork()
                .updater(updater)
                .dense("dense_0", 10, 10, "tanh")
                .dense("dense_1", 10, 10, "tanh")
                .output("out", 10, 3, "mcxent"));
    }

    /** Steps of twice the weights in every layer, from gradients of this size, in a network that ends worse than a constant. */
    private static void explode(StepBuilder step, double gradientRms) {
        for (String layer : new String[] {"dense_0", "dense_1", "out"}) {
            step.gradientRms(layer, gradientRms).updateRatio(layer, 2);
        }
        step.skill(-1);
    }

    private static RunBuilder exploding(String clipping, double threshold) {
        return clipped(clipping, threshold).each(s -> explode(s, 0.1));
    }

    @Nested
    class Fires {

        @Test
        void on_a_threshold_that_no_element_reached_while_gradients_exploded() {
            assertThatVerdict(clippingIneffective(), exploding(ELEMENTS, 1))
                    .isFound(ERROR)
                    .inLayers("dense_0", "dense_1", "out")
                    .seenIn(0, 49)
                    .detectedAt(0)
                    .saying("ClipElementWiseAbsoluteValue at 1 never took effect in 3 layers")
                    .saying("the largest element of a mean gradient was 0.3")
                    .withFact("largest element of the gradient", 0.3)
                    .withFact("update ratio, at most", 2)
                    .withFact("skill at the end", -1);
        }

        @Test
        void and_computes_the_rate_and_the_threshold_that_would_hold_it_back() {
            assertThatVerdict(clippingIneffective(), exploding(ELEMENTS, 1))
                    .withRemedies("lower-learning-rate", "clip-l2-per-layer", "overfit-one-batch")
                    .withRemedySaying("0.5 → 0.0025")
                    // A hundredth of weights of norm √10, at a rate of 0.5.
                    .withRemedySaying("to a norm of 0.063");
        }

        @Test
        void on_a_threshold_that_the_largest_element_just_meets() {
            assertThatVerdict(clippingIneffective(), clipped(ELEMENTS, 0.75).each(s -> explode(s, 0.25)))
                    .isFound(ERROR);
        }

        @Test
        void on_a_threshold_that_no_norm_reached() {
            assertThatVerdict(clippingIneffective(), exploding("ClipL2PerLayer", 5))
                    .isFound(ERROR)
                    .saying("the largest norm of a mean gradient was 1.05")
                    .withFact("largest norm of the gradient", 0.1 * Math.sqrt(110));
        }

        @Test
        void and_names_only_layers_whose_clipping_held_nothing_back() {
            assertThatVerdict(clippingIneffective(), exploding(ELEMENTS, 1).at(0, s -> s.gradientRms("dense_0", 1)))
                    .isFound(ERROR)
                    .inLayers("dense_1", "out");
        }

        @Test
        void on_a_threshold_that_is_reached_only_after_the_first_long_step() {
            assertThatVerdict(
                            clippingIneffective(),
                            clipped(ELEMENTS, 1).at(4, s -> explode(s, 0.1)).from(5, s -> explode(s, 1)))
                    .isFound(ERROR)
                    .inLayers("dense_0", "dense_1", "out")
                    .detectedAt(4)
                    .saying("at 1 took effect too late in 3 layers")
                    .saying("was 0.3 when the first step of more than a tenth of the weights was made")
                    .withFact("largest element of the gradient", 0.3);
        }

        @Test
        void and_names_only_layers_that_moved_too_far() {
            assertThatVerdict(clippingIneffective(), exploding(ELEMENTS, 1).each(s -> s.updateRatio("dense_0", 0.099)))
                    .isFound(ERROR)
                    .inLayers("dense_1", "out");
        }

        @Test
        void as_a_warning_on_a_network_that_forgets_a_part_of_what_it_knew() {
            assertThatVerdict(
                            clippingIneffective(),
                            clipped(ELEMENTS, 1).each(s -> s.skill(0.8)).from(25, s -> {
                                explode(s, 0.1);
                                s.skill(0.3);
                            }))
                    .isFound(WARNING)
                    .detectedAt(25);
        }
    }

    @Nested
    class StaysQuiet {

        @Test
        void on_a_network_that_learns() {
            assertThatVerdict(clippingIneffective(), clipped(ELEMENTS, 1)).isClear();
        }

        @Test
        void on_long_steps_of_a_network_that_learns() {
            assertThatVerdict(clippingIneffective(), exploding(ELEMENTS, 1).each(s -> s.skill(0.9)))
                    .isClear();
        }

        @Test
        void on_clipping_that_held_elements_back() {
            assertThatVerdict(clippingIneffective(), exploding(ELEMENTS, 0.29)).isClear();
        }

        @Test
        void on_clipping_that_held_norms_back_though_elements_are_smaller() {
            assertThatVerdict(clippingIneffective(), exploding("ClipL2PerLayer", 0.5))
                    .isClear();
        }

        @Test
        void on_gradients_that_are_always_renormalized() {
            assertThatVerdict(clippingIneffective(), exploding("RenormalizeL2PerLayer", 100))
                    .isClear();
        }

        @Test
        void on_a_loss_that_was_lost_without_a_long_step() {
            assertThatVerdict(clippingIneffective(), clipped(ELEMENTS, 1).from(10, s -> s.loss(Double.NaN)))
                    .isClear();
        }

        @Test
        void on_a_long_step_beside_trouble_that_clipping_does_not_prevent() {
            assertThatVerdict(
                            clippingIneffective(),
                            clipped(ELEMENTS, 1)
                                    .at(3, s -> s.updateRatio("dense_0", 0.2))
                                    .each(s -> s.predicted("out", 1.0, 0.0, 0.0).skill(0)))
                    .isClear();
        }

        @Test
        void where_no_clipping_is_configured() {
            assertThatVerdict(clippingIneffective(), exploding("None", 1)).isNotApplicable();
        }
    }

    @Nested
    class IsInconclusive {

        @Test
        void before_three_iterations() {
            assertThatVerdict(clippingIneffective(), exploding(ELEMENTS, 1).steps(2))
                    .isInconclusive("1 more iteration (2 seen, 3 needed)");
        }
    }
}
