package io.gradiometer.detector;

import static io.gradiometer.Runs.aRun;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.gradiometer.Run;
import io.gradiometer.config.Configuration;
import io.gradiometer.config.ConfigurationException;
import io.gradiometer.finding.Finding;
import io.gradiometer.finding.PreflightReport;
import io.gradiometer.finding.Undecided;
import io.gradiometer.signal.ColumnStats;
import io.gradiometer.signal.Forecast;
import io.gradiometer.signal.Prospect;
import io.gradiometer.signal.Validation;
import io.gradiometer.signal.Yardstick;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ExaminationTest {

    private static Configuration configured(String key, String value) {
        return Configuration.of(new Configuration.Source("pom.xml", Map.of(key, value)));
    }

    private static Examination.Conclusion over(Run run, Configuration configuration) {
        return Examination.of(run.model(), run.steps(), configuration);
    }

    @Test
    void finds_nothing_in_a_healthy_run() {
        Examination.Conclusion conclusion = over(aRun().build(), Configuration.of());

        assertThat(conclusion.findings()).isEmpty();
        assertThat(conclusion.undecided()).isEmpty();
    }

    @Test
    void does_not_call_a_network_healthy_that_knows_no_more_than_a_constant() {
        Examination.Conclusion conclusion = over(aRun().each(s -> s.skill(0.01)).build(), Configuration.of());

        assertThat(conclusion.findings()).isEmpty();
        assertThat(conclusion.undecided()).extracting(Undecided::id).contains("loss-not-decreasing");
    }

    @Test
    void says_of_each_detector_what_it_would_have_needed() {
        Examination.Conclusion conclusion = over(aRun().steps(1).build(), Configuration.of());

        assertThat(conclusion.undecided())
                .extracting(Undecided::id)
                .contains("exploding-gradient", "vanishing-gradient", "unchanged-weights");
    }

    @Test
    void concludes_the_same_however_often_it_is_asked() {
        Run run = aRun().from(10, s -> s.loss(Double.NaN)).build();
        Examination examination = new Examination(run.model(), Configuration.of());
        run.steps().forEach(examination::step);

        assertThat(examination.conclude()).isEqualTo(examination.conclude());
    }

    @Test
    void knows_of_no_simple_model_where_it_is_not_told_of_one() {
        Run run = aRun().each(s -> s.skill(0.01)).build();
        Examination examination = new Examination(run.model(), Configuration.of());
        run.steps().forEach(examination::step);

        assertThat(examination.conclude()).isEqualTo(over(run, Configuration.of()));
    }

    @Test
    void judges_the_validation_scores_that_it_is_given() {
        Run run = aRun().build();
        Examination examination = new Examination(run.model(), Configuration.of());
        run.steps().forEach(examination::step);
        double[] losses = {1.1, 0.8, 0.65, 0.6, 0.58, 0.6, 0.65, 0.72, 0.8, 0.9};
        for (int i = 0; i < losses.length; i++) {
            examination.validation(new Validation(5 * i, losses[i]));
        }

        assertThat(examination.conclude().findings()).extracting(Finding::id).containsExactly("overfitting");
    }

    @Test
    void does_not_join_a_symptom_to_a_cause_that_does_not_lead_to_it() {
        Run run = aRun().steps(100)
                .each(s -> s.labelColumns(share(0.95), share(0.03), share(0.02)))
                .at(60, s -> s.gradientRms("dense_0", 1)
                        .gradientRms("dense_1", 1)
                        .gradientRms("out", 1))
                .build();

        List<Finding> findings = over(run, Configuration.of()).findings();

        assertThat(findings).extracting(Finding::id).containsExactly("gradient-spike", "class-imbalance");
        assertThat(findings.get(0).because()).isEmpty();
    }

    private static ColumnStats share(double ones) {
        return new ColumnStats(32, ones, Math.sqrt(ones * (1 - ones)), 0, 1, 0);
    }

    @Test
    void sets_what_the_first_steps_measured_beside_what_was_foretold() {
        Run run = aRun().each(s -> s.signal("dense_0", 0.001)).build();
        Forecast forecast = new Forecast(List.of(new Forecast.OfLayer("dense_0", 0.5, -2, -2)));

        PreflightReport report = Examination.of(
                        run.model(),
                        new Prospect(1, forecast, List.of()),
                        run.steps(),
                        Configuration.of(),
                        Yardstick.UNKNOWN)
                .preflight();

        assertThat(report.layers()).singleElement().satisfies(layer -> {
            assertThat(layer.signalDecades().foretold()).isEqualTo(-2);
            assertThat(layer.signalDecades().measured()).isCloseTo(-1, within(1e-9));
        });
    }

    @Test
    void takes_limits_by_detector_and_key() {
        Run run = aRun().at(12, s -> s.loss(Double.NaN)).build();

        Finding finding = over(run, configured("gradiometer.limit.non-finite.recovered", "100"))
                .findings()
                .get(0);

        assertThat(finding.summary()).contains("training has not recovered");
    }

    @Test
    void tells_every_mistake_in_limits_and_settings_at_once() {
        Configuration configuration = Configuration.of(new Configuration.Source(
                "pom.xml",
                Map.of(
                        "gradiometer.failOn", "eror",
                        "gradiometer.limit.vanishing-gradient.decade", "3",
                        "gradiometer.limit.exploding-gradients.decades", "3")));

        assertThatThrownBy(() -> Detectors.check(configuration))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("has 3 mistakes")
                .hasMessageContaining("did you mean 'error'?")
                .hasMessageContaining("detector 'vanishing-gradient' has no limit 'decade'")
                .hasMessageContaining("did you mean 'decades'?")
                .hasMessageContaining("did you mean 'exploding-gradient'?");
    }
}
