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
import io.gradiometer.signal.ActivationStats;
import io.gradiometer.signal.LayerView;
import io.gradiometer.signal.ParameterView;
import io.gradiometer.signal.Role;
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

    /** A signal of 1 in the first layer, and a network that learns nothing; sizes are exact in binary. */
    private static RunBuilder exactlyFading(double signalAtTheTop, double updateRatio) {
        return aRun(aNetwork().exact("dense", "tanh").exact("top", "tanh")).each(s -> s.signal("dense", 1)
                .updateRatio("dense", updateRatio)
                .signal("top", signalAtTheTop)
                .updateRatio("top", 1)
                .constantLoss(2)
                .loss(2));
    }

    /** Twenty rectifiers of which so many are silent in a network whose every gradient is 0 from the sixth iteration on. */
    private static RunBuilder silentAndCutOff(String activation, int silent) {
        ActivationStats outputs = new ActivationStats(32, 0.5, 1, 0.5, 0.5, 20, silent, 5_000, 0);
        return aRun(aNetwork().dense("dense", 10, 20, activation).output("out", 20, 3, "mcxent"))
                .each(s -> s.outputs("dense", outputs).skill(0))
                .from(5, s -> s.still("dense").still("out"));
    }

    @Nested
    class Fires {

        @Test
        void on_a_layer_that_stands_still_once_the_signal_fades_by_more_than_three_decades() {
            assertThatVerdict(vanishingGradient(), exactlyFading(1001, 0.009))
                    .isFound(ERROR)
                    .inLayers("dense")
                    .saying("layer 'dense' hardly learns; skill 0 at the end")
                    .withFacts("decades lost", "update ratio of 'dense'", "update ratio of 'top'", "skill at the end")
                    .withLimit("decades lost", 3.0)
                    .withFact("update ratio of 'dense'", 0.009)
                    .withFact("update ratio of 'top'", 1)
                    .withFact("skill at the end", 0)
                    .withLimit("skill at the end", 0.05)
                    .withConfidence(0.97);
        }

        @Test
        void as_a_warning_on_a_layer_that_moves_once_the_signal_fades_by_more_than_four_decades() {
            assertThatVerdict(vanishingGradient(), exactlyFading(10_001, 0.01)).isFound(WARNING);
        }

        @Test
        void as_a_warning_on_a_network_that_knows_a_bit_less_than_half() {
            assertThatVerdict(vanishingGradient(), exactlyFading(1e5, 0).each(s -> s.loss(1.01)))
                    .isFound(WARNING);
        }

        @Test
        void on_gradients_of_exactly_zero_in_a_network_that_knows_a_bit_less_than_half() {
            assertThatVerdict(
                            vanishingGradient(),
                            exactlyFading(1, 0.01)
                                    .each(s -> s.updateRatio("top", 0.1).loss(1.01))
                                    .from(10, s -> s.still("dense")))
                    .isFound(WARNING)
                    .inLayers("dense")
                    .withFacts("iterations with a gradient of 0", "skill at the end")
                    .withFact("iterations with a gradient of 0", 40)
                    .withLimit("iterations with a gradient of 0", 3.0)
                    .withFact("skill at the end", 0.495)
                    .withConfidence(0.99);
        }

        @Test
        void where_labels_do_not_tell_the_skill() {
            assertThatVerdict(vanishingGradient(), exactlyFading(1e5, 0).each(s -> s.constantLoss(Double.NaN)
                            .loss(s.iteration() == 0 ? 1 : 0.98)))
                    .isFound(ERROR)
                    .withFact("share of the loss gone", 0.02);
        }

        @Test
        void and_does_not_take_a_layer_without_a_signal_for_the_strongest() {
            assertThatVerdict(vanishingGradient(), fading(0.2, 0).each(s -> s.signal("dense_7", Double.NaN)))
                    .saying("from 'out' to 'dense_0'")
                    .withFact("decades lost", -8 * Math.log10(0.2));
        }

        @Test
        void and_still_says_so_where_the_loss_is_lost_at_the_end() {
            assertThatVerdict(vanishingGradient(), fading(0.2, 0).at(49, s -> s.loss(Double.NaN)))
                    .isFound(ERROR)
                    .withFacts(
                            "decades lost",
                            "update ratio of 'dense_0'",
                            "update ratio of 'out'",
                            "factor for each layer");
        }

        @Test
        void and_blames_an_activation_that_half_of_the_layers_have() {
            assertThatVerdict(vanishingGradient(), fadingBehind("tanh", 4))
                    .saying("4 layers of tanh in a row; where it saturates, its derivative is nearly 0 (here by 0.2)");
        }

        @Test
        void and_does_not_blame_an_activation_that_fewer_layers_have() {
            assertThatVerdict(vanishingGradient(), fadingBehind("tanh", 3)).notSaying("in a row");
        }

        /** A fading signal behind so many layers of one activation, followed by rectifiers. */
        private RunBuilder fadingBehind(String activation, int layers) {
            NetworkBuilder network = aNetwork();
            for (int i = 0; i < DEPTH; i++) {
                network.dense("dense_" + i, 10, 10, i < layers ? activation : "relu");
            }
            return aRun(network.output("out", 10, 3, "mcxent"))
                    .each(s -> fade(s, 0.2))
                    .each(s -> s.skill(0));
        }

        @Test
        void and_says_why_a_sigmoid_weakens_the_signal() {
            assertThatVerdict(vanishingGradient(), fading(0.2, 0))
                    .saying("its derivative is 0.25 at most, so every layer weakens the signal (here by 0.2)")
                    .notSaying("it rescales what arrives");
        }

        @Test
        void and_tells_no_factor_from_two_layers() {
            assertThatVerdict(vanishingGradient(), exactlyFading(1e5, 0))
                    .saying("where it saturates, its derivative is nearly 0")
                    .notSaying("here by")
                    .withRemedySaying("the signal then keeps its size (factor 1 for each layer)");
        }

        @Test
        void and_proposes_as_many_layers_as_lose_a_decade() {
            assertThatVerdict(vanishingGradient(), fading(0.4, 0))
                    .withRemedySaying("at most 2 layers of this kind instead of 8 (each costs a factor of 0.4");
        }

        @Test
        void and_does_not_blame_weights_of_half_the_sound_size() {
            assertThatVerdict(vanishingGradient(), exactlyFading(1e5, 0).each(s -> s.weightRms("dense", 0.25)))
                    .saying("initialisation: weights began at a size that suits their activation");
        }

        @Test
        void and_blames_weights_of_less_than_half_the_sound_size() {
            assertThatVerdict(vanishingGradient(), exactlyFading(1e5, 0).each(s -> s.weightRms("dense", 0.24)))
                    .saying("those of 'dense' began with a root mean square of 0.24 where Xavier's law asks for 0.5");
        }

        @Test
        void and_does_not_blame_a_step_of_a_tenth_for_gradients_of_zero() {
            assertThatVerdict(
                            vanishingGradient(),
                            exactlyFading(1, 0.1)
                                    .each(s -> s.updateRatio("top", 0.1))
                                    .from(10, s -> s.still("dense").still("top")))
                    .saying("no step before was long enough to kill them")
                    .withFacts("iterations with a gradient of 0", "skill at the end");
        }

        @Test
        void and_blames_a_longer_step_for_gradients_of_zero() {
            assertThatVerdict(
                            vanishingGradient(),
                            exactlyFading(1, 0.1)
                                    .each(s -> s.updateRatio("top", 0.1))
                                    .at(9, s -> s.updateRatio("top", 0.2))
                                    .from(10, s -> s.still("dense").still("top")))
                    .saying("in iteration 9 'top' moved by 0.2 of its weights (learning rate 0.01)")
                    .withFact("update ratio before", 0.2)
                    .withLimit("update ratio before", 0.1);
        }

        @Test
        void and_does_not_blame_a_long_step_that_came_later() {
            assertThatVerdict(
                            vanishingGradient(),
                            exactlyFading(1, 0.01)
                                    .each(s -> s.updateRatio("top", 0.1))
                                    .from(10, s -> s.still("dense"))
                                    .at(20, s -> s.updateRatio("top", 2)))
                    .inLayers("dense")
                    .saying("no step before was long enough to kill them");
        }

        @Test
        void on_gradients_of_zero_where_not_nearly_all_rectifiers_are_dead() {
            assertThatVerdict(vanishingGradient(), silentAndCutOff("relu", 19)).isFound(ERROR);
        }

        @Test
        void on_gradients_of_zero_behind_silent_units_that_are_no_rectifiers() {
            assertThatVerdict(vanishingGradient(), silentAndCutOff("leakyrelu", 20))
                    .isFound(ERROR);
        }

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
        void on_a_signal_that_was_level_at_the_beginning_and_has_faded_since() {
            assertThatVerdict(vanishingGradient(), exactlyFading(1, 0).from(20, s -> s.signal("top", 1e5)))
                    .isFound(ERROR)
                    .inLayers("dense")
                    .withFact("decades lost", 5);
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
        void on_a_layer_that_stands_still_where_the_signal_fades_by_three_decades() {
            assertThatVerdict(vanishingGradient(), exactlyFading(1000, 0)).isClear();
        }

        @Test
        void on_a_layer_that_moves_where_the_signal_fades_by_four_decades() {
            assertThatVerdict(vanishingGradient(), exactlyFading(10_000, 0.01)).isClear();
        }

        @Test
        void on_a_signal_that_was_measured_twice_only() {
            assertThatVerdict(vanishingGradient(), exactlyFading(1e5, 0).from(2, s -> s.signal("dense", Double.NaN)))
                    .isClear();
        }

        @Test
        void as_a_note_on_a_network_that_knows_half() {
            assertThatVerdict(vanishingGradient(), exactlyFading(1e5, 0).each(s -> s.loss(1)))
                    .isFound(INFO);
        }

        @Test
        void on_gradients_of_exactly_zero_in_a_network_that_knows_half() {
            assertThatVerdict(
                            vanishingGradient(),
                            exactlyFading(1, 0.01).each(s -> s.loss(1)).from(10, s -> s.still("dense")))
                    .isClear();
        }

        @Test
        void as_a_note_on_gradients_of_zero_that_dead_units_explain() {
            assertThatVerdict(vanishingGradient(), silentAndCutOff("relu", 20))
                    .isFound(INFO)
                    .inLayers("dense", "out")
                    .seenIn(5, 49)
                    .detectedAt(7);
        }

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
                    List.of(new ParameterView("W", Role.WEIGHT, 10_000)));
            assertThatVerdict(
                            vanishingGradient(),
                            aRun(aNetwork().layer(embedding).output("out", 10, 3, "mcxent"))
                                    .each(s -> s.still("words").skill(0)))
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
