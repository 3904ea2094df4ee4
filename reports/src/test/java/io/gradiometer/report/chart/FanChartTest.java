package io.gradiometer.report.chart;

import static io.gradiometer.report.RunBuilder.aRun;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gradiometer.report.RunBuilder;
import io.gradiometer.signal.LogHistogram;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FanChartTest {

    @Test
    void quantiles_lie_in_their_powers_of_two() {
        LogHistogram spread = new LogHistogram(3, List.of(10L, 10L));

        assertThat(FanChart.quantile(spread, 0.25)).isCloseTo(3.5 * Math.log10(2), within(1e-12));
        assertThat(FanChart.quantile(spread, 0.75)).isCloseTo(4.5 * Math.log10(2), within(1e-12));
        assertThat(FanChart.quantile(spread, 1)).isCloseTo(5 * Math.log10(2), within(1e-12));
    }

    @Test
    void draws_weights_gradients_and_steps_of_the_first_the_last_and_the_offending_layers() {
        String svg = svg(aRun().layers(40).spread(), Set.of("dense_20", "dense_21"));

        assertThat(svg)
                .contains(">weights<", ">gradient<", ">step<", ">dense_0<", ">dense_20<", ">dense_21<", ">dense_39<");
        assertThat(svg).doesNotContain("NaN", "Infinity");
        assertThat(svg.length()).isLessThan(30_000);
    }

    @Test
    void every_layer_of_a_small_network_is_drawn_once() {
        assertThat(svg(aRun().layers(2).spread(), Set.of()))
                .containsOnlyOnce(">dense_0<")
                .containsOnlyOnce(">dense_1<");
    }

    @Test
    void says_where_there_was_nothing_to_draw() {
        assertThat(svg(aRun().layers(1).spread(), Set.of())).contains("0, or not finite: 1 of 12");
    }

    @Test
    void draws_nothing_where_magnitudes_were_not_read() {
        assertThat(draw(aRun(), Set.of())).isInstanceOf(Drawing.Nothing.class);
    }

    private static String svg(RunBuilder run, Set<String> offending) {
        return ((Drawing.Drawn) draw(run, offending)).svg();
    }

    private static Drawing draw(RunBuilder run, Set<String> offending) {
        return FanChart.draw(
                Objects.requireNonNull(run.at(Path.of("run")).trace()), offending, "how magnitudes are spread");
    }
}
