package io.gradiometer.detector;

import static io.gradiometer.Runs.aNetwork;
import static io.gradiometer.Runs.aRun;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gradiometer.NetworkBuilder;
import io.gradiometer.Run;
import io.gradiometer.config.Configuration;
import io.gradiometer.finding.Finding;
import io.gradiometer.finding.PreflightReport;
import io.gradiometer.finding.PreflightReport.OfLayer;
import io.gradiometer.finding.Remedy;
import io.gradiometer.finding.Severity;
import io.gradiometer.signal.Forecast;
import io.gradiometer.signal.ModelView;
import io.gradiometer.signal.Prospect;
import io.gradiometer.signal.Smell;
import io.gradiometer.signal.Yardstick;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ForecastTrackTest {

    private static final ModelView MODEL = network().build();

    private static NetworkBuilder network() {
        return aNetwork()
                .dense("first", 10, 10, "sigmoid")
                .dense("second", 10, 10, "sigmoid")
                .dense("third", 10, 10, "sigmoid")
                .output("out", 10, 2, "mcxent");
    }

    private static final Smell SMELL = new Smell("poor-initialization", "first", "all weights are 0.5");

    private static Prospect prospect(double... decades) {
        List<Forecast.OfLayer> layers = IntStream.range(0, decades.length)
                .mapToObj(i -> new Forecast.OfLayer(MODEL.layerNames().get(i), 0.5, decades[i], decades[i]))
                .toList();
        return new Prospect(1, new Forecast(layers), List.of(SMELL));
    }

    /** A track that saw one healthy step after another, in which the signal fell (or grew) as said. */
    private static ForecastTrack track(Prospect prospect, double... decades) {
        Run run = aRun(network())
                .steps(6)
                .each(step -> {
                    for (int i = 0; i < decades.length; i++) {
                        step.signal(MODEL.layerNames().get(i), 0.01 * Math.pow(10, decades[i]));
                    }
                })
                .build();
        ForecastTrack track = new ForecastTrack();
        track.start(run.model());
        track.foretold(prospect);
        run.steps().forEach(track::step);
        return track;
    }

    private static Finding finding(String id, String... layers) {
        return Finding.of(id, Severity.ERROR, "Something.")
                .layers(Arrays.asList(layers))
                .evidence("before")
                .remedy(Remedy.untried("use-adam", "use Adam", ""))
                .build();
    }

    private static List<String> evidence(ForecastTrack track, Finding... findings) {
        List<Finding> joined = track.joinedTo(List.of(findings));
        return joined.get(joined.size() - 1).evidence();
    }

    @Test
    void sets_what_was_measured_beside_what_was_foretold() {
        PreflightReport report =
                track(prospect(-3, -2, -1, 0), -3.3, -2.2, -1.1, 0).report();

        assertThat(report.inputRms()).isEqualTo(1);
        assertThat(report.smells()).containsExactly(SMELL);
        assertThat(report.layers()).extracting(OfLayer::name).containsExactly("first", "second", "third", "out");
        OfLayer first = report.layers().get(0);
        assertThat(first.signalDecades().foretold()).isEqualTo(-3);
        assertThat(first.signalDecades().measured()).isCloseTo(-3.3, within(1e-9));
        assertThat(first.output().foretold()).isEqualTo(0.5);
        assertThat(first.output().measured()).isPositive();
    }

    @Test
    void measures_the_beginning_alone() {
        Run run = aRun(network())
                .steps(100)
                .from(4, step -> step.signal("first", 1e9))
                .build();
        ForecastTrack track = new ForecastTrack();
        track.start(MODEL);
        track.foretold(prospect(0, 0, 0, 0));
        run.steps().forEach(track::step);

        assertThat(track.report().layers().get(0).signalDecades().measured()).isCloseTo(0, within(0.5));
    }

    @Test
    void tells_scale_and_skill_of_the_first_batch() {
        Run run = aRun(network())
                .steps(2)
                .at(0, step -> step.skill(-0.5))
                .at(1, step -> step.skill(0.9))
                .build();
        ForecastTrack track = new ForecastTrack();
        track.start(MODEL);
        track.foretold(prospect());
        run.steps().forEach(track::step);

        assertThat(track.report().skill()).isCloseTo(-0.5, within(1e-9));
        assertThat(track.report().labelRms())
                .isEqualTo(run.steps().get(0).labels().rms());
    }

    @Test
    void has_nothing_to_report_where_nothing_was_told() {
        assertThat(track(Prospect.UNKNOWN, -3, -2, -1, 0).report()).isEqualTo(PreflightReport.NONE);
    }

    @Test
    void leaves_a_layer_out_that_was_told_under_another_name() {
        Prospect other =
                new Prospect(1, new Forecast(List.of(new Forecast.OfLayer("someone else's", 1, 0, 0))), List.of(SMELL));

        assertThat(track(other, -3, -2, -1, 0).report().layers()).isEmpty();
    }

    @Test
    void a_smell_becomes_a_line_of_the_finding_that_it_explains() {
        assertThat(evidence(track(prospect(0, 0, 0, 0)), finding("poor-initialization", "first", "second")))
                .containsExactly("before", "already the configuration says so: 'first': all weights are 0.5");
    }

    @Test
    void a_smell_says_nothing_of_other_findings_or_other_layers() {
        ForecastTrack track = track(prospect(0, 0, 0, 0));

        assertThat(evidence(track, finding("poor-initialization", "third"))).containsExactly("before");
        assertThat(evidence(track, finding("dead-units", "first"))).containsExactly("before");
    }

    @Test
    void a_smell_alone_is_no_finding() {
        Run run = aRun(network()).build();

        Examination.Conclusion conclusion = Examination.of(
                run.model(), prospect(-9, -6, -3, 0), run.steps(), Configuration.of(), Yardstick.UNKNOWN);

        assertThat(conclusion.findings()).isEmpty();
        assertThat(conclusion.preflight().smells()).containsExactly(SMELL);
    }

    @Test
    void of_many_smells_three_are_told() {
        List<Smell> many = IntStream.range(0, 9)
                .mapToObj(i -> new Smell("poor-initialization", "l" + i, "odd"))
                .toList();
        ForecastTrack track = track(new Prospect(1, Forecast.UNKNOWN, many));

        assertThat(evidence(track, finding("poor-initialization"))).hasSize(5).endsWith("the same of 6 more layers");
    }

    @Test
    void a_cause_is_told_that_the_fading_was_foretold() {
        ForecastTrack track = track(prospect(-3, -2, -1, 0), -3.3, -2.2, -1.1, 0);

        assertThat(evidence(track, finding("vanishing-gradient"), finding("activation-too-deep")))
                .contains("forecast from the configuration: a factor of 0.1 per hop, measured a factor of 0.0794"
                        + " per hop, over 3 hops to 'first'");
    }

    @Test
    void a_cause_is_told_that_the_growth_was_foretold() {
        ForecastTrack track = track(prospect(6, 4, 2, 0), 5.4, 3.6, 1.8, 0);

        assertThat(evidence(track, finding("exploding-gradient"), finding("activation-unsuited")))
                .anyMatch(line -> line.contains("a factor of 100 per hop, measured a factor of 63.1 per hop"));
    }

    @Test
    void a_forecast_that_misses_by_more_than_a_factor_of_two_per_decade_is_no_evidence() {
        ForecastTrack track = track(prospect(-1, -0.7, -0.3, 0), -3, -2, -1, 0);

        assertThat(evidence(track, finding("vanishing-gradient"), finding("activation-too-deep")))
                .containsExactly("before");
    }

    @Test
    void a_forecast_is_no_evidence_for_other_causes_or_without_the_symptom() {
        ForecastTrack track = track(prospect(-3, -2, -1, 0), -3, -2, -1, 0);

        assertThat(evidence(track, finding("vanishing-gradient"), finding("learning-rate-too-low")))
                .containsExactly("before");
        assertThat(evidence(track, finding("exploding-gradient"), finding("activation-too-deep")))
                .containsExactly("before");
        assertThat(evidence(track, finding("activation-too-deep"))).containsExactly("before");
    }
}
