package io.gradiometer.detector;

import static io.gradiometer.Runs.aNetwork;
import static io.gradiometer.Runs.aRun;
import static io.gradiometer.detector.VerdictAssert.assertThatVerdict;
import static io.gradiometer.finding.Severity.ERROR;
import static io.gradiometer.finding.Severity.INFO;

import io.gradiometer.NetworkBuilder;
import io.gradiometer.RunBuilder;
import io.gradiometer.signal.LayerView;
import io.gradiometer.signal.ParameterView;
import io.gradiometer.signal.Role;
import io.gradiometer.signal.UpdaterView;
import io.gradiometer.signal.Yardstick;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class MissingNonlinearityTest {

    private static MissingNonlinearity missingNonlinearity() {
        return new MissingNonlinearity(MissingNonlinearity.Limits.DEFAULT);
    }

    private static LayerView layer(String type, @Nullable String activation) {
        return new LayerView(
                "first",
                type,
                activation,
                "XAVIER",
                UpdaterView.plain("Sgd", 0.01),
                false,
                null,
                10,
                10,
                List.of(new ParameterView("W", Role.WEIGHT, 100)));
    }

    /** A layer in front of a sound network. */
    private static RunBuilder before(LayerView first) {
        return aRun(aNetwork().layer(first).dense("dense_1", 10, 10, "tanh").output("out", 10, 3, "mcxent"));
    }

    /** A linear layer, something, and a layer that multiplies. */
    private static RunBuilder between(String type) {
        return aRun(aNetwork()
                .dense("first", 10, 10, "identity")
                .plain("between", type)
                .output("out", 10, 3, "mcxent"));
    }

    @Nested
    class Fires {

        @Test
        void as_gravely_as_what_it_explains_where_the_data_ask_for_a_bend() {
            RunBuilder nothing = before(layer("DenseLayer", "identity"))
                    .each(s -> s.epoch(s.iteration() / 10).skill(0));

            assertThatVerdict(missingNonlinearity(), nothing.yardstick(new Yardstick(500, 0.1, 0.9, 10, false)))
                    .isFound(ERROR)
                    .withConfidence(0.9);
            assertThatVerdict(missingNonlinearity(), nothing.yardstick(new Yardstick(500, 0.71, 0.9, 10, false)))
                    .isFound(INFO)
                    .withConfidence(0.6);
        }

        @Test
        void on_a_linear_layer_before_another_layer() {
            assertThatVerdict(missingNonlinearity(), before(layer("DenseLayer", "identity")))
                    .isFound(INFO)
                    .inLayers("first")
                    .saying("'first' multiplies and passes on to another layer that multiplies")
                    .saying("skill")
                    .withFact("layers without a nonlinearity behind them", 1)
                    .seenIn(0, 0)
                    .detectedAt(0)
                    .withRemedies("add-nonlinearity")
                    .withRemedySaying("'first'");
        }

        @Test
        void on_all_linear_layers_of_a_row() {
            NetworkBuilder row = aNetwork()
                    .dense("dense_0", 10, 10, "tanh")
                    .dense("dense_1", 10, 10, "identity")
                    .dense("dense_2", 10, 10, "identity")
                    .output("out", 10, 3, "mcxent");
            assertThatVerdict(missingNonlinearity(), aRun(row))
                    .isFound(INFO)
                    .inLayers("dense_1", "dense_2")
                    .withFact("layers without a nonlinearity behind them", 2);
        }

        @Test
        void on_a_layer_without_any_activation() {
            assertThatVerdict(missingNonlinearity(), before(layer("DenseLayer", null)))
                    .isFound(INFO);
        }

        @Test
        void on_a_linear_convolution() {
            assertThatVerdict(missingNonlinearity(), before(layer("ConvolutionLayer", "identity")))
                    .isFound(INFO);
        }

        @Test
        void through_a_dropout_in_between() {
            assertThatVerdict(missingNonlinearity(), between("DropoutLayer"))
                    .isFound(INFO)
                    .inLayers("first");
        }

        @Test
        void after_one_iteration() {
            assertThatVerdict(
                            missingNonlinearity(),
                            before(layer("DenseLayer", "identity")).steps(1))
                    .isFound(INFO);
        }
    }

    @Nested
    class StaysQuiet {

        @Test
        void on_a_healthy_run() {
            assertThatVerdict(missingNonlinearity(), aRun()).isClear();
        }

        @Test
        void on_an_output_of_the_identity() {
            assertThatVerdict(
                            missingNonlinearity(),
                            aRun(aNetwork().dense("dense_0", 10, 10, "tanh").output("out", 10, 1, "mse")))
                    .isClear();
        }

        @Test
        void on_an_activation_in_a_layer_of_its_own() {
            assertThatVerdict(missingNonlinearity(), between("ActivationLayer")).isClear();
        }

        @Test
        void on_a_pooling_in_between() {
            assertThatVerdict(missingNonlinearity(), between("SubsamplingLayer"))
                    .isClear();
        }

        @Test
        void on_a_batch_normalisation_in_between() {
            assertThatVerdict(
                            missingNonlinearity(),
                            aRun(aNetwork()
                                    .dense("first", 10, 10, "identity")
                                    .batchNorm("norm", 10)
                                    .output("out", 10, 3, "mcxent")))
                    .isClear();
        }

        @Test
        void on_an_embedding_which_looks_up_instead_of_multiplying() {
            assertThatVerdict(missingNonlinearity(), before(layer("EmbeddingLayer", "identity")))
                    .isClear();
        }

        @Test
        void on_an_embedding_behind_a_linear_layer() {
            NetworkBuilder odd = aNetwork()
                    .dense("dense_0", 10, 10, "identity")
                    .layer(layer("EmbeddingLayer", "identity"))
                    .output("out", 10, 3, "mcxent");
            assertThatVerdict(missingNonlinearity(), aRun(odd)).isClear();
        }

        @Test
        void on_a_kind_of_layer_that_may_bend_inside() {
            assertThatVerdict(missingNonlinearity(), before(layer("SelfAttentionLayer", "identity")))
                    .isClear();
        }

        @Test
        void on_a_network_of_one_layer() {
            assertThatVerdict(missingNonlinearity(), aRun(aNetwork().output("out", 10, 1, "mse")))
                    .isClear();
        }

        @Test
        void on_a_graph_whose_layers_need_not_follow_one_another() {
            NetworkBuilder graph =
                    aNetwork().graph().dense("dense_0", 10, 10, "identity").output("out", 10, 3, "mcxent");
            assertThatVerdict(missingNonlinearity(), aRun(graph)).isNotApplicable();
        }
    }

    @Nested
    class IsInconclusive {

        @Test
        void before_training() {
            assertThatVerdict(
                            missingNonlinearity(),
                            before(layer("DenseLayer", "identity")).steps(0))
                    .isInconclusive("not one iteration was seen");
        }
    }
}
