package io.gradiometer.detector;

import static io.gradiometer.Runs.aNetwork;
import static io.gradiometer.Runs.aRun;
import static io.gradiometer.detector.VerdictAssert.assertThatVerdict;
import static io.gradiometer.finding.Severity.WARNING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gradiometer.NetworkBuilder;
import io.gradiometer.RunBuilder;
import io.gradiometer.signal.DropoutView;
import org.junit.jupiter.api.Test;

class DropoutsTest {

    private static NetworkBuilder keeping(double... each) {
        NetworkBuilder network = aNetwork();
        for (int i = 0; i < each.length; i++) {
            network.dropping("dense_" + i, 10, 10, "relu", new DropoutView("Dropout", each[i]));
        }
        return network.output("out", 10, 3, "mcxent");
    }

    private static double showing(NetworkBuilder network) {
        return Dropouts.of(network.build()).showing(DropoutTooStrong.Limits.DEFAULT);
    }

    /** Rises evenly to some 0.4 where a simple model reaches 0.9, and would need another six runs to get there. */
    private static RunBuilder slow(NetworkBuilder network) {
        return aRun(network)
                .steps(60)
                .each(s -> s.epoch(s.iteration() / 10).skill(0.34 + 0.001 * s.iteration()))
                .yardstick(0.9);
    }

    @Test
    void a_network_that_drops_nothing_shows_all_of_its_skill() {
        assertThat(showing(keeping(1, Double.NaN))).isEqualTo(1);
    }

    @Test
    void what_each_place_leaves_hides_skill() {
        assertThat(showing(keeping(0.8, 0.5))).isEqualTo(0.16, within(1e-12));
    }

    @Test
    void a_frozen_layer_hides_none() {
        NetworkBuilder network = aNetwork()
                .frozenDropping("dense", 10, 10, "relu", new DropoutView("Dropout", 0.5))
                .output("out", 10, 3, "mcxent");

        assertThat(showing(network)).isEqualTo(1);
    }

    @Test
    void dropout_that_is_too_strong_excuses_nothing() {
        assertThat(showing(keeping(0.39))).isEqualTo(1);
        assertThat(showing(keeping(0.4))).isEqualTo(0.16, within(1e-12));
        assertThat(showing(keeping(0.45, 0.45, 0.45, 0.45))).isEqualTo(1);
    }

    @Test
    void a_network_that_dropout_holds_back_in_training_is_not_called_slow() {
        assertThatVerdict(new SlowConvergence(SlowConvergence.Limits.DEFAULT), slow(keeping(1)))
                .isFound(WARNING);
        assertThatVerdict(new SlowConvergence(SlowConvergence.Limits.DEFAULT), slow(keeping(0.8)))
                .isClear();
    }

    @Test
    void one_far_behind_what_dropout_leaves_is_slow_all_the_same() {
        assertThatVerdict(
                        new SlowConvergence(SlowConvergence.Limits.DEFAULT),
                        slow(keeping(0.95)).each(s -> s.skill(0.1 + 0.001 * s.iteration())))
                .isFound(WARNING);
    }
}
