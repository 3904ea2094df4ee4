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
import io.gradiometer.StepBuilder;
import io.gradiometer.signal.LayerView;
import io.gradiometer.signal.UpdaterView;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class VanishingGradientTest {

    private static final int DEPTH = 8;

    private static VanishingGradient vanishingGradient() {
        return new VanishingGradient(VanishingGradient.Limits.DEFAULT);
    }

    private static NetworkBuilder stack(String activation) {
        return stackOn(aNetwork(), activation);
    }

    private static NetworkBuilder stackOn(NetworkBuilder network, String activation) {
        for (int i = 0; i < DEPTH; i++) {
            network.dense("dense_" + i, 10, 10, activation);
        }
        return network.output("out", 10, 3, "mcxent");
    }

    /** A signal multiplied by {@code factor} in each layer towards the input, and steps that follow it. */
    private static void fade(StepBuilder step, double factor) {
        for (int i = 0; i < DEPTH; i++) {
            double size = Math.pow(factor, DEPTH - i);
            step.signal("dense_" + i, size).gradientRms("dense_" + i, size).updateRatio("dense_" + i, 0.01 * size);
        }
        step.signal("out", 1).gradientRms("out", 1).updateRatio("out", 0.01);
    }

    private static RunBuilder fading(double factor, double skill) {
        return aRun(stack("sigmoid")).each(s -> fade(s, factor)).each(s -> s.skill(skill));
    }

    @Nested
    class Fires {

        @Test
        void on_a_signal_that_fades_by_decades_while_first_layers_stand_still() {
            assertThatVerdict(vanishingGradient(), fading(0.2, 0))
                    .isFound(ERROR)
                    .inLayers("dense_0", "dense_1", "dense_2", "dense_3")
                    .withFact("decades lost", -8 * Math.log10(0.2))
                    .withFact("factor for each layer", 0.2);
        }

        @Test
        void within_three_iterations() {
            assertThatVerdict(vanishingGradient(), fading(0.2, 0).steps(3))
                    .isFound(ERROR)
                    .detectedAt(2);
        }

        @Test
        void on_a_signal_that_faded_at_the_beginning_and_cancels_everywhere_since() {
            assertThatVerdict(vanishingGradient(), fading(0.2, 0).from(16, s -> {
                        fade(s, 1);
                        s.skill(0);
                    }))
                    .isFound(ERROR)
                    .withFact("factor for each layer", 0.2);
        }

        @Test
        void and_names_the_activation_with_the_factor_to_expect() {
            assertThatVerdict(vanishingGradient(), fading(0.2, 0))
                    .saying("8 layers of sigmoid in a row")
                    .withRemedies("relu-activation", "batch-normalization", "fewer-layers")
                    .withRemedySaying("instead of 0.2")
                    .withRemedySaying("at most 1 layer of this kind instead of 8");
        }

        @Test
        void in_the_iterations_that_were_seen_of_a_network_that_goes_on_training() {
            assertThatVerdict(vanishingGradient(), fading(0.2, 0).each(s -> s.iterationIs(5_000 + s.iteration())))
                    .seenIn(5_000, 5_049)
                    .detectedAt(5_002);
        }

        @Test
        void and_names_small_initial_weights() {
            assertThatVerdict(
                            vanishingGradient(),
                            aRun(stack("relu")).each(s -> fade(s, 0.2)).each(s -> s.skill(0)
                                    .weightRms("dense_0", 0.01)))
                    .saying("initial weights too small; those of 'dense_0'")
                    .withRemedySaying("standard deviation 0.01 → 0.447");
        }

        @Test
        void and_does_not_blame_weights_that_suit_their_activation() {
            assertThatVerdict(
                            vanishingGradient(),
                            aRun(stack("sigmoid")).each(s -> fade(s, 0.2)).each(s -> s.skill(0)
                                    .weightRms("dense_0", 0.2)))
                    .saying("initialisation: weights began at a size that suits their activation");
        }

        @Test
        void and_blames_xaviers_law_before_rectifiers() {
            assertThatVerdict(
                            vanishingGradient(),
                            aRun(stack("relu")).each(s -> fade(s, 0.4)).each(s -> s.skill(0)))
                    .saying("initial weights too small")
                    .withRemedies("he-initialization", "batch-normalization");
        }

        @Test
        void as_a_warning_when_the_upper_layers_learn_a_little() {
            assertThatVerdict(vanishingGradient(), fading(0.2, 0.3)).isFound(WARNING);
        }

        @Test
        void as_a_warning_when_an_adaptive_updater_moves_layers_that_learn_nothing() {
            assertThatVerdict(
                            vanishingGradient(),
                            aRun(stackOn(aNetwork().adam(1e-3), "sigmoid"))
                                    .each(s -> fade(s, 0.2))
                                    .each(s -> {
                                        for (int i = 0; i < DEPTH; i++) {
                                            s.updateRatio("dense_" + i, 0.01);
                                        }
                                        s.skill(0);
                                    }))
                    .isFound(WARNING)
                    .saying("hardly learn")
                    .saying("it rescales what arrives");
        }

        @Test
        void on_gradients_that_are_exactly_zero_after_a_step_too_long() {
            assertThatVerdict(
                            vanishingGradient(),
                            aRun().each(s -> s.skill(-0.1))
                                    .at(4, s -> s.updateRatio("dense_1", 8))
                                    .from(5, s -> s.still("dense_0").still("dense_1")))
                    .isFound(ERROR)
                    .inLayers("dense_0", "dense_1")
                    .seenIn(5, 49)
                    .detectedAt(7)
                    .saying("in iteration 4 'dense_1' moved by 8 of its weights")
                    .withRemedySaying("0.01 → 1.2e-5");
        }

        @Test
        void on_a_rectified_output_that_has_switched_off() {
            LayerView output = new LayerView(
                    "out",
                    "OutputLayer",
                    "relu",
                    "XAVIER",
                    UpdaterView.plain("Sgd", 0.01),
                    false,
                    "LossL2",
                    10,
                    1,
                    aNetwork()
                            .output("out", 10, 1, "mse")
                            .build()
                            .layers()
                            .get(0)
                            .parameters());
            assertThatVerdict(
                            vanishingGradient(),
                            aRun(aNetwork().dense("dense", 10, 10, "relu").layer(output))
                                    .each(s -> s.skill(-2))
                                    .from(1, s -> s.still("dense").still("out")))
                    .isFound(ERROR)
                    .inLayers("dense", "out")
                    .saying("its relu has switched off")
                    .withRemedies("identity-output", "leaky-relu");
        }
    }

    @Nested
    class StaysQuiet {

        @Test
        void on_a_network_that_learns() {
            assertThatVerdict(vanishingGradient(), aRun()).isClear();
        }

        @Test
        void on_gradients_that_are_small_in_every_layer_alike() {
            assertThatVerdict(vanishingGradient(), fading(1, 0).each(s -> s.signal("out", 1e-9)
                            .gradientRms("out", 1e-9)))
                    .isClear();
        }

        @Test
        void on_a_signal_that_fades_by_less_than_three_decades() {
            assertThatVerdict(vanishingGradient(), fading(0.45, 0)).isClear();
        }

        @Test
        void on_layers_that_move_while_the_signal_fades_by_less_than_four_decades() {
            assertThatVerdict(vanishingGradient(), fading(0.35, 0).each(s -> {
                        for (int i = 0; i < DEPTH; i++) {
                            s.updateRatio("dense_" + i, 0.01);
                        }
                    }))
                    .isClear();
        }

        @Test
        void on_weight_gradients_that_fade_where_the_signal_does_not() {
            assertThatVerdict(vanishingGradient(), fading(1, 0).each(s -> s.gradientRms("dense_0", 1e-12)
                            .updateRatio("dense_0", 1e-12)))
                    .isClear();
        }

        @Test
        void on_a_faded_signal_that_an_adaptive_updater_makes_up_for() {
            assertThatVerdict(vanishingGradient(), fading(0.2, 0.4).each(s -> {
                        for (int i = 0; i < DEPTH; i++) {
                            s.updateRatio("dense_" + i, 0.01);
                        }
                    }))
                    .isClear();
        }

        @Test
        void as_a_note_on_a_faded_signal_in_a_network_that_has_learned() {
            assertThatVerdict(vanishingGradient(), fading(0.2, 0.9)).isFound(INFO);
        }

        @Test
        void on_gradients_of_zero_once_everything_is_learned() {
            assertThatVerdict(vanishingGradient(), aRun().each(s -> s.skill(1)).from(10, s -> s.still("dense_0")
                            .still("dense_1")
                            .still("out")))
                    .isClear();
        }

        @Test
        void on_a_batch_now_and_then_that_misses_a_layer() {
            assertThatVerdict(vanishingGradient(), aRun().each(s -> {
                        if (s.iteration() % 5 == 0) {
                            s.still("dense_0");
                        }
                        s.skill(0);
                    }))
                    .isClear();
        }

        @Test
        void on_a_frozen_layer() {
            assertThatVerdict(
                            vanishingGradient(),
                            aRun(aNetwork().frozen("frozen", 10, 10, "relu").output("out", 10, 3, "mcxent"))
                                    .each(s -> s.still("frozen").skill(0)))
                    .isClear();
        }

        @Test
        void on_the_untouched_rows_of_an_embedding() {
            LayerView embedding = new LayerView(
                    "words",
                    "EmbeddingLayer",
                    "identity",
                    "XAVIER",
                    UpdaterView.plain("Sgd", 0.01),
                    false,
                    null,
                    1000,
                    10,
                    List.of());
            assertThatVerdict(
                            vanishingGradient(),
                            aRun(aNetwork().layer(embedding).output("out", 10, 3, "mcxent"))
                                    .each(s -> s.skill(0)))
                    .isClear();
        }
    }

    @Nested
    class IsInconclusive {

        @Test
        void before_three_iterations() {
            assertThatVerdict(vanishingGradient(), fading(0.2, 0).steps(2))
                    .isInconclusive("1 more iteration (2 seen, 3");
        }

        @Test
        void on_a_network_without_parameters() {
            assertThatVerdict(vanishingGradient(), aRun(aNetwork().plain("pool", "SubsamplingLayer")))
                    .isInconclusive("the network has none");
        }

        @Test
        void once_the_loss_is_lost() {
            assertThatVerdict(vanishingGradient(), aRun().from(5, s -> s.loss(Double.NaN)))
                    .isInconclusive("a finite loss");
        }

        @Test
        void and_zeros_of_running_statistics_do_not_count() {
            assertThatVerdict(
                            vanishingGradient(),
                            aRun(aNetwork().batchNorm("norm", 10).output("out", 10, 3, "mcxent"))
                                    .each(s -> s.gradient("norm", "mean", tensor(10, 0))
                                            .gradient("norm", "var", tensor(10, 0))
                                            .skill(0)))
                    .isClear();
        }
    }
}
