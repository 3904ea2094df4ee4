package io.gradiometer.report.chart;

import static io.gradiometer.report.RunBuilder.aRun;
import static org.assertj.core.api.Assertions.assertThat;

import io.gradiometer.report.RunBuilder;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class SkillChartTest {

    @Test
    void every_run_has_the_same_axis_however_bad_it_is() {
        String good = svg(aRun());
        String bad = svg(aRun().loss(step -> 1e12 * step));

        assertThat(good).contains(">≤ -1<", ">0<", ">1<", ">skill<", ">constant prediction<");
        assertThat(bad).contains(">≤ -1<", ">0<", ">1<", ">skill<").doesNotContain("e12");
    }

    @Test
    void what_is_not_finite_stands_apart() {
        assertThat(svg(aRun().loss(step -> step > 30 ? Double.POSITIVE_INFINITY : 0.5)))
                .contains("NaN or ∞");
        assertThat(svg(aRun())).doesNotContain("NaN or ∞");
    }

    @Test
    void says_so_where_no_skill_is_known() {
        assertThat(draw(aRun().loss(step -> Double.NaN)))
                .isEqualTo(new Drawing.Nothing("There is no plot of the skill: it is known of no kept step."));
    }

    private static String svg(RunBuilder run) {
        return ((Drawing.Drawn) draw(run)).svg();
    }

    private static Drawing draw(RunBuilder run) {
        return SkillChart.draw(Objects.requireNonNull(run.at(Path.of("run")).trace()), "the skill");
    }
}
