package io.gradiometer.detector;

import static io.gradiometer.Runs.aNetwork;
import static io.gradiometer.Runs.aRun;
import static io.gradiometer.Runs.tensor;
import static io.gradiometer.detector.VerdictAssert.assertThatVerdict;
import static io.gradiometer.finding.Severity.ERROR;
import static io.gradiometer.finding.Severity.INFO;
import static io.gradiometer.finding.Severity.WARNING;

import io.gradiometer.NetworkBuilder;
import io.gradiometer.RunBuilder;
import io.gradiometer.signal.UpdaterView;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ClippingStarvesBatchNormTest {

    private static ClippingStarvesBatchNorm clippingStarvesBatchNorm() {
        return new ClippingStarvesBatchNorm(ClippingStarvesBatchNorm.Limits.DEFAULT);
    }

    private static final UpdaterView CLIPPED = new UpdaterView("Sgd", 0.1, false, Double.NaN, "ClipL2PerLayer", 0.005);

    private static NetworkBuilder network(UpdaterView updater) {
        return aNetwork()
                .updater(updater)
                .dense("dense_0", 10, 10, "tanh")
                .batchNorm("norm", 10)
                .output("out", 10, 3, "mcxent");
    }

    /** A network that knows nothing, of whose gradients clipping leaves little, so that it moves little. */
    private static RunBuilder starved(NetworkBuilder network, double left, double ratio) {
        return aRun(network).each(s -> s.skill(0)
                .clippedTo("dense_0", left)
                .updateRatio("dense_0", ratio)
                .clippedTo("out", left)
                .updateRatio("out", ratio));
    }

    private static RunBuilder starved() {
        return starved(network(CLIPPED), 0.05, 5e-5);
    }

    /** A network that learns, of whose running mean's steps clipping leaves so much; so much of its way is straight. */
    private static RunBuilder lagging(NetworkBuilder network, double left, double straight) {
        return aRun(network).each(s -> s.clippedTo("norm", left)
                .gradient("norm", "mean", tensor(10, 0.1 / left))
                .update("norm", "mean", tensor(10, 0.1))
                .value("norm", "mean", tensor(10, 0.1 * straight * s.iteration())));
    }

    @Nested
    class Fires {

        @Test
        void as_gravely_as_what_it_explains() {
            assertThatVerdict(
                            clippingStarvesBatchNorm(), starved().yardstick(0.9).each(s -> s.epoch(s.iteration() / 10)))
                    .isFound(ERROR);
        }

        @Test
        void as_a_note_on_a_running_mean_that_is_not_far_from_the_batches() {
            assertThatVerdict(clippingStarvesBatchNorm(), missing(0.99)).isFound(INFO);
            assertThatVerdict(clippingStarvesBatchNorm(), missing(1.01))
                    .isFound(WARNING)
                    .withFact("standard deviations by which it misses, at least", 1.01)
                    .withLimit("standard deviations by which it misses, at least", 1.0);
        }

        @Test
        void whether_the_deviation_is_kept_as_it_is_or_as_its_logarithm() {
            NetworkBuilder logarithmic = aNetwork()
                    .updater(CLIPPED)
                    .dense("dense_0", 10, 10, "tanh")
                    .batchNormOfLogarithms("norm", 10)
                    .output("out", 10, 3, "mcxent");
            // The largest of what tensor() gives is three times its root mean square: a deviation of 2 at most.
            double logarithm = Math.log10(2) / 3;

            assertThatVerdict(
                            clippingStarvesBatchNorm(),
                            lagging(logarithmic, 0.01, 1).each(s -> s.gradient("norm", "mean", tensor(10, 1.98))
                                    .value("norm", "log10stdev", tensor(10, logarithm))))
                    .isFound(INFO);
            assertThatVerdict(
                            clippingStarvesBatchNorm(),
                            lagging(logarithmic, 0.01, 1).each(s -> s.gradient("norm", "mean", tensor(10, 2.02))
                                    .value("norm", "log10stdev", tensor(10, logarithm))))
                    .isFound(WARNING)
                    .withFact("standard deviations by which it misses, at least", 1.01);
        }

        /** What is clipped to a hundredth, in standard deviations of 2. */
        private RunBuilder missing(double deviations) {
            return aRun(network(CLIPPED)).each(s -> s.clippedTo("norm", 0.01)
                    .gradient("norm", "mean", tensor(10, 2 * deviations))
                    .update("norm", "mean", tensor(10, 0.01))
                    .value("norm", "mean", tensor(10, 0.01 * s.iteration()))
                    // The mean of what tensor() gives is 0.8 of its root mean square.
                    .value("norm", "var", tensor(10, 4 / 0.8)));
        }

        @Test
        void on_a_running_mean_that_is_held_back_in_a_network_that_learns() {
            assertThatVerdict(clippingStarvesBatchNorm(), lagging(network(CLIPPED), 0.01, 1))
                    .isFound(WARNING)
                    .inLayers("norm")
                    .saying("ClipL2PerLayer at 0.005 leaves 1 % of the steps of the running mean of 'norm'")
                    .saying("still walks straight on at the end")
                    .withFact("share of the running mean's step left by clipping", 0.01)
                    .withFact("straightness of its way", 1)
                    .seenIn(0, 49)
                    .detectedAt(49)
                    .withRemedies("unclip-batch-norm")
                    .withRemedySaying("GradientNormalization.None on the batch normalisation 'norm'");
        }

        @Test
        void on_a_running_mean_just_inside_both_limits() {
            assertThatVerdict(clippingStarvesBatchNorm(), lagging(network(CLIPPED), 0.09, 0.51))
                    .isFound(WARNING);
        }

        @Test
        void on_clipping_that_leaves_little_of_most_gradients() {
            assertThatVerdict(clippingStarvesBatchNorm(), starved())
                    .isFound(INFO)
                    .inLayers("dense_0", "out")
                    .saying("ClipL2PerLayer leaves 5 % of most gradients of 'dense_0'")
                    .saying("moves by 5e-5 of its weights at a time; skill 0 at the end")
                    .withFact("share of the gradient left by clipping", 0.05)
                    .withFact("update ratio, usually", 5e-5)
                    .seenIn(0, 49)
                    .detectedAt(49);
        }

        @Test
        void and_computes_a_threshold_that_is_for_emergencies() {
            // Five times 0.01·√110, of 100 weights and 10 biases.
            assertThatVerdict(clippingStarvesBatchNorm(), starved())
                    .withRemedies("clip-l2-per-layer")
                    .withRemedySaying("to a norm of 0.52");
        }

        @Test
        void on_a_little_less_than_each_limit() {
            assertThatVerdict(clippingStarvesBatchNorm(), starved(network(CLIPPED), 0.09, 0.9e-4))
                    .isFound(INFO);
        }

        @Test
        void and_names_the_layers_that_starve_alone() {
            assertThatVerdict(clippingStarvesBatchNorm(), starved().each(s -> s.clippedTo("dense_0", 1)))
                    .isFound(INFO)
                    .inLayers("out");
        }

        @Test
        void where_a_simple_model_learns_far_more() {
            assertThatVerdict(
                            clippingStarvesBatchNorm(), starved().yardstick(0.9).each(s -> s.skill(0.3)))
                    .isFound(INFO);
        }
    }

    @Nested
    class StaysQuiet {

        @Test
        void on_a_running_mean_that_has_arrived_and_wavers_with_the_batches() {
            assertThatVerdict(clippingStarvesBatchNorm(), lagging(network(CLIPPED), 0.01, 0))
                    .isClear();
            assertThatVerdict(clippingStarvesBatchNorm(), lagging(network(CLIPPED), 0.01, 0.49))
                    .isClear();
        }

        @Test
        void on_a_running_mean_that_arrived_in_the_first_half() {
            assertThatVerdict(
                            clippingStarvesBatchNorm(),
                            lagging(network(CLIPPED), 0.01, 1).from(20, s -> s.value("norm", "mean", tensor(10, 2))))
                    .isClear();
        }

        @Test
        void on_a_running_mean_that_keeps_a_tenth_of_its_steps() {
            assertThatVerdict(clippingStarvesBatchNorm(), lagging(network(CLIPPED), 0.11, 1))
                    .isClear();
        }

        @Test
        void on_a_running_mean_that_nothing_clips() {
            assertThatVerdict(clippingStarvesBatchNorm(), lagging(network(UpdaterView.plain("Sgd", 0.1)), 0.01, 1))
                    .isClear();
        }

        @Test
        void on_clipping_that_leaves_a_tenth() {
            assertThatVerdict(clippingStarvesBatchNorm(), starved(network(CLIPPED), 0.11, 5e-5))
                    .isClear();
        }

        @Test
        void on_a_network_that_moves_in_spite_of_it() {
            assertThatVerdict(clippingStarvesBatchNorm(), starved(network(CLIPPED), 0.05, 1.1e-4))
                    .isClear();
        }

        @Test
        void on_clipping_in_emergencies() {
            assertThatVerdict(clippingStarvesBatchNorm(), starved().each(s -> {
                        if (s.iteration() % 3 != 0) {
                            s.clippedTo("dense_0", 1).clippedTo("out", 1);
                        }
                    }))
                    .isClear();
        }

        @Test
        void on_a_network_that_learned() {
            assertThatVerdict(clippingStarvesBatchNorm(), starved().each(s -> s.skill(0.9)))
                    .isClear();
        }

        @Test
        void without_clipping() {
            assertThatVerdict(clippingStarvesBatchNorm(), starved(network(UpdaterView.plain("Sgd", 0.1)), 0.05, 5e-5))
                    .isClear();
        }

        @Test
        void without_batch_normalisation() {
            NetworkBuilder plain =
                    aNetwork().updater(CLIPPED).dense("dense_0", 10, 10, "tanh").output("out", 10, 3, "mcxent");
            assertThatVerdict(clippingStarvesBatchNorm(), starved(plain, 0.05, 5e-5))
                    .isNotApplicable();
        }
    }

    @Nested
    class IsInconclusive {

        @Test
        void before_ten_iterations() {
            assertThatVerdict(clippingStarvesBatchNorm(), starved().steps(9))
                    .isInconclusive("1 more iteration (9 seen, 10 needed)");
            assertThatVerdict(clippingStarvesBatchNorm(), starved().steps(10)).isFound(INFO);
        }
    }
}
