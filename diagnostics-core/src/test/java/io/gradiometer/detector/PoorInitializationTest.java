package io.gradiometer.detector;

import static io.gradiometer.Runs.aNetwork;
import static io.gradiometer.Runs.aRun;
import static io.gradiometer.detector.VerdictAssert.assertThatVerdict;
import static io.gradiometer.finding.Severity.ERROR;
import static io.gradiometer.finding.Severity.WARNING;
import static org.assertj.core.api.Assertions.assertThat;

import io.gradiometer.NetworkBuilder;
import io.gradiometer.RunBuilder;
import io.gradiometer.StepBuilder;
import io.gradiometer.signal.LayerView;
import io.gradiometer.signal.TensorStats;
import io.gradiometer.signal.UpdaterView;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class PoorInitializationTest {

    private static final double GLOROT = Math.sqrt(2.0 / 20);
    private static final double GLOROT_OUT = Math.sqrt(2.0 / 13);

    private static PoorInitialization poorInitialization() {
        return new PoorInitialization(PoorInitialization.Limits.DEFAULT);
    }

    private static NetworkBuilder twoLayers(String activation) {
        return aNetwork()
                .dense("dense_0", 10, 10, activation)
                .dense("dense_1", 10, 10, activation)
                .output("out", 10, 3, "mcxent");
    }

    /** A network that learns nothing where there is something to learn, whose first layer began at {@code rms}. */
    private static RunBuilder learnsNothing(String activation, double rms) {
        return aRun(twoLayers(activation))
                .each(s -> s.epoch(s.iteration() / 10).skill(0).weightRms("dense_0", rms))
                .yardstick(0.9);
    }

    private static RunBuilder learnsNothing(double rms) {
        return learnsNothing("tanh", rms);
    }

    /** A network that learns a little and then goes from better to worse and back, and nothing else. */
    private static RunBuilder oscillates(double rms) {
        return aRun().steps(60)
                .each(s -> s.epoch(s.iteration() / 6)
                        .skill(s.iteration() / 6 % 2 == 0 ? 0.3 : 0.5)
                        .weightRms("dense_0", rms))
                .yardstick(0.9);
    }

    /** A network that learns a little above a layer that no gradient reaches, and nothing else. */
    private static RunBuilder vanishes(double rms) {
        return aRun().each(s -> s.epoch(s.iteration() / 10)
                        .skill(0.3)
                        .weightRms("dense_1", rms)
                        .gradientRms("dense_0", 0)
                        .signal("dense_0", 0))
                .yardstick(0.9);
    }

    /** All hundred weights of the same size. */
    private static void uniform(StepBuilder step, String layer, double size) {
        step.value(layer, "W", new TensorStats(100, 100 * size, 10 * size, size, size == 0 ? 100 : 0, 0));
    }

    @Nested
    class Fires {

        @Test
        void on_weights_more_than_three_times_as_large_as_their_law_asks() {
            assertThatVerdict(poorInitialization(), learnsNothing(3.1 * GLOROT))
                    .isFound(ERROR)
                    .inLayers("dense_0")
                    .seenIn(0, 0)
                    .detectedAt(0)
                    .withConfidence(0.92)
                    .withFact("size of the weights of 'dense_0' over what suits them", 3.1)
                    .withLimit("size of the weights of 'dense_0' over what suits them", 3.0)
                    .withFact("skill at the end", 0)
                    .withFact("skill of a simple model", 0.9)
                    .saying(
                            "Weights of layer 'dense_0' began with a root mean square of 0.98 where Xavier's law asks for"
                                    + " 0.316")
                    .withRemedies("xavier-initialization")
                    .withRemedySaying("standard deviation 0.98 → 0.316");
        }

        @Test
        void on_weights_less_than_a_third_as_large_as_their_law_asks() {
            assertThatVerdict(poorInitialization(), learnsNothing(0.32 * GLOROT))
                    .isFound(ERROR)
                    .inLayers("dense_0")
                    .withConfidence(0.9)
                    .withFact("size of the weights of 'dense_0' over what suits them", 0.32)
                    .withLimit("size of the weights of 'dense_0' over what suits them", 1 / 3.0)
                    .withRemedySaying("standard deviation 0.101 → 0.316");
        }

        @Test
        void by_he_s_law_on_rectifiers() {
            assertThatVerdict(poorInitialization(), learnsNothing("relu", 3.1 * Math.sqrt(2.0 / 10)))
                    .isFound(ERROR)
                    .saying("He's law asks for 0.447")
                    .withRemedies("he-initialization");
        }

        @Test
        void on_large_weights_of_the_output_layer() {
            assertThatVerdict(
                            poorInitialization(), learnsNothing(GLOROT).each(s -> s.weightRms("out", 3.1 * GLOROT_OUT)))
                    .isFound(ERROR)
                    .inLayers("out");
        }

        @Test
        void and_names_every_layer_that_began_too_large_but_not_those_that_began_too_small() {
            assertThatVerdict(poorInitialization(), learnsNothing(0.01).each(s -> s.weightRms("dense_1", 5)
                            .weightRms("out", 5)))
                    .inLayers("dense_1", "out")
                    .withConfidence(0.92)
                    .saying("2 layers ('dense_1' to 'out')")
                    .withRemedySaying("in 'dense_1'");
        }

        @Test
        void on_weights_that_are_all_alike() {
            assertThatVerdict(poorInitialization(), learnsNothing(GLOROT).each(s -> uniform(s, "dense_1", 0.3)))
                    .isFound(ERROR)
                    .inLayers("dense_1")
                    .withConfidence(0.97)
                    .withLimit("size of the weights of 'dense_1' over what suits them", null)
                    .saying("all began with the same size, so that units of a layer cannot become different");
        }

        @Test
        void on_weights_that_are_all_zero() {
            assertThatVerdict(poorInitialization(), learnsNothing(GLOROT).each(s -> uniform(s, "dense_0", 0)))
                    .isFound(ERROR)
                    .inLayers("dense_0")
                    .withConfidence(0.97)
                    .withRemedySaying("standard deviation 0 → 0.316");
        }

        @Test
        void on_weights_that_are_all_alike_whatever_size_the_others_have() {
            assertThatVerdict(poorInitialization(), learnsNothing(5).each(s -> uniform(s, "dense_1", 0.3)))
                    .inLayers("dense_1")
                    .withConfidence(0.97);
        }

        @Test
        void as_a_warning_where_the_network_learned_a_little() {
            assertThatVerdict(poorInitialization(), oscillates(5)).isFound(WARNING);
            assertThatVerdict(poorInitialization(), vanishes(0.01)).isFound(WARNING);
        }

        @Test
        void from_the_first_iteration_on() {
            assertThatVerdict(poorInitialization(), learnsNothing(5).steps(1).each(s -> s.loss(Double.NaN)))
                    .isFound(ERROR);
        }

        @Test
        void in_the_first_iteration_of_a_network_that_goes_on_training() {
            assertThatVerdict(poorInitialization(), learnsNothing(5).each(s -> s.iterationIs(5_000 + s.iteration())))
                    .seenIn(5_000, 5_000)
                    .detectedAt(5_000);
        }

        @Test
        void and_blames_large_weights_for_what_they_do_alone() {
            PoorInitialization detector = poorInitialization();

            assertThatVerdict(detector, learnsNothing(5)).isFound(ERROR);

            assertThat(detector.explains("saturated-units")).isTrue();
            assertThat(detector.explains("vanishing-gradient")).isFalse();
        }

        @Test
        void and_blames_small_weights_for_what_they_do_alone() {
            PoorInitialization detector = poorInitialization();

            assertThatVerdict(detector, learnsNothing(0.01)).isFound(ERROR);

            assertThat(detector.explains("vanishing-gradient")).isTrue();
            assertThat(detector.explains("saturated-units")).isFalse();
        }
    }

    @Nested
    class StaysQuiet {

        @Test
        void on_a_network_that_learns() {
            assertThatVerdict(poorInitialization(), aRun()).isClear();
        }

        @Test
        void on_odd_weights_of_a_network_that_learns() {
            assertThatVerdict(poorInitialization(), aRun().each(s -> s.weightRms("dense_0", 5)
                            .weightRms("dense_1", 0.01)))
                    .isClear();
            assertThatVerdict(poorInitialization(), aRun().each(s -> uniform(s, "dense_0", 0.3)))
                    .isClear();
        }

        @Test
        void on_odd_weights_that_no_symptom_followed() {
            assertThatVerdict(poorInitialization(), aRun().each(s -> s.skill(0).weightRms("dense_0", 5)))
                    .isClear();
        }

        @Test
        void on_weights_a_little_less_than_three_times_as_large_as_their_law_asks() {
            assertThatVerdict(poorInitialization(), learnsNothing(2.9 * GLOROT)).isClear();
        }

        @Test
        void on_weights_a_little_more_than_a_third_as_large_as_their_law_asks() {
            assertThatVerdict(poorInitialization(), learnsNothing(0.34 * GLOROT))
                    .isClear();
        }

        @Test
        void on_small_weights_of_the_output_layer() {
            assertThatVerdict(poorInitialization(), learnsNothing(GLOROT).each(s -> s.weightRms("out", 0.001)))
                    .isClear();
        }

        @Test
        void on_large_weights_where_a_gradient_fades() {
            assertThatVerdict(poorInitialization(), vanishes(5)).isClear();
        }

        @Test
        void on_small_weights_where_a_loss_oscillates() {
            assertThatVerdict(poorInitialization(), oscillates(0.01)).isClear();
        }

        @Test
        void on_small_weights_where_the_loss_rises() {
            assertThatVerdict(poorInitialization(), learnsNothing(0.01).each(s -> s.skill(-0.1 * s.iteration())))
                    .isClear();
        }

        @Test
        void on_an_output_layer_that_begins_with_all_weights_alike() {
            assertThatVerdict(
                            poorInitialization(),
                            learnsNothing(GLOROT)
                                    .each(s -> s.value(
                                            "out", "W", new TensorStats(30, 9, 0.3 * Math.sqrt(30), 0.3, 0, 0))))
                    .isClear();
        }

        @Test
        void on_a_layer_of_one_unit() {
            assertThatVerdict(
                            poorInitialization(),
                            aRun(aNetwork().dense("one", 100, 1, "tanh").output("out", 1, 3, "mcxent"))
                                    .each(s -> s.epoch(s.iteration() / 10).skill(0))
                                    .each(s -> uniform(s, "one", Math.sqrt(2.0 / 101)))
                                    .yardstick(0.9))
                    .isClear();
        }

        @Test
        void on_the_only_layer_that_has_weights() {
            assertThatVerdict(
                            poorInitialization(),
                            aRun(aNetwork().dense("only", 10, 10, "tanh").batchNorm("norm", 10))
                                    .each(s -> s.epoch(s.iteration() / 10).skill(0))
                                    .each(s -> uniform(s, "only", GLOROT))
                                    .yardstick(0.9))
                    .isClear();
        }

        @Test
        void on_the_weights_of_an_embedding() {
            LayerView embedding = new LayerView(
                    "words",
                    "EmbeddingLayer",
                    "identity",
                    "XAVIER",
                    UpdaterView.plain("Sgd", 0.01),
                    false,
                    null,
                    10,
                    10,
                    aNetwork()
                            .dense("words", 10, 10, "identity")
                            .build()
                            .layers()
                            .get(0)
                            .parameters());
            assertThatVerdict(
                            poorInitialization(),
                            aRun(aNetwork().layer(embedding).output("out", 10, 3, "mcxent"))
                                    .each(s ->
                                            s.epoch(s.iteration() / 10).skill(0).weightRms("words", 5))
                                    .yardstick(0.9))
                    .isClear();
        }

        @Test
        void on_weights_that_grew_large_in_training() {
            assertThatVerdict(poorInitialization(), learnsNothing(GLOROT).from(1, s -> s.weightRms("dense_0", 50)))
                    .isClear();
        }
    }

    @Nested
    class IsInconclusive {

        @Test
        void before_the_first_iteration() {
            assertThatVerdict(poorInitialization(), aRun().steps(0)).isInconclusive("not one iteration");
        }

        @Test
        void and_has_nothing_to_say_of_a_network_without_weights() {
            assertThatVerdict(poorInitialization(), aRun(aNetwork().plain("pool", "SubsamplingLayer")))
                    .isNotApplicable();
        }

        @Test
        void and_has_nothing_to_say_of_a_network_that_only_normalises() {
            assertThatVerdict(poorInitialization(), aRun(aNetwork().batchNorm("norm", 10)))
                    .isNotApplicable();
        }

        @Test
        void and_has_nothing_to_say_of_a_network_of_frozen_weights() {
            assertThatVerdict(poorInitialization(), aRun(aNetwork().frozen("frozen", 10, 10, "tanh")))
                    .isNotApplicable();
        }
    }
}
