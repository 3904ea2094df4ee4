package io.gradiometer.detector;

import static io.gradiometer.Runs.aNetwork;
import static io.gradiometer.Runs.aRun;
import static io.gradiometer.detector.VerdictAssert.assertThatVerdict;
import static io.gradiometer.finding.Severity.INFO;

import io.gradiometer.RunBuilder;
import io.gradiometer.signal.LayerView;
import io.gradiometer.signal.ParameterView;
import io.gradiometer.signal.Role;
import io.gradiometer.signal.UpdaterView;
import io.gradiometer.signal.Yardstick;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class CapacityTooSmallTest {

    private static CapacityTooSmall capacityTooSmall() {
        return new CapacityTooSmall(CapacityTooSmall.Limits.DEFAULT);
    }

    /** Training that stands still at a skill of 0.3, through a hidden layer of so many units, where a simple model reaches 0.9. */
    private static RunBuilder narrow(int units) {
        return aRun(aNetwork()
                        .dense("dense_0", 10, 10, "tanh")
                        .dense("narrow", 10, units, "tanh")
                        .dense("dense_2", units, 10, "tanh")
                        .output("out", 10, 3, "mcxent"))
                .yardstick(0.9)
                .each(s -> s.skill(0.3));
    }

    @Nested
    class Fires {

        @Test
        void on_a_layer_of_two_units_where_a_simple_model_knows_far_more() {
            assertThatVerdict(capacityTooSmall(), narrow(2))
                    .isFound(INFO)
                    .inLayers("narrow")
                    .saying("All that 'narrow' can pass on are 2 numbers; skill 0.3 at the end")
                    .withFact("units of the narrowest layer", 2)
                    .withFact("skill at the end", 0.3)
                    .withFact("skill of a simple model", 0.9)
                    .seenIn(0, 49)
                    .detectedAt(49)
                    .withRemedies("more-units")
                    .withRemedySaying("2 → 16");
        }

        @Test
        void on_a_single_unit() {
            assertThatVerdict(capacityTooSmall(), narrow(1))
                    .isFound(INFO)
                    .saying("can pass on is one number;")
                    .withRemedySaying("1 → 16");
        }

        @Test
        void and_asks_for_eight_times_as_many_where_that_is_more() {
            CapacityTooSmall strict = new CapacityTooSmall(new CapacityTooSmall.Limits(5, 10));
            assertThatVerdict(strict, narrow(5))
                    .isFound(INFO)
                    .withRemedySaying("5 → 40")
                    .withRemedyCode(".nOut(40)");
        }

        @Test
        void on_a_rise_that_would_take_more_than_ten_runs() {
            // Of 0.002 in a run, where 0.6 are missing.
            assertThatVerdict(capacityTooSmall(), narrow(2).each(s -> s.skill(0.3 + 0.00004 * s.iteration())))
                    .isFound(INFO);
        }

        @Test
        void on_a_network_that_learned_nothing() {
            assertThatVerdict(capacityTooSmall(), narrow(2).each(s -> s.skill(0)))
                    .isFound(INFO);
        }
    }

    @Nested
    class StaysQuiet {

        @Test
        void on_a_healthy_run() {
            assertThatVerdict(capacityTooSmall(), aRun()).isClear();
        }

        @Test
        void on_three_units() {
            assertThatVerdict(capacityTooSmall(), narrow(3)).isClear();
        }

        @Test
        void on_a_narrow_network_that_still_learns() {
            assertThatVerdict(capacityTooSmall(), narrow(2).each(s -> s.skill(0.2 + 0.002 * s.iteration())))
                    .isClear();
        }

        @Test
        void on_a_narrow_network_that_comes_near_a_simple_model() {
            assertThatVerdict(capacityTooSmall(), narrow(2).each(s -> s.skill(0.75)))
                    .isClear();
        }

        @Test
        void on_a_narrow_network_where_nobody_knows_what_can_be_learned() {
            assertThatVerdict(
                            capacityTooSmall(),
                            narrow(2).yardstick(Yardstick.UNKNOWN).each(s -> s.skill(0)))
                    .isClear();
        }

        @Test
        void on_an_output_of_one_unit() {
            assertThatVerdict(
                            capacityTooSmall(),
                            aRun(aNetwork().dense("dense_0", 10, 10, "tanh").output("out", 10, 1, "xent"))
                                    .yardstick(0.9)
                                    .each(s -> s.skill(0.3)))
                    .isClear();
        }

        @Test
        void on_a_layer_that_passes_on_whatever_it_is_given() {
            LayerView slopes = new LayerView(
                    "slopes",
                    "PReLULayer",
                    null,
                    null,
                    UpdaterView.plain("Sgd", 0.01),
                    false,
                    null,
                    0,
                    0,
                    List.of(new ParameterView("alpha", Role.SCALE, 10)));
            assertThatVerdict(
                            capacityTooSmall(),
                            aRun(aNetwork()
                                            .dense("dense_0", 10, 10, "identity")
                                            .layer(slopes)
                                            .output("out", 10, 3, "mcxent"))
                                    .yardstick(0.9)
                                    .each(s -> s.skill(0.3)))
                    .isClear();
        }

        @Test
        void on_a_network_without_hidden_layers() {
            assertThatVerdict(
                            capacityTooSmall(),
                            aRun(aNetwork().output("out", 10, 2, "mcxent"))
                                    .yardstick(0.9)
                                    .each(s -> s.skill(0.3)))
                    .isNotApplicable();
        }
    }

    @Nested
    class IsInconclusive {

        @Test
        void before_fifty_iterations() {
            assertThatVerdict(capacityTooSmall(), narrow(2).steps(49))
                    .isInconclusive("1 more iteration (49 seen, 50 needed)");
            assertThatVerdict(capacityTooSmall(), narrow(2).steps(50)).isFound(INFO);
        }
    }
}
