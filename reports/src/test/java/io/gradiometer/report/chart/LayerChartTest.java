package io.gradiometer.report.chart;

import static io.gradiometer.report.RunBuilder.aRun;
import static org.assertj.core.api.Assertions.assertThat;

import io.gradiometer.report.RunBuilder;
import io.gradiometer.report.chart.LayerChart.Band;
import io.gradiometer.report.chart.LayerChart.Look;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LayerChartTest {

    @Test
    void shows_the_band_where_values_should_lie_even_where_none_does() {
        Look look = new Look("updates", "update ratio", false, new Band(1e-4, 1e-2));

        String svg = svg(look, Measure.UPDATE_RATIO, aRun().gradient((layer, step) -> 1e-6 * (1 + layer)));

        assertThat(svg).contains("var(--band)").contains(">0.01<").contains(">1e-7<");
    }

    @Test
    void shares_stand_on_an_axis_from_nothing_to_all() {
        Look look = new Look("silent", "dead units", true, null);

        String svg = svg(look, Measure.SILENT, aRun().silent((layer, step) -> 0.5));

        assertThat(svg)
                .contains(">0 %<")
                .contains(">100 %<")
                .doesNotContain("exactly 0")
                .doesNotContain("var(--band)");
    }

    @Test
    void a_layer_without_the_measure_has_no_line() {
        LayerSeries silent = series(Measure.SILENT, aRun().silent((layer, step) -> layer == 1 ? 0.5 : Double.NaN));

        assertThat(silent.rows()).extracting(LayerSeries.Row::layer).containsExactly("dense_1");
        assertThat(silent.rows()).extracting(LayerSeries.Row::index).containsExactly(1);
    }

    @Test
    void tells_where_one_value_is_all_there_is() {
        assertThat(series(Measure.LEARNING_RATE, aRun()).onlyValue()).isEqualTo(0.1);
        assertThat(series(Measure.LEARNING_RATE, aRun().rate(step -> step)).onlyValue())
                .isNaN();
        assertThat(series(Measure.SILENT, aRun()).onlyValue()).isNaN();
    }

    @Test
    void clipping_is_told_by_what_it_leaves() {
        // 272 elements of 0.01 have a length of 0.165.
        LayerSeries clipped =
                series(Measure.CLIPPING, aRun().clipping(0.08).gradient((layer, step) -> step == 0 ? 0.01 : 1e-4));

        assertThat(clipped.rows().get(0).values().get(0)).isBetween(0.4, 0.6);
        assertThat(clipped.rows().get(0).values().get(1)).isEqualTo(1);
        assertThat(series(Measure.CLIPPING, aRun()).isEmpty()).isTrue();
    }

    @Test
    void what_is_not_finite_is_never_a_number() {
        RunBuilder run = aRun().gradient((layer, step) -> step == 3 ? Double.NaN : 1);

        for (Measure measure : new Measure[] {Measure.GRADIENT, Measure.SIGNAL, Measure.UPDATE_RATIO}) {
            assertThat(series(measure, run).rows().get(0).values().get(3)).isEqualTo(LayerSeries.NON_FINITE);
        }
    }

    @Test
    void says_so_where_there_is_nothing() {
        Look look = new Look("silent", "dead units", true, null);

        assertThat(LayerChart.draw(look, series(Measure.SILENT, aRun()), Set.of(), ""))
                .isEqualTo(new Drawing.Nothing("There is no plot of the dead units: no kept step has one."));
    }

    private static String svg(Look look, Measure measure, RunBuilder run) {
        return ((Drawing.Drawn) LayerChart.draw(look, series(measure, run), Set.of(), "a plot")).svg();
    }

    private static LayerSeries series(Measure measure, RunBuilder run) {
        return LayerSeries.of(Objects.requireNonNull(run.at(Path.of("run")).trace()), measure);
    }
}
