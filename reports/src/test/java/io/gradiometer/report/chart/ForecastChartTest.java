package io.gradiometer.report.chart;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradiometer.finding.PreflightReport.OfLayer;
import io.gradiometer.finding.PreflightReport.Pair;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ForecastChartTest {

    private static final Pair UNKNOWN = new Pair(Double.NaN, Double.NaN);

    private static List<OfLayer> layers(double... measured) {
        return IntStream.range(0, measured.length)
                .mapToObj(i -> new OfLayer("l" + i, UNKNOWN, new Pair(i - measured.length + 1.0, measured[i])))
                .toList();
    }

    private static String svg(List<OfLayer> layers) {
        return ((Drawing.Drawn) ForecastChart.draw(layers, "the \"signal\"")).svg();
    }

    private static long count(String svg, String what) {
        return Pattern.compile(Pattern.quote(what)).matcher(svg).results().count();
    }

    @Test
    void draws_what_was_foretold_and_what_was_measured_with_its_decades() {
        String svg = svg(layers(-3.5, -2, -1, 0));

        assertThat(svg).contains(">foretold<", ">measured<", ">1e-4<", ">1<", "the &quot;signal&quot;");
        assertThat(count(svg, "<circle")).isEqualTo(8);
        assertThat(svg).doesNotContain("NaN", "Infinity");
    }

    @Test
    void passes_over_layers_of_which_nothing_is_known() {
        String svg = svg(layers(-3, Double.NaN, Double.NEGATIVE_INFINITY, -1, 0));

        assertThat(count(svg, "<circle")).isEqualTo(5 + 3);
        assertThat(svg).doesNotContain("NaN", "Infinity");
    }

    @Test
    void draws_a_level_profile_and_a_deep_one() {
        assertThat(svg(layers(0, 0, 0))).contains(">1<").doesNotContain("NaN", "Infinity");
        assertThat(count(svg(layers(new double[300])), "<circle")).isZero();
        assertThat(count(svg(layers(new double[300])), "<text")).isLessThan(20);
    }

    @Test
    void draws_nothing_where_too_little_can_be_compared() {
        assertThat(ForecastChart.draw(layers(-1, 0), "")).isInstanceOf(Drawing.Nothing.class);
        assertThat(ForecastChart.draw(List.of(), "")).isInstanceOf(Drawing.Nothing.class);
    }
}
