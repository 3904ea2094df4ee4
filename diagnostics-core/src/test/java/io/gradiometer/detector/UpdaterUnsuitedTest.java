package io.gradiometer.detector;

import static io.gradiometer.Runs.aNetwork;
import static io.gradiometer.Runs.aRun;
import static io.gradiometer.detector.VerdictAssert.assertThatVerdict;
import static io.gradiometer.finding.Severity.INFO;

import io.gradiometer.NetworkBuilder;
import io.gradiometer.RunBuilder;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class UpdaterUnsuitedTest {

    private static UpdaterUnsuited updaterUnsuited() {
        return new UpdaterUnsuited(UpdaterUnsuited.Limits.DEFAULT);
    }

    /** A network that knows nothing, and the paces of its three layers. */
    private static RunBuilder paces(NetworkBuilder network, double first, double second, double out) {
        return aRun(network).each(s -> s.skill(0)
                .updateRatio("dense_0", first)
                .updateRatio("dense_1", second)
                .updateRatio("out", out));
    }

    private static NetworkBuilder network() {
        return aNetwork()
                .dense("dense_0", 10, 10, "tanh")
                .dense("dense_1", 10, 10, "tanh")
                .output("out", 10, 3, "mcxent");
    }

    @Nested
    class Fires {

        @Test
        void on_layers_that_move_at_paces_decades_apart() {
            assertThatVerdict(updaterUnsuited(), paces(network(), 1e-6, 1e-4, 1e-3))
                    .isFound(INFO)
                    .inLayers("dense_0")
                    .saying("moves 'out' by 0.001 of its weights at a time and 'dense_0' by 1e-6; skill 0")
                    .withFact("decades between the paces of layers", 3)
                    .withFact("skill at the end", 0)
                    .seenIn(0, 49)
                    .detectedAt(49)
                    .withRemedies("adam")
                    .withRemedySaying("Adam instead of Sgd");
        }

        @Test
        void in_whatever_order_they_stand() {
            assertThatVerdict(updaterUnsuited(), paces(network(), 1e-4, 1e-6, 1e-3))
                    .isFound(INFO)
                    .inLayers("dense_1");
            assertThatVerdict(updaterUnsuited(), paces(network(), 1e-3, 1e-4, 1e-6))
                    .isFound(INFO)
                    .inLayers("out")
                    .saying("moves 'dense_0' by 0.001");
        }

        @Test
        void on_a_little_more_than_two_decades() {
            assertThatVerdict(updaterUnsuited(), paces(network(), Math.pow(10, -5.1), 1e-4, 1e-3))
                    .isFound(INFO)
                    .withFact("decades between the paces of layers", 2.1);
        }

        @Test
        void where_a_simple_model_learns_far_more() {
            assertThatVerdict(
                            updaterUnsuited(),
                            paces(network(), 1e-6, 1e-4, 1e-3).yardstick(0.9).each(s -> s.skill(0.3)))
                    .isFound(INFO)
                    .withFact("skill of a simple model", 0.9);
        }
    }

    @Nested
    class StaysQuiet {

        @Test
        void on_a_healthy_run() {
            assertThatVerdict(updaterUnsuited(), aRun()).isClear();
        }

        @Test
        void on_a_little_less_than_two_decades() {
            assertThatVerdict(updaterUnsuited(), paces(network(), Math.pow(10, -4.9), 1e-4, 1e-3))
                    .isClear();
        }

        @Test
        void on_a_network_that_learned() {
            assertThatVerdict(
                            updaterUnsuited(),
                            paces(network(), 1e-6, 1e-4, 1e-3).each(s -> s.skill(0.9)))
                    .isClear();
        }

        @Test
        void on_a_layer_that_does_not_move_at_all() {
            assertThatVerdict(updaterUnsuited(), paces(network(), 0, 1e-3, 1e-3))
                    .isClear();
        }

        @Test
        void on_an_adaptive_updater() {
            NetworkBuilder adaptive = aNetwork()
                    .adam(0.001)
                    .dense("dense_0", 10, 10, "tanh")
                    .dense("dense_1", 10, 10, "tanh")
                    .output("out", 10, 3, "mcxent");
            assertThatVerdict(updaterUnsuited(), paces(adaptive, 1e-6, 1e-4, 1e-3))
                    .isNotApplicable();
        }

        @Test
        void on_a_single_layer_with_a_plain_updater() {
            NetworkBuilder mixed = aNetwork()
                    .dense("dense_0", 10, 10, "tanh")
                    .adam(0.001)
                    .dense("dense_1", 10, 10, "tanh")
                    .output("out", 10, 3, "mcxent");
            assertThatVerdict(updaterUnsuited(), paces(mixed, 1e-6, 1e-4, 1e-3)).isNotApplicable();
        }
    }

    @Nested
    class IsInconclusive {

        @Test
        void before_ten_iterations() {
            assertThatVerdict(
                            updaterUnsuited(),
                            paces(network(), 1e-6, 1e-4, 1e-3).steps(9))
                    .isInconclusive("1 more iteration (9 seen, 10 needed)");
            assertThatVerdict(
                            updaterUnsuited(),
                            paces(network(), 1e-6, 1e-4, 1e-3).steps(10))
                    .isFound(INFO);
        }
    }
}
