package io.gradiometer.report.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CurveTest {

    @Test
    void a_short_series_is_kept_as_it_is() {
        assertThat(values(curve(10, 0, 3, 1, 2))).containsExactly(3, 1, 2);
    }

    @Test
    void a_long_series_becomes_medians() {
        assertThat(values(curve(2, 1, 1, 2, 1.5, 5, 5.2, 5.1))).containsExactly(1.5, 5.1);
    }

    @Test
    void a_spike_is_never_lost() {
        assertThat(values(curve(1, 1, 0, 0, 9, 0, 0))).containsExactly(9, 0);
    }

    @Test
    void what_is_not_finite_is_a_gap_and_noted() {
        Curve curve = curve(3, 0, 1, Double.POSITIVE_INFINITY, 2);

        assertThat(values(curve)).containsExactly(1, Double.NaN, 2);
        assertThat(curve.nonFinite()).containsExactly(1.0);
    }

    @Test
    void what_was_not_read_leaves_nothing() {
        assertThat(values(curve(3, 0, Double.NaN, 1, Double.NaN))).containsExactly(1);
    }

    @Test
    void an_empty_series_is_an_empty_curve() {
        assertThat(values(curve(3, 0))).isEmpty();
    }

    private static Curve curve(int stretches, double noise, double... values) {
        List<Integer> x = IntStream.range(0, values.length).boxed().toList();
        return new Curve(x, new ArrayList<>(DoubleStream.of(values).boxed().toList()), stretches, noise);
    }

    private static double[] values(Curve curve) {
        return curve.points().stream().mapToDouble(p -> p[1]).toArray();
    }
}
