package io.gradiometer.detector;

import static io.gradiometer.Runs.aRun;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gradiometer.signal.ColumnStats;
import org.junit.jupiter.api.Test;

class InputsTest {

    private static Inputs of(ColumnStats... columns) {
        DataTrack data = new DataTrack();
        aRun().steps(1).each(s -> s.inputColumns(columns)).build().steps().forEach(data::step);
        return Inputs.of(data);
    }

    private static ColumnStats column(double mean, double deviation) {
        return new ColumnStats(32, mean, deviation, mean - 3 * deviation, mean + 3 * deviation, 0);
    }

    @Test
    void are_as_large_as_their_largest_column() {
        assertThat(of(column(0, 1), column(3, 4), column(0, 2)).rms()).isCloseTo(5, within(1e-12));
    }

    @Test
    void are_as_uneven_as_their_deviations() {
        assertThat(of(column(0, 2), column(50, 8), column(0, 4)).spreadRatio()).isCloseTo(4, within(1e-9));
    }

    @Test
    void are_as_far_off_as_the_column_farthest_from_zero_for_its_deviation() {
        assertThat(of(column(2, 2), column(-50, 5), column(30, 30)).offset()).isCloseTo(10, within(1e-9));
    }

    @Test
    void are_no_less_even_for_a_constant_column() {
        Inputs inputs = of(column(0, 2), column(70, 0));

        assertThat(inputs.rms()).isCloseTo(70, within(1e-9));
        assertThat(inputs.spreadRatio()).isEqualTo(1);
        assertThat(inputs.offset()).isZero();
    }

    @Test
    void are_no_less_even_for_columns_between_zero_and_one() {
        assertThat(of(column(0, 2), new ColumnStats(1000, 0.001, 0.03, 0, 1, 0)).spreadRatio())
                .isEqualTo(1);
    }

    @Test
    void are_less_even_for_small_columns_that_reach_beyond_zero_and_one() {
        assertThat(of(column(0, 2), new ColumnStats(32, 0, 0.02, -0.1, 0.9, 0)).spreadRatio())
                .isCloseTo(100, within(1e-9));
        assertThat(of(column(0, 2), new ColumnStats(32, 1, 0.02, 0.9, 1.1, 0)).spreadRatio())
                .isCloseTo(100, within(1e-6));
    }

    @Test
    void that_do_not_vary_are_even() {
        assertThat(of(column(1, 0), column(2, 0)).spreadRatio()).isEqualTo(1);
    }

    @Test
    void that_were_not_described_have_no_columns() {
        assertThat(of()).isEqualTo(new Inputs(0, 1, 0, 0));
        assertThat(of(column(0, 1), column(0, 1)).columns()).isEqualTo(2);
    }
}
