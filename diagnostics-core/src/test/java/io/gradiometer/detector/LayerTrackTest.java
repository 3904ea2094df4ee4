package io.gradiometer.detector;

import static io.gradiometer.Runs.aNetwork;
import static io.gradiometer.Runs.aRun;
import static io.gradiometer.Runs.tensor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gradiometer.Run;
import io.gradiometer.RunBuilder;
import io.gradiometer.signal.TensorStats;
import org.junit.jupiter.api.Test;

class LayerTrackTest {

    private static RunBuilder run(int steps) {
        return aRun(aNetwork().exact("dense", "tanh")).steps(steps);
    }

    private static LayerTrack of(RunBuilder builder) {
        Run run = builder.build();
        LayerTrack track = LayerTrack.ofAll(run.model()).get(0);
        run.steps().forEach(track::step);
        return track;
    }

    /** A layer without a gradient from an iteration on. */
    private static RunBuilder still(int steps, int from) {
        return run(steps).from(from, s -> s.still("dense"));
    }

    @Test
    void a_step_that_was_read_stands_for_those_since_the_one_before() {
        LayerTrack track = of(run(5).each(s -> s.updateRatio("dense", 0.5)).each(s -> {
            if (s.iteration() % 2 == 1) {
                s.watchedOnly();
            }
        }));

        assertThat(track.travelled()).isCloseTo(0.5 + 1 + 1, within(1e-12));
    }

    @Test
    void a_layer_is_cut_off_once_its_gradient_is_zero_for_three_iterations() {
        assertThat(of(still(20, 17)).isCutOff(3)).isTrue();
        assertThat(of(still(20, 18)).isCutOff(3)).isFalse();
    }

    @Test
    void a_layer_is_cut_off_once_its_gradient_is_zero_for_a_tenth_of_the_run() {
        assertThat(of(still(50, 45)).isCutOff(3)).isTrue();
        assertThat(of(still(50, 46)).isCutOff(3)).isFalse();
    }

    @Test
    void a_layer_is_cut_off_whatever_the_network_counts_from() {
        LayerTrack track = of(still(50, 45).each(s -> s.iterationIs(5_000 + s.iteration())));

        assertThat(track.isCutOff(3)).isTrue();
        assertThat(track.zeroIterations()).isEqualTo(5);
        assertThat(track.zeroSince()).isEqualTo(5_045);
    }

    @Test
    void a_layer_is_not_cut_off_by_zeros_that_are_over() {
        LayerTrack track = of(run(20).from(5, s -> s.still("dense")).at(19, s -> s.gradientRms("dense", 1)));

        assertThat(track.isCutOff(3)).isFalse();
        assertThat(track.zeroIterations()).isZero();
    }

    @Test
    void a_layer_that_was_never_read_is_not_one_that_never_had_a_gradient() {
        assertThat(of(still(5, 0)).neverHadGradient()).isTrue();
        assertThat(of(still(5, 1)).neverHadGradient()).isFalse();
        assertThat(of(run(5).each(s -> s.watchedOnly())).neverHadGradient()).isFalse();
    }

    @Test
    void a_step_is_long_beyond_a_tenth_of_the_weights() {
        assertThat(of(run(5).each(s -> s.updateRatio("dense", 0.1))).firstLongRatio())
                .isNaN();

        LayerTrack track = of(run(5).from(2, s -> s.updateRatio("dense", 0.11 + 0.1 * s.iteration())));

        assertThat(track.firstLongRatio()).isCloseTo(0.31, within(1e-12));
        assertThat(track.firstLongIteration()).isEqualTo(2);
        assertThat(track.peakRatio()).isCloseTo(0.51, within(1e-12));
        assertThat(track.peakIteration()).isEqualTo(4);
    }

    @Test
    void weights_that_begin_at_next_to_nothing_count_as_long_as_sound_ones() {
        // The sound size of 16 weights is 0.5.
        assertThat(of(run(5).each(s -> s.weightRms("dense", 0.01))).firstWeightNorm())
                .isEqualTo(2);
        assertThat(of(run(5).each(s -> s.weightRms("dense", 1))).firstWeightNorm())
                .isEqualTo(4);
    }

    @Test
    void weights_begin_uniform_where_they_have_one_magnitude() {
        TensorStats halves = new TensorStats(16, 8, 2, 0.5, 0, 0);
        TensorStats one = new TensorStats(1, 0.5, 0.5, 0.5, 0, 0);

        assertThat(of(run(5).at(0, s -> s.value("dense", "W", halves))).startsUniform())
                .isTrue();
        assertThat(of(run(5).at(1, s -> s.value("dense", "W", halves))).startsUniform())
                .isFalse();
        assertThat(of(run(5).at(0, s -> s.value("dense", "W", one))).startsUniform())
                .isFalse();
    }

    @Test
    void a_gradient_that_is_zero_now_and_then_does_not_count_as_usual() {
        LayerTrack track = of(run(9).each(s -> s.gradient("dense", "W", tensor(16, s.iteration() % 3 == 0 ? 0.5 : 0))
                .clippedTo("dense", 0.25)));

        assertThat(track.usualNorm()).isEqualTo(2);
        assertThat(track.usuallyLeft()).isEqualTo(0.25);
    }
}
