package io.gradiometer.detector;

import static io.gradiometer.Runs.aNetwork;
import static io.gradiometer.Runs.aRun;
import static io.gradiometer.detector.VerdictAssert.assertThatVerdict;
import static io.gradiometer.finding.Severity.INFO;

import io.gradiometer.NetworkBuilder;
import io.gradiometer.RunBuilder;
import io.gradiometer.signal.ActivationStats;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class UnusedLayerTest {

    private static UnusedLayer unusedLayer() {
        return new UnusedLayer(UnusedLayer.Limits.DEFAULT);
    }

    private static RunBuilder unused() {
        return aRun().each(s -> s.still("dense_0"));
    }

    /** A graph of which one layer never gets a gradient. */
    private static RunBuilder branch() {
        NetworkBuilder graph = aNetwork()
                .graph()
                .dense("dense_0", 10, 10, "tanh")
                .dense("dense_1", 10, 10, "tanh")
                .output("out", 10, 3, "mcxent");
        return aRun(graph).each(s -> s.still("dense_0"));
    }

    /** A rectified layer without a gradient, of whose ten units so many never gave anything. */
    private static RunBuilder silent(String activation, int units) {
        NetworkBuilder network = aNetwork()
                .dense("dense_0", 10, 10, activation)
                .dense("dense_1", 10, 10, "tanh")
                .output("out", 10, 3, "mcxent");
        ActivationStats outputs = new ActivationStats(32, 0, 0.1, 0.1, units / 10.0, 10, units, 1600, 0);
        return aRun(network).each(s -> s.still("dense_0").outputs("dense_0", outputs));
    }

    @Nested
    class Fires {

        @Test
        void on_a_layer_that_never_had_a_gradient() {
            assertThatVerdict(unusedLayer(), unused())
                    .isFound(INFO)
                    .inLayers("dense_0")
                    .saying("Every gradient of layer 'dense_0' is exactly 0")
                    .withFact("iterations without a gradient", 50)
                    .seenIn(0, 49)
                    .detectedAt(2)
                    .withRemedies("remove-layer")
                    .withRemedySaying("leave layer 'dense_0' out");
        }

        @Test
        void on_several_layers() {
            assertThatVerdict(unusedLayer(), unused().each(s -> s.still("dense_1")))
                    .isFound(INFO)
                    .inLayers("dense_0", "dense_1")
                    .saying("2 layers ('dense_0' to 'dense_1')");
        }

        @Test
        void on_rectifiers_of_which_some_are_alive() {
            assertThatVerdict(unusedLayer(), silent("relu", 9)).isFound(INFO);
        }

        @Test
        void on_a_branch_of_a_graph_that_knows_nothing() {
            assertThatVerdict(unusedLayer(), branch().each(s -> s.skill(0)))
                    .isFound(INFO)
                    .inLayers("dense_0");
        }

        @Test
        void on_activations_that_do_not_rectify() {
            assertThatVerdict(unusedLayer(), silent("tanh", 10)).isFound(INFO);
        }
    }

    @Nested
    class StaysQuiet {

        @Test
        void on_a_healthy_run() {
            assertThatVerdict(unusedLayer(), aRun()).isClear();
        }

        @Test
        void on_a_layer_that_had_a_gradient_once() {
            assertThatVerdict(unusedLayer(), unused().at(30, s -> s.gradientRms("dense_0", 1e-9)))
                    .isClear();
        }

        @Test
        void on_a_network_without_any_gradient() {
            assertThatVerdict(
                            unusedLayer(), unused().each(s -> s.still("dense_1").still("out")))
                    .isClear();
        }

        @Test
        void on_a_layer_in_a_row_whose_error_is_lost_on_its_way() {
            assertThatVerdict(unusedLayer(), unused().each(s -> s.skill(0))).isClear();
        }

        @Test
        void on_rectifiers_that_are_dead() {
            assertThatVerdict(unusedLayer(), silent("relu", 10)).isClear();
        }

        @Test
        void behind_weights_that_began_at_0() {
            assertThatVerdict(unusedLayer(), unused().each(s -> s.weightRms("dense_1", 0)))
                    .isClear();
        }

        @Test
        void on_a_layer_that_is_frozen() {
            assertThatVerdict(
                            unusedLayer(),
                            aRun(aNetwork().frozen("dense_0", 10, 10, "tanh").output("out", 10, 3, "mcxent")))
                    .isClear();
        }
    }

    @Nested
    class IsInconclusive {

        @Test
        void before_three_iterations() {
            assertThatVerdict(unusedLayer(), unused().steps(2)).isInconclusive("1 more iteration (2 seen, 3 needed)");
            assertThatVerdict(unusedLayer(), branch().steps(3)).isFound(INFO);
        }
    }
}
