package io.gradiometer.detector;

import static io.gradiometer.Runs.aNetwork;
import static io.gradiometer.Runs.aRun;
import static io.gradiometer.detector.VerdictAssert.assertThatVerdict;
import static io.gradiometer.finding.Severity.ERROR;
import static io.gradiometer.finding.Severity.WARNING;

import io.gradiometer.NetworkBuilder;
import io.gradiometer.RunBuilder;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ActivationUnsuitedTest {

    private static ActivationUnsuited activationUnsuited() {
        return new ActivationUnsuited(ActivationUnsuited.Limits.DEFAULT);
    }

    private static NetworkBuilder network(String activation) {
        return aNetwork()
                .dense("dense_0", 10, 10, "tanh")
                .dense("dense_1", 10, 10, activation)
                .output("out", 10, 3, "mcxent");
    }

    private static RunBuilder dying(String activation) {
        return aRun(network(activation))
                .each(s -> s.outputs("dense_1", Outputs.silent(Outputs.UNITS, 32L * (s.iteration() + 1)))
                        .skill(0));
    }

    @Nested
    class Fires {

        @Test
        void on_a_cube_that_overflows() {
            assertThatVerdict(activationUnsuited(), aRun(network("cube")).from(10, s -> s.loss(Double.NaN)))
                    .isFound(ERROR)
                    .inLayers("dense_1")
                    .seenIn(0, 49)
                    .saying("cube in 'dense_1' grows faster than linearly")
                    .saying("the loss is not finite at the end")
                    .withConfidence(0.95)
                    .withRemedies("relu-activation")
                    .withRemedySaying("instead of cube in layer 'dense_1'");
        }

        @Test
        void on_a_cube_whose_gradients_explode() {
            assertThatVerdict(activationUnsuited(), aRun(network("cube")).each(s -> s.skill(-1)
                            .updateRatio("dense_1", 2)))
                    .isFound(ERROR)
                    .inLayers("dense_1")
                    .withFact("skill at the end", -1);
        }

        @Test
        void on_rectifiers_that_die_although_no_step_pushed_them() {
            assertThatVerdict(activationUnsuited(), dying("relu"))
                    .isFound(ERROR)
                    .inLayers("dense_1")
                    .saying("relu in 'dense_1' let its units die although no step was long enough")
                    .withConfidence(0.6)
                    .withRemedies("leaky-relu");
        }

        @Test
        void on_rectifiers_that_die_beside_a_step_of_just_a_tenth() {
            assertThatVerdict(activationUnsuited(), dying("relu").at(3, s -> s.updateRatio("dense_0", 0.099)))
                    .isFound(ERROR);
        }

        @Test
        void as_a_warning_where_a_simple_model_learns_far_more() {
            assertThatVerdict(
                            activationUnsuited(),
                            dying("relu").each(s -> s.skill(0.3)).yardstick(0.9))
                    .isFound(WARNING)
                    .saying("where a simple model reaches 0.9");
        }
    }

    @Nested
    class StaysQuiet {

        @Test
        void on_rectifiers_that_weights_of_next_to_nothing_leave_at_0() {
            assertThatVerdict(activationUnsuited(), dying("relu").each(s -> s.weightRms("dense_1", 0.01)))
                    .isClear();
        }

        @Test
        void on_a_network_that_learns() {
            assertThatVerdict(activationUnsuited(), aRun()).isClear();
        }

        @Test
        void on_a_cube_that_learns() {
            assertThatVerdict(activationUnsuited(), aRun(network("cube"))).isClear();
        }

        @Test
        void on_a_cube_in_a_network_whose_trouble_is_no_overflow() {
            assertThatVerdict(activationUnsuited(), aRun(network("cube")).each(s -> s.predicted("out", 1.0, 0.0, 0.0)
                            .skill(0)))
                    .isClear();
        }

        @Test
        void on_an_overflow_of_activations_that_grow_no_faster_than_linearly() {
            assertThatVerdict(activationUnsuited(), aRun(network("softplus")).from(10, s -> s.loss(Double.NaN)))
                    .isClear();
        }

        @Test
        void on_rectifiers_that_a_long_step_killed() {
            assertThatVerdict(activationUnsuited(), dying("relu").at(3, s -> s.updateRatio("dense_0", 0.11)))
                    .isClear();
        }

        @Test
        void on_dead_units_of_a_network_that_learns() {
            assertThatVerdict(activationUnsuited(), dying("relu").each(s -> s.skill(0.9)))
                    .isClear();
        }

        @Test
        void on_an_output_that_died_above_sound_layers() {
            NetworkBuilder network =
                    aNetwork().dense("dense_0", 10, 10, "relu").output("out", 10, 10, "relu", "LossMSE");
            assertThatVerdict(activationUnsuited(), aRun(network).each(s -> s.outputs(
                                    "out", Outputs.silent(Outputs.UNITS, 2_000))
                            .skill(0)))
                    .isClear();
        }

        @Test
        void on_a_network_without_hidden_activations() {
            assertThatVerdict(
                            activationUnsuited(),
                            aRun(aNetwork().plain("pool", "SubsamplingLayer").output("out", 10, 3, "mcxent")))
                    .isNotApplicable();
        }
    }

    @Nested
    class IsInconclusive {

        @Test
        void before_the_first_iteration() {
            assertThatVerdict(activationUnsuited(), dying("relu").steps(0)).isInconclusive("not one iteration");
        }
    }
}
