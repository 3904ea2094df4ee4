package io.gradiometer.detector;

import static io.gradiometer.Runs.aNetwork;
import static io.gradiometer.Runs.aRun;
import static io.gradiometer.Runs.tensor;
import static io.gradiometer.detector.VerdictAssert.assertThatVerdict;
import static io.gradiometer.finding.Severity.ERROR;
import static io.gradiometer.finding.Severity.INFO;
import static io.gradiometer.finding.Severity.WARNING;

import io.gradiometer.RunBuilder;
import io.gradiometer.signal.ActivationStats;
import io.gradiometer.signal.TensorStats;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class SaturatedUnitsTest {

    private static SaturatedUnits saturatedUnits() {
        return new SaturatedUnits(SaturatedUnits.Limits.DEFAULT);
    }

    private static RunBuilder saturated(double flat, double skill) {
        return aRun().each(s -> s.outputs("dense_1", Outputs.flat(flat)).skill(skill));
    }

    private static RunBuilder saturatedOutput(String activation, String loss) {
        return aRun(aNetwork().dense("dense", 10, 10, "relu").output("out", 10, 1, activation, loss))
                .each(s -> s.outputs("out", Outputs.flat(1)).skill(0));
    }

    @Nested
    class Fires {

        @Test
        void on_a_layer_at_its_flat_ends() {
            assertThatVerdict(saturatedUnits(), saturated(0.9, 0))
                    .isFound(ERROR)
                    .inLayers("dense_1")
                    .seenIn(0, 49)
                    .saying("90 % of what 'dense_1' gives lies where its tanh is flat since iteration 0; skill 0")
                    .withFact("share of flat values in 'dense_1'", 0.9)
                    .withFact("skill at the end", 0)
                    .withRemedies("relu-activation")
                    .withRemedySaying("instead of tanh in layer 'dense_1'");
        }

        @Test
        void on_three_quarters_of_the_values() {
            assertThatVerdict(saturatedUnits(), saturated(0.75, 0)).isFound(ERROR);
        }

        @Test
        void since_the_iteration_in_which_it_began_for_good() {
            assertThatVerdict(
                            saturatedUnits(),
                            aRun().each(s -> s.skill(0))
                                    .at(3, s -> s.outputs("dense_1", Outputs.flat(0.9)))
                                    .from(20, s -> s.outputs("dense_1", Outputs.flat(0.9))))
                    .isFound(ERROR)
                    .saying("since iteration 20")
                    .seenIn(20, 49);
        }

        @Test
        void and_tells_of_the_worst_of_two_layers() {
            assertThatVerdict(saturatedUnits(), saturated(0.95, 0).each(s -> s.outputs("dense_0", Outputs.flat(0.8))))
                    .inLayers("dense_0", "dense_1")
                    .saying("95 % of what 'dense_1' gives");
        }

        @Test
        void and_tells_of_the_first_of_two_layers_that_are_as_bad() {
            assertThatVerdict(saturatedUnits(), saturated(0.9, 0).each(s -> s.outputs("dense_0", Outputs.flat(0.9))))
                    .saying("90 % of what 'dense_0' gives");
        }

        @Test
        void after_three_iterations() {
            assertThatVerdict(saturatedUnits(), saturated(1, 0).steps(3)).isFound(ERROR);
        }

        @Test
        void and_names_inputs_that_drive_the_first_layer_there() {
            assertThatVerdict(saturatedUnits(), saturated(1, 0).each(s -> s.features(tensor(320, 11))))
                    .saying("the inputs have a root mean square of 11")
                    .withRemedies("standardize-input", "relu-activation")
                    .withRemedySaying("is 11");
        }

        @Test
        void and_does_not_blame_inputs_of_a_sound_size() {
            assertThatVerdict(
                            saturatedUnits(),
                            saturated(1, 0).each(s -> s.features(new TensorStats(4, 40, 20, 10, 0, 0))))
                    .withRemedies("relu-activation");
        }

        @Test
        void on_an_output_that_regresses() {
            assertThatVerdict(saturatedUnits(), saturatedOutput("tanh", "LossMSE"))
                    .isFound(ERROR)
                    .inLayers("out")
                    .withRemedies("identity-output");
        }

        @Test
        void as_a_warning_where_a_simple_model_learns_far_more() {
            assertThatVerdict(saturatedUnits(), saturated(0.9, 0.3).yardstick(0.9))
                    .isFound(WARNING)
                    .withFact("skill of a simple model", 0.9);
        }
    }

    @Nested
    class StaysQuiet {

        @Test
        void on_a_network_that_learns() {
            assertThatVerdict(saturatedUnits(), aRun()).isClear();
        }

        @Test
        void on_less_than_three_quarters_of_the_values() {
            assertThatVerdict(saturatedUnits(), saturated(0.74, 0)).isClear();
        }

        @Test
        void as_a_note_on_a_network_that_learns() {
            assertThatVerdict(saturatedUnits(), saturated(1, 0.9)).isFound(INFO);
        }

        @Test
        void on_a_layer_that_was_saturated_at_first() {
            assertThatVerdict(saturatedUnits(), saturated(1, 0).from(40, s -> s.outputs("dense_1", Outputs.flat(0.1))))
                    .isClear();
        }

        @Test
        void on_a_classifier_that_is_sure() {
            assertThatVerdict(saturatedUnits(), saturatedOutput("sigmoid", "LossBinaryXENT"))
                    .isNotApplicable();
            assertThatVerdict(saturatedUnits(), saturatedOutput("sigmoid", "LossNegativeLogLikelihood"))
                    .isNotApplicable();
        }

        @Test
        void on_rectifiers() {
            assertThatVerdict(
                            saturatedUnits(),
                            aRun(aNetwork().dense("dense", 10, 10, "relu").output("out", 10, 1, "mse"))
                                    .each(s ->
                                            s.outputs("dense", Outputs.flat(1)).skill(0)))
                    .isNotApplicable();
        }
    }

    @Nested
    class IsInconclusive {

        @Test
        void before_three_iterations() {
            assertThatVerdict(saturatedUnits(), saturated(1, 0).steps(2)).isInconclusive("activations of 3 iterations");
        }

        @Test
        void where_activations_were_not_read() {
            assertThatVerdict(saturatedUnits(), aRun().each(s -> s.outputs("dense_0", ActivationStats.UNREAD)
                            .outputs("dense_1", ActivationStats.UNREAD)))
                    .isInconclusive("activations of 3 iterations");
        }
    }
}
