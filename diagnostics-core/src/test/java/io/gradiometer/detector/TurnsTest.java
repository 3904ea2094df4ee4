package io.gradiometer.detector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TurnsTest {

    private static List<Passes.Pass> passes(double... means) {
        return Arrays.stream(means).mapToObj(mean -> new Passes.Pass(10, mean)).toList();
    }

    @Test
    void are_all_of_the_inner_passes_in_a_zigzag() {
        assertThat(Turns.share(passes(1, 2, 1, 2))).isEqualTo(1);
    }

    @Test
    void are_none_on_a_slope() {
        assertThat(Turns.share(passes(4, 3, 2, 1))).isZero();
    }

    @Test
    void are_counted_at_peaks_and_at_troughs() {
        assertThat(Turns.share(passes(1, 2, 1))).isEqualTo(1);
        assertThat(Turns.share(passes(2, 1, 2))).isEqualTo(1);
        assertThat(Turns.share(passes(1, 2, 3, 2))).isEqualTo(0.5);
    }

    @Test
    void are_not_seen_where_a_loss_pauses() {
        assertThat(Turns.share(passes(1, 1, 2, 2, 1))).isZero();
    }

    @Test
    void of_chance_alone_are_two_thirds() {
        Random random = new Random(42);
        double[] means = IntStream.range(0, 2_000)
                .mapToDouble(i -> random.nextGaussian())
                .toArray();

        assertThat(Turns.share(passes(means))).isEqualTo(2 / 3.0, within(0.03));
    }

    @Test
    void cannot_be_told_from_two_passes() {
        assertThat(Turns.share(passes(1, 2))).isNaN();
    }

    @Test
    void jump_by_the_median_step_over_the_median_level() {
        assertThat(Turns.medianJump(passes(10, 11, 9, 10, 40))).isEqualTo(1.5 / 10, within(1e-12));
    }

    @Test
    void jump_alike_around_a_level_below_zero() {
        assertThat(Turns.medianJump(passes(-10, -12, -10))).isEqualTo(0.2, within(1e-12));
    }

    @Test
    void jump_by_nothing_where_the_loss_is_zero_throughout() {
        assertThat(Turns.medianJump(passes(0, 0, 0))).isZero();
    }

    @Test
    void do_not_jump_within_one_pass() {
        assertThat(Turns.medianJump(passes(1))).isNaN();
        assertThat(Turns.medianJump(passes())).isNaN();
    }
}
