package io.gradiometer.junit;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradiometer.config.Configuration;
import io.gradiometer.config.Expectation;
import io.gradiometer.config.Judge;
import io.gradiometer.finding.Diagnosis;
import io.gradiometer.finding.Finding;
import io.gradiometer.finding.Remedy;
import io.gradiometer.finding.Severity;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JudgementTest {

    private final Diagnosis healthy = Diagnoses.of();
    private final Diagnosis sick = Diagnoses.of(Diagnoses.vanishing(Severity.ERROR));

    @Test
    void a_healthy_network_says_nothing() {
        assertThat(judge(healthy)).isEmpty();
    }

    @Test
    void the_message_has_headline_finding_and_page() {
        assertThat(judge(sick).orElseThrow().lines())
                .containsExactly(
                        "T.trains(): sick, 1 error",
                        "[vanishing-gradient] The signal shrinks 4000-fold from 'output_2' to 'dense_0'.",
                        "  observed   decay per layer 0.06 (limit 0.3),",
                        "             iterations 0 to 49",
                        "  why        early layers hardly learn",
                        "  try        use ReLU",
                        "  more       docs/detectors/vanishing-gradient.md      rerun with seed 7",
                        "page of FraudModelTest.trains-1");
    }

    @Test
    void errors_that_share_a_cause_are_one_disease() {
        List<String> cause = List.of("activation-too-deep");
        Finding vanishing = Diagnoses.vanishing(Severity.ERROR);
        Finding stuck = Finding.of("loss-not-decreasing", Severity.ERROR, "The loss did not fall.")
                .remedy(Remedy.untried("overfit-one-batch", "overfit one batch", ""))
                .build();

        assertThat(judge(Diagnoses.of(vanishing.because(cause, List.of()), stuck.because(cause, List.of())))
                        .orElseThrow())
                .startsWith("T.trains(): sick, 2 errors of one disease" + System.lineSeparator())
                .contains("also       [loss-not-decreasing] The loss did not fall.");
        assertThat(judge(Diagnoses.of(vanishing, stuck)).orElseThrow())
                .startsWith("T.trains(): sick, 2 errors" + System.lineSeparator());
    }

    @Test
    void a_warning_fails_only_where_asked_for() {
        Diagnosis suspect = Diagnoses.of(Diagnoses.vanishing(Severity.WARNING));

        assertThat(judge(suspect)).isEmpty();
        assertThat(judge(Map.of("gradiometer.failOn", "warning"), false, List.of(), suspect))
                .isPresent();
    }

    @Test
    void of_several_networks_each_sick_one_is_told() {
        assertThat(judge(healthy, sick, sick).orElseThrow())
                .startsWith("T.trains(): sick, 2 errors in 3 networks")
                .contains("network 2 of 3, MultiLayerNetwork with 3 layers and 120 parameters")
                .contains("network 3 of 3")
                .doesNotContain("network 1 of 3");
    }

    @Test
    void one_network_that_meets_the_expectation_is_enough() {
        List<Expectation> expected = List.of(new Expectation("vanishing-gradient", "dense_0"));

        assertThat(judge(Map.of(), false, expected, healthy, sick)).isEmpty();
        assertThat(judge(Map.of(), false, expected, healthy).orElseThrow())
                .contains("[vanishing-gradient] was expected in layer 'dense_0' and was not found; "
                        + "found instead: nothing");
    }

    @Test
    void ignoring_expectations_leaves_findings_open_and_demands_none() {
        List<Expectation> expected = List.of(new Expectation("vanishing-gradient", ""));
        Map<String, String> ignore = Map.of("gradiometer.expectations", "ignore");

        assertThat(judge(ignore, false, expected, sick)).isPresent();
        assertThat(judge(ignore, false, expected, healthy)).isEmpty();
    }

    @Test
    void a_test_that_broke_off_is_not_blamed_for_what_it_did_not_reach() {
        List<Expectation> expected = List.of(new Expectation("vanishing-gradient", ""));
        Map<String, String> strict = Map.of("gradiometer.failIfInconclusive", "true");
        Diagnosis undecided = Diagnoses.undecided("vanishing-gradient", "12 more steps");

        assertThat(judge(strict, true, expected, undecided)).isEmpty();
        assertThat(judge(strict, false, expected, undecided).orElseThrow())
                .contains("[vanishing-gradient] could not be judged, for want of 12 more steps");
    }

    private static Optional<String> judge(Diagnosis... networks) {
        return judge(Map.of(), false, List.of(), networks);
    }

    private static Optional<String> judge(
            Map<String, String> settings, boolean brokenOff, List<Expectation> expectations, Diagnosis... networks) {
        Judge judge = new Judge(Configuration.of(new Configuration.Source("test", settings)), expectations);
        List<Recorded> recorded = List.of(networks).stream()
                .map(network -> new Recorded(judge.mark(network), true, "", null))
                .toList();
        return Judgement.of(
                "T.trains()",
                judge,
                recorded,
                brokenOff,
                run -> "page of " + run.diagnosis().run().id());
    }
}
