package io.gradiometer.detector;

import static io.gradiometer.Runs.aRun;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradiometer.Run;
import io.gradiometer.config.Configuration;
import io.gradiometer.config.ConfigurationException;
import io.gradiometer.finding.Finding;
import io.gradiometer.finding.Undecided;
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
