package io.gradiometer.detector;

import static io.gradiometer.Runs.aNetwork;
import static io.gradiometer.Runs.aRun;
import static io.gradiometer.detector.VerdictAssert.assertThatVerdict;
import static io.gradiometer.finding.Severity.ERROR;
import static io.gradiometer.finding.Severity.INFO;
import static io.gradiometer.finding.Severity.WARNING;

import io.gradiometer.NetworkBuilder;
import io.gradiometer.RunBuilder;
import io.gradiometer.signal.ActivationStats;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class DeadUnitsTest {

    private static DeadUnits deadUnits() {
        return new DeadUnits(DeadUnits.Limits.DEFAULT);
    }

    private static NetworkBuilder rectifiers() {
        return aNetwork()
                .dense("dense_0", 10, 10, "relu")
                .dense("dense_1", 10, 10, "relu")
                .dense("dense_2", 10, 10, "relu")
                .output("out", 10, 3, "mcxent");
    }

    /** So many of ten units of {@code dense_1} silent from the start, 32 rows an iteration. */
    private static RunBuilder silent(int units, double skill) {
        return aRun(rectifiers()).each(s -> s.outputs("dense_1", Outputs.silent(units, 32L * (s.iteration() + 1)))
                .skill(skill));
    }

    @Nested
    class Fires {

        @Test
        void on_a_layer_of_dead_units() {
            assertThatVerdict(deadUnits(), silent(6, 0))
                    .isFound(ERROR)
                    .inLayers("dense_1")
                    .seenIn(0, 49)
                    .detectedAt(49)
                    .saying(
                            "60 % of the 10 units of 'dense_1' gave 0 for each of the last 1600 rows; skill 0 at the end")
                    .withFact("share of dead units in 'dense_1'", 0.6)
                    .withFact("rows that it rests on", 1600)
                    .withLimit("rows that it rests on", 1000.0)
                    .withConfidence(0.9)
                    .withFact("skill at the end", 0);
        }

        @Test
        void on_half_of_the_units() {
            assertThatVerdict(deadUnits(), silent(5, 0)).isFound(ERROR);
        }

        @Test
        void after_a_thousand_rows() {
            assertThatVerdict(deadUnits(), aRun(rectifiers()).each(s -> s.outputs("dense_1", Outputs.silent(6, 1_000))
                            .skill(0)))
                    .isFound(ERROR);
        }

        @Test
        void after_two_batches_on_a_layer_without_a_single_active_unit() {
            assertThatVerdict(deadUnits(), silent(10, 0).steps(2))
                    .isFound(ERROR)
                    .withFact("rows that it rests on", 64)
                    .withLimit("rows that it rests on", 64.0);
        }

        @Test
        void after_two_batches_on_a_layer_with_one_active_unit_in_twenty() {
            ActivationStats nineteen = new ActivationStats(32, 0.5, 1, 0.5, 0.5, 20, 19, 64, 0);
            assertThatVerdict(deadUnits(), aRun(rectifiers()).steps(2).each(s -> s.outputs("dense_1", nineteen)
                            .skill(0)))
                    .isFound(ERROR)
                    .withConfidence(0.98);
        }

        @Test
        void on_a_layer_that_gives_nothing_any_more_though_its_units_once_did() {
            assertThatVerdict(deadUnits(), aRun(rectifiers()).each(s -> s.outputs("dense_1", Outputs.flat(1))
                            .skill(0)))
                    .isFound(ERROR)
                    .withFact("share of dead units in 'dense_1'", 1)
                    // The last eight batches.
                    .withFact("rows that it rests on", 256);
        }

        @Test
        void and_tells_of_the_worst_of_two_layers() {
            assertThatVerdict(deadUnits(), silent(6, 0).each(s -> s.outputs("dense_2", Outputs.silent(9, 1_600))))
                    .inLayers("dense_1", "dense_2")
                    .saying("90 % of the 10 units of 'dense_2'")
                    .saying(", and 1 more layer is like it;")
                    .withRemedySaying("in 2 layers ('dense_1' to 'dense_2')");
        }

        @Test
        void and_tells_of_the_first_of_three_layers_that_are_as_bad() {
            assertThatVerdict(deadUnits(), silent(6, 0).each(s -> s.outputs("dense_0", Outputs.silent(6, 1_600))
                            .outputs("dense_2", Outputs.silent(6, 1_600))))
                    .inLayers("dense_0", "dense_1", "dense_2")
                    .saying("units of 'dense_0'")
                    .saying(", and 2 more layers are like it;");
        }

        @Test
        void and_names_the_step_that_can_have_killed_them() {
            assertThatVerdict(
                            deadUnits(),
                            silent(6, 0)
                                    .at(6, s -> s.updateRatio("dense_0", 2))
                                    .at(4, s -> s.updateRatio("dense_1", 8)))
                    .saying("'dense_1' moved by 8 of its weights in iteration 4")
                    .withRemedies("lower-learning-rate", "clip-l2-per-layer", "leaky-relu")
                    .withRemedySaying("0.01 → 1.2e-5");
        }

        @Test
        void and_rules_steps_out_that_were_no_longer_than_a_tenth() {
            assertThatVerdict(deadUnits(), silent(6, 0).at(4, s -> s.updateRatio("dense_0", 0.099)))
                    .saying("steps too long: no layer moved by more than a tenth")
                    .withRemedies("leaky-relu")
                    .withRemedySaying("in layer 'dense_1'");
        }

        @Test
        void on_a_rectified_output_which_should_be_linear_not_leaky() {
            assertThatVerdict(
                            deadUnits(),
                            aRun(aNetwork().dense("dense", 10, 10, "tanh").output("out", 10, 10, "relu", "LossMSE"))
                                    .each(s -> s.outputs("out", Outputs.silent(10, 1_600))
                                            .skill(0)))
                    .isFound(ERROR)
                    .inLayers("out")
                    .saying("'out' is the output layer: where its relu gives 0, no error passes back")
                    .withRemedies("identity-output");
        }

        @Test
        void as_a_warning_where_a_simple_model_learns_far_more() {
            assertThatVerdict(deadUnits(), silent(6, 0.3).yardstick(0.9))
                    .isFound(WARNING)
                    .withFact("skill of a simple model", 0.9);
        }

        @Test
        void as_a_warning_on_a_network_that_forgot_a_part_of_what_it_knew() {
            assertThatVerdict(deadUnits(), silent(6, 0.8).from(25, s -> s.skill(0.3)))
                    .isFound(WARNING);
        }
    }

    @Nested
    class StaysQuiet {

        @Test
        void on_a_network_that_learns() {
            assertThatVerdict(deadUnits(), aRun(rectifiers())).isClear();
        }

        @Test
        void after_two_batches_in_which_every_unit_was_active() {
            assertThatVerdict(deadUnits(), silent(0, 0).steps(2)).isClear();
        }

        @Test
        void on_less_than_half_of_the_units() {
            assertThatVerdict(deadUnits(), silent(4, 0)).isClear();
        }

        @Test
        void as_a_note_on_dead_units_of_a_network_that_learns() {
            assertThatVerdict(deadUnits(), silent(9, 0.9)).isFound(INFO);
        }

        @Test
        void on_a_batch_for_which_nothing_was_active() {
            assertThatVerdict(deadUnits(), aRun(rectifiers()).at(49, s -> s.outputs("dense_1", Outputs.flat(1))
                            .skill(0)))
                    .isClear();
        }

        @Test
        void on_units_that_cannot_switch_off() {
            assertThatVerdict(
                            deadUnits(),
                            aRun(aNetwork()
                                            .dense("leaky", 10, 10, "leakyrelu")
                                            .dense("tanh", 10, 10, "tanh")
                                            .output("out", 10, 3, "mcxent"))
                                    .each(s -> s.outputs("leaky", Outputs.silent(10, 1_600))
                                            .outputs("tanh", Outputs.silent(10, 1_600))
                                            .skill(0)))
                    .isNotApplicable();
        }
    }

    @Nested
    class IsInconclusive {

        @Test
        void before_units_were_silent_for_a_thousand_rows() {
            assertThatVerdict(deadUnits(), silent(6, 0).steps(31)).isInconclusive("activations of 1000 rows");
        }

        @Test
        void before_two_batches_even_of_a_layer_without_a_single_active_unit() {
            assertThatVerdict(deadUnits(), silent(10, 0).steps(1)).isInconclusive("activations of 64 rows");
        }

        @Test
        void where_activations_were_not_read() {
            assertThatVerdict(
                            deadUnits(),
                            aRun(aNetwork().dense("dense", 10, 10, "relu").output("out", 10, 3, "mcxent"))
                                    .each(s -> s.outputs("dense", ActivationStats.UNREAD)))
                    .isInconclusive("activations of 64 rows");
        }

        @Test
        void before_a_layer_was_silent_for_a_thousand_rows_even_beside_sound_ones() {
            assertThatVerdict(deadUnits(), aRun(rectifiers()).each(s -> s.outputs("dense_0", Outputs.silent(0, 2_000))
                            .outputs("dense_1", Outputs.silent(5, 999))))
                    .isInconclusive("activations of 1000 rows");
        }

        @Test
        void before_the_first_iteration() {
            assertThatVerdict(deadUnits(), silent(10, 0).steps(0)).isInconclusive("not one iteration");
        }
    }
}
