package io.gradiometer.detector;

import static io.gradiometer.Runs.aNetwork;
import static io.gradiometer.Runs.aRun;
import static io.gradiometer.detector.VerdictAssert.assertThatVerdict;
import static io.gradiometer.finding.Severity.ERROR;
import static io.gradiometer.finding.Severity.WARNING;

import io.gradiometer.NetworkBuilder;
import io.gradiometer.RunBuilder;
import io.gradiometer.StepBuilder;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ActivationTooDeepTest {

    private static ActivationTooDeep activationTooDeep() {
        return new ActivationTooDeep(ActivationTooDeep.Limits.DEFAULT);
    }

    private static NetworkBuilder stack(int depth, String activation) {
        NetworkBuilder network = aNetwork();
        for (int i = 0; i < depth; i++) {
            network.dense("dense_" + i, 10, 10, activation);
        }
        return network.output("out", 10, 3, "mcxent");
    }

    /** A signal multiplied by {@code factor} in each layer towards the input, and steps that follow it down. */
    private static void fade(StepBuilder step, int depth, double factor) {
        for (int i = 0; i < depth; i++) {
            double size = Math.pow(factor, depth - i);
            step.signal("dense_" + i, size).updateRatio("dense_" + i, 0.01 * Math.min(1, size));
        }
        step.signal("out", 1).updateRatio("out", 0.01);
    }

    private static RunBuilder fading(int depth, double factor) {
        return aRun(stack(depth, "sigmoid")).each(s -> fade(s, depth, factor)).each(s -> s.skill(0));
    }

    /** Training that gets nowhere where a simple model learns: a symptom, whatever the signal does. */
    private static RunBuilder learningNothing(RunBuilder run) {
        return run.yardstick(0.9).each(s -> s.skill(0).epoch(s.iteration() / 10));
    }

    @Nested
    class Fires {

        @Test
        void on_a_stack_of_sigmoids_that_the_error_does_not_pass() {
            assertThatVerdict(activationTooDeep(), fading(5, 0.2))
                    .isFound(ERROR)
                    .inLayers("dense_0", "dense_1", "dense_2", "dense_3", "dense_4")
                    .saying("5 layers of sigmoid in a row weaken the error signal by a factor of 3120")
                    .withFact("decades lost", -5 * Math.log10(0.2))
                    .withFact("squashing layers", 5)
                    .withFact("skill at the end", 0)
                    .seenIn(0, 49)
                    .detectedAt(2);
        }

        @Test
        void and_says_what_each_layer_costs() {
            assertThatVerdict(activationTooDeep(), fading(5, 0.2))
                    .withRemedies("relu-activation", "batch-normalization")
                    .withRemedySaying("factor 1 for each layer instead of 0.2")
                    .withRemedySaying("each of the 5 layers");
        }

        @Test
        void within_three_iterations() {
            assertThatVerdict(activationTooDeep(), fading(5, 0.2).steps(3)).isFound(ERROR);
        }

        @Test
        void on_three_layers_already() {
            assertThatVerdict(activationTooDeep(), fading(3, 0.05))
                    .isFound(ERROR)
                    .withFact("squashing layers", 3);
        }

        @Test
        void on_a_little_more_than_two_decades_where_nothing_is_learned() {
            assertThatVerdict(activationTooDeep(), learningNothing(fading(5, Math.pow(10, -2.1 / 5))))
                    .isFound(ERROR)
                    .withFact("decades lost", 2.1);
        }

        @Test
        void as_a_warning_where_a_simple_model_learns_far_more() {
            assertThatVerdict(
                            activationTooDeep(),
                            fading(5, 0.2).each(s -> s.skill(0.3)).yardstick(0.9))
                    .isFound(WARNING)
                    .withFact("skill of a simple model", 0.9)
                    .saying("where a simple model reaches 0.9");
        }

        @Test
        void and_names_the_squashing_layers_alone() {
            NetworkBuilder mixed = aNetwork()
                    .dense("first", 10, 10, "relu")
                    .dense("dense_0", 10, 10, "tanh")
                    .dense("dense_1", 10, 10, "tanh")
                    .dense("dense_2", 10, 10, "tanh")
                    .output("out", 10, 3, "mcxent");
            assertThatVerdict(
                            activationTooDeep(),
                            aRun(mixed).each(s -> fade(s, 3, 0.05)).each(s -> s.skill(0)))
                    .isFound(ERROR)
                    .inLayers("dense_0", "dense_1", "dense_2")
                    .saying("3 layers of tanh")
                    .saying("on its way to 'dense_0'")
                    .withRemedySaying("in 3 layers ('dense_0' to 'dense_2')");
        }
    }

    @Nested
    class StaysQuiet {

        @Test
        void on_a_network_that_learns() {
            assertThatVerdict(activationTooDeep(), aRun(stack(3, "tanh"))).isClear();
        }

        @Test
        void on_a_faded_signal_in_a_network_that_has_learned() {
            assertThatVerdict(activationTooDeep(), fading(5, 0.2).each(s -> s.skill(0.9)))
                    .isClear();
        }

        @Test
        void on_a_faded_signal_where_a_simple_model_learns_no_more() {
            assertThatVerdict(
                            activationTooDeep(),
                            fading(5, 0.2).each(s -> s.skill(0.3)).yardstick(0.4))
                    .isClear();
        }

        @Test
        void on_a_little_less_than_two_decades() {
            assertThatVerdict(activationTooDeep(), learningNothing(fading(5, Math.pow(10, -1.9 / 5))))
                    .isClear();
        }

        @Test
        void on_a_signal_that_grows_towards_the_input() {
            assertThatVerdict(activationTooDeep(), learningNothing(fading(5, 5)))
                    .isClear();
        }

        @Test
        void on_a_signal_that_was_not_measured() {
            assertThatVerdict(
                            activationTooDeep(),
                            learningNothing(fading(5, Double.NaN)).each(s -> {
                                for (int i = 0; i < 5; i++) {
                                    s.updateRatio("dense_" + i, 0.001);
                                }
                            }))
                    .isClear();
        }

        @Test
        void on_two_layers() {
            assertThatVerdict(activationTooDeep(), fading(2, 0.01)).isNotApplicable();
        }

        @Test
        void on_rectifiers() {
            assertThatVerdict(
                            activationTooDeep(),
                            aRun(stack(5, "relu")).each(s -> fade(s, 5, 0.2)).each(s -> s.skill(0)))
                    .isNotApplicable();
        }

        @Test
        void on_two_layers_below_an_output_that_squashes() {
            NetworkBuilder network = aNetwork()
                    .dense("dense_0", 10, 10, "tanh")
                    .dense("dense_1", 10, 10, "tanh")
                    .output("out", 10, 1, "xent");
            assertThatVerdict(
                            activationTooDeep(),
                            aRun(network).each(s -> fade(s, 2, 0.01)).each(s -> s.skill(0)))
                    .isNotApplicable();
        }
    }

    @Nested
    class IsInconclusive {

        @Test
        void before_three_iterations() {
            assertThatVerdict(activationTooDeep(), fading(5, 0.2).steps(2))
                    .isInconclusive("1 more iteration (2 seen, 3 needed)");
        }
    }
}
