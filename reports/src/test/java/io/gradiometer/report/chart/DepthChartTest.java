package io.gradiometer.report.chart;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradiometer.report.chart.DepthChart.Pen;
import io.gradiometer.report.chart.DepthChart.Profile;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DepthChartTest {

    private static Drawing draw(double... measured) {
        List<String> layers =
                IntStream.range(0, measured.length).mapToObj(i -> "l" + i).toList();
        List<Double> foretold = IntStream.range(0, measured.length)
                .mapToObj(i -> i - measured.length + 1.0)
                .toList();
        return DepthChart.draw(
                layers,
                List.of(
                        new Profile("foretold", Pen.FORETOLD, foretold),
                        new Profile(
                                "start",
                                Pen.START,
                                DoubleStream.of(measured).boxed().toList())),
                "the \"signal\"");
    }

    private static String svg(double... measured) {
        return ((Drawing.Drawn) draw(measured)).svg();
    }

    private static long count(String svg, String what) {
        return Pattern.compile(Pattern.quote(what)).matcher(svg).results().count();
    }

    @Test
    void draws_what_was_foretold_and_what_was_measured_with_its_decades() {
        String svg = svg(-3.5, -2, -1, 0);

        assertThat(svg).contains(">foretold<", ">start<", ">1e-4<", ">1<", ">l0<", ">l3<", "the &quot;signal&quot;");
        assertThat(count(svg, "<circle")).isEqualTo(8);
        assertThat(svg).doesNotContain("NaN", "Infinity");
    }

    @Test
    void passes_over_layers_of_which_nothing_is_known() {
        String svg = svg(-3, Double.NaN, Double.NEGATIVE_INFINITY, -1, 0);

        assertThat(count(svg, "<circle")).isEqualTo(5 + 3);
        assertThat(svg).doesNotContain("NaN", "Infinity");
    }

    @Test
    void draws_a_level_profile_and_a_deep_one() {
        assertThat(svg(0, 0, 0)).contains(">1<").doesNotContain("NaN", "Infinity");
        assertThat(count(svg(new double[300]), "<circle")).isZero();
        assertThat(count(svg(new double[300]), "<text")).isLessThan(20);
    }

    @Test
    void leaves_out_a_profile_that_is_no_line() {
        assertThat(svg(-1, Double.NaN, Double.NaN, 0)).contains(">foretold<").doesNotContain(">start<");
    }

    @Test
    void draws_nothing_where_too_few_layers_are_known() {
        assertThat(draw(-1, 0)).isInstanceOf(Drawing.Nothing.class);
        assertThat(draw()).isInstanceOf(Drawing.Nothing.class);
    }
}
