package io.gradiometer.detector;

import static io.gradiometer.Runs.aNetwork;
import static io.gradiometer.Runs.aRun;
import static io.gradiometer.detector.VerdictAssert.assertThatVerdict;
import static io.gradiometer.finding.Severity.INFO;

import io.gradiometer.NetworkBuilder;
import io.gradiometer.RunBuilder;
import io.gradiometer.signal.UpdaterView;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class MissingClippingTest {

    private static MissingClipping missingClipping() {
        return new MissingClipping(MissingClipping.Limits.DEFAULT);
    }

    private static final UpdaterView CLIPS = new UpdaterView("Sgd", 0.1, false, Double.NaN, "ClipL2PerLayer", 1);

    private static NetworkBuilder network() {
        return aNetwork().lstm("lstm", 10, 10).output("out", 10, 3, "mcxent");
    }

    /** Steps of twice the weights, from gradients of this size, in a network that ends worse than a constant. */
    private static RunBuilder exploding(NetworkBuilder network, double gradientRms) {
        return aRun(network)
                .each(s -> s.skill(-1).gradientRms("lstm", gradientRms).updateRatio("lstm", 2));
    }

    @Nested
    class Fires {

        @Test
        void on_a_recurrent_network_that_explodes() {
            assertThatVerdict(missingClipping(), exploding(network(), 0.1))
                    .isFound(INFO)
                    .inLayers("lstm")
                    .saying("layer 'lstm' repeats the same weights")
                    .saying("skill -1 at the end")
                    .withFact("norm of the gradient of 'lstm', usually", 0.1 * Math.sqrt(840))
                    .seenIn(0, 49)
                    .detectedAt(49);
        }

        @Test
        void and_clips_at_five_times_the_usual_norm() {
            // Five times 0.1·√840, of 800 weights and 40 biases.
            assertThatVerdict(missingClipping(), exploding(network(), 0.1))
                    .withRemedies("clip-l2-per-layer")
                    .withRemedySaying("to a norm of 14 (five times");
        }

        @Test
        void and_never_clips_below_a_thousandth() {
            assertThatVerdict(missingClipping(), exploding(network(), 1e-6))
                    .isFound(INFO)
                    .withRemedySaying("to a norm of 0.001 (");
        }

        @Test
        void and_names_all_recurrent_layers() {
            NetworkBuilder two =
                    aNetwork().lstm("lstm", 10, 10).lstm("second", 10, 10).output("out", 10, 3, "mcxent");
            assertThatVerdict(missingClipping(), exploding(two, 0.1))
                    .isFound(INFO)
                    .inLayers("lstm", "second")
                    .saying("2 layers ('lstm' to 'second') repeat the same");
        }

        @Test
        void and_clips_at_the_customary_norm_where_no_gradient_was_finite() {
            assertThatVerdict(
                            missingClipping(), exploding(network(), Double.NaN).each(s -> s.loss(Double.NaN)))
                    .isFound(INFO)
                    .withRemedySaying("to a norm of 1 (customary");
        }

        @Test
        void where_only_other_layers_are_clipped() {
            NetworkBuilder head = aNetwork().lstm("lstm", 10, 10).updater(CLIPS).output("out", 10, 3, "mcxent");
            assertThatVerdict(missingClipping(), exploding(head, 0.1)).isFound(INFO);
        }
    }

    @Nested
    class StaysQuiet {

        @Test
        void on_a_recurrent_network_that_learns() {
            assertThatVerdict(missingClipping(), aRun(network())).isClear();
        }

        @Test
        void on_long_steps_that_did_no_harm() {
            assertThatVerdict(missingClipping(), exploding(network(), 0.1).each(s -> s.skill(0.9)))
                    .isClear();
        }

        @Test
        void on_a_recurrent_network_that_clips() {
            NetworkBuilder clipped =
                    aNetwork().updater(CLIPS).lstm("lstm", 10, 10).output("out", 10, 3, "mcxent");
            assertThatVerdict(missingClipping(), exploding(clipped, 0.1)).isClear();
        }

        @Test
        void where_one_of_two_recurrent_layers_clips() {
            NetworkBuilder half = aNetwork()
                    .lstm("lstm", 10, 10)
                    .updater(CLIPS)
                    .lstm("second", 10, 10)
                    .output("out", 10, 3, "mcxent");
            assertThatVerdict(missingClipping(), exploding(half, 0.1)).isClear();
        }

        @Test
        void on_a_network_that_is_not_recurrent() {
            assertThatVerdict(missingClipping(), aRun().each(s -> s.skill(-1).updateRatio("dense_0", 2)))
                    .isNotApplicable();
        }
    }

    @Nested
    class IsInconclusive {

        @Test
        void before_three_iterations() {
            assertThatVerdict(missingClipping(), exploding(network(), 0.1).steps(2))
                    .isInconclusive("1 more iteration (2 seen, 3 needed)");
            assertThatVerdict(missingClipping(), exploding(network(), 0.1).steps(3))
                    .isFound(INFO);
        }
    }
}
