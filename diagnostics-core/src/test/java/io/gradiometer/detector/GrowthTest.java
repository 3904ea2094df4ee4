package io.gradiometer.detector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GrowthTest {

    /** Four values that rise after ten of calm. */
    private static final double[] LATE_RISE = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3};

    /** Growth in a series that begins at iteration 100 and goes on. */
    private static Growth in(double... logs) {
        return Growth.in(iterations(logs), logs, false);
    }

    /** Growth in a series after which comes what is not finite. */
    private static Growth inBroken(double... logs) {
        return Growth.in(iterations(logs), logs, true);
    }

    private static double[] iterations(double... logs) {
        return IntStream.range(0, logs.length).mapToDouble(i -> 100 + i).toArray();
    }

    @Test
    void is_none_without_at_least_two_values_on_the_way_up() {
        assertThat(in()).isEqualTo(Growth.NONE);
        assertThat(in(5)).isEqualTo(Growth.NONE);
        assertThat(in(3, 2, 1)).isEqualTo(Growth.NONE);
        assertThat(in(2, 2, 2)).isEqualTo(Growth.NONE);
    }

    @Test
    void is_told_from_two_values() {
        Growth growth = in(0, 1);

        assertThat(growth.steady()).isTrue();
        assertThat(growth.decades()).isEqualTo(1);
        assertThat(growth.rate()).isCloseTo(Math.log(10), within(1e-12));
        assertThat(growth.first()).isEqualTo(100);
        assertThat(growth.last()).isEqualTo(101);
    }

    @Test
    void reaches_from_the_lowest_value_to_the_first_of_the_highest() {
        Growth growth = in(1, 0, 1, 2, 3, 3, 1);

        assertThat(growth.decades()).isEqualTo(3);
        assertThat(growth.first()).isEqualTo(101);
        assertThat(growth.last()).isEqualTo(104);
    }

    @Test
    void begins_where_values_last_were_within_a_factor_of_two_of_the_lowest() {
        assertThat(in(0, 0.1, 0, Math.log10(2), 1, 2).first()).isEqualTo(103);
        assertThat(in(0, 0.1, 0, 0.31, 1, 2).first()).isEqualTo(102);
    }

    @Test
    void is_steady_in_ten_values_whose_slope_is_beyond_doubt() {
        assertThat(in(0, 1, 2, 3, 4, 3.9, 6, 7, 8, 9, 0).steady()).isTrue();
    }

    @Test
    void is_not_steady_in_ten_values_that_are_mostly_level() {
        assertThat(in(0, 1, 1, 1, 1, 1, 1, 1, 1, 2).steady()).isFalse();
    }

    @Test
    void is_not_steady_in_nine_values_that_do_not_all_rise() {
        assertThat(in(0, 1, 2, 3, 4, 3.9, 6, 7, 8).steady()).isFalse();
        assertThat(in(0, 1, 2, 3, 4, 4, 6, 7, 8).steady()).isFalse();
        assertThat(in(0, 1, 2, 3, 4, 4.1, 6, 7, 8).steady()).isTrue();
    }

    @Test
    void of_few_values_counts_at_the_end_of_a_series_that_broke_off() {
        assertThat(inBroken(LATE_RISE).steady()).isTrue();
        assertThat(in(LATE_RISE).steady()).isFalse();
    }

    @Test
    void of_few_values_does_not_count_once_they_came_down_again() {
        assertThat(in(0, 1, 2, 3, 2).steady()).isFalse();
        assertThat(inBroken(0, 0, 0, 1, 2, 3, 2).steady()).isFalse();
    }

    @Test
    void gives_way_to_steady_growth_that_is_steeper() {
        Growth steady = new Growth(2, 1, true, 0, 9);
        Growth steeper = new Growth(3, 1, true, 0, 9);
        Growth asSteep = new Growth(2, 2, true, 5, 9);
        Growth unsteady = new Growth(9, 1, false, 0, 9);

        assertThat(steady.orIfSteeper(steeper)).isSameAs(steeper);
        assertThat(steeper.orIfSteeper(steady)).isSameAs(steeper);
        assertThat(steady.orIfSteeper(asSteep)).isSameAs(steady);
        assertThat(steady.orIfSteeper(unsteady)).isSameAs(steady);
        assertThat(unsteady.orIfSteeper(steady)).isSameAs(steady);
    }
}
