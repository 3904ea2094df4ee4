package io.gradiometer.config;

import static io.gradiometer.finding.Diagnoses.finding;
import static org.assertj.core.api.Assertions.assertThat;

import io.gradiometer.config.Configuration.Source;
import io.gradiometer.finding.Cost;
import io.gradiometer.finding.Diagnoses;
import io.gradiometer.finding.Diagnosis;
import io.gradiometer.finding.Finding;
import io.gradiometer.finding.Finding.Status;
import io.gradiometer.finding.Health;
import io.gradiometer.finding.Remedy;
import io.gradiometer.finding.Severity;
import io.gradiometer.finding.Undecided;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JudgeTest {

    private static final Finding VANISHING = Finding.of("vanishing-gradient", Severity.ERROR, "Vanishes.")
            .layers(List.of("dense_0", "dense_1"))
            .remedy(Remedy.untried("relu", "use ReLU", ""))
            .build();
    private static final Finding DEAD = finding("dead-units", Severity.WARNING, Status.OPEN);
    private static final Finding SMALL = finding("batch-too-small", Severity.INFO, Status.OPEN);
    private static final Diagnosis SICK = Diagnoses.of(VANISHING, DEAD, SMALL);

    private static Judge judge(Map<String, String> settings, Expectation... expectations) {
        return new Judge(Configuration.of(new Source("pom.xml", settings)), List.of(expectations));
    }

    private static List<Status> statuses(Diagnosis diagnosis) {
        return diagnosis.findings().stream().map(Finding::status).toList();
    }

    @Test
    void without_rules_everything_stays_open() {
        Judge judge = judge(Map.of());

        assertThat(judge.mark(SICK)).isEqualTo(SICK);
        assertThat(judge.unmet(SICK)).isEmpty();
    }

    @Test
    void an_ignored_id_is_suppressed() {
        Diagnosis marked = judge(Map.of("gradiometer.ignore", "dead-units")).mark(SICK);

        assertThat(statuses(marked)).containsExactly(Status.OPEN, Status.SUPPRESSED, Status.OPEN);
    }

    @Test
    void an_expected_finding_neither_counts_nor_is_missed() {
        Judge judge = judge(Map.of(), new Expectation("vanishing-gradient", ""));

        Diagnosis marked = judge.mark(SICK);

        assertThat(statuses(marked)).containsExactly(Status.EXPECTED, Status.OPEN, Status.OPEN);
        assertThat(marked.health()).isEqualTo(Health.SUSPECT);
        assertThat(judge.unmet(marked)).isEmpty();
        assertThat(judge.offending(marked)).isEmpty();
    }

    @Test
    void notes_on_causes_go_with_a_disease_that_is_expected_as_a_whole() {
        Judge judge = judge(Map.of(), new Expectation("vanishing-gradient", ""));
        Finding spike = finding("gradient-spike", Severity.INFO, Status.OPEN);

        assertThat(statuses(judge.mark(Diagnoses.of(VANISHING, spike, SMALL))))
                .containsExactly(Status.EXPECTED, Status.OPEN, Status.EXPECTED);
        assertThat(statuses(judge.mark(Diagnoses.of(VANISHING, DEAD, SMALL))))
                .containsExactly(Status.EXPECTED, Status.OPEN, Status.OPEN);
        assertThat(statuses(judge.mark(Diagnoses.of(DEAD, SMALL)))).containsOnly(Status.OPEN);
    }

    @Test
    void an_expectation_may_name_the_layer() {
        Expectation there = new Expectation("vanishing-gradient", "dense_1");
        Expectation elsewhere = new Expectation("vanishing-gradient", "out");

        assertThat(statuses(judge(Map.of(), there).mark(SICK))).contains(Status.EXPECTED);
        assertThat(judge(Map.of(), there).unmet(SICK)).isEmpty();
        assertThat(statuses(judge(Map.of(), elsewhere).mark(SICK))).containsOnly(Status.OPEN);
        assertThat(judge(Map.of(), there, elsewhere).unmet(SICK)).containsExactly(elsewhere);
    }

    @Test
    void an_expectation_without_a_layer_is_met_by_a_finding_without_one() {
        assertThat(judge(Map.of(), new Expectation("dead-units", "")).unmet(SICK))
                .isEmpty();
        assertThat(judge(Map.of(), new Expectation("dead-units", "dense_0")).unmet(SICK))
                .hasSize(1);
    }

    @Test
    void what_is_expected_and_ignored_was_expected() {
        Judge judge = judge(Map.of("gradiometer.ignore", "dead-units"), new Expectation("dead-units", ""));

        assertThat(statuses(judge.mark(SICK))).containsExactly(Status.OPEN, Status.EXPECTED, Status.OPEN);
        assertThat(judge.unmet(judge.mark(SICK))).isEmpty();
    }

    @Test
    void expectations_that_are_ignored_leave_findings_open_and_nothing_unmet() {
        Judge judge = judge(
                Map.of("gradiometer.expectations", "ignore"),
                new Expectation("vanishing-gradient", ""),
                new Expectation("overfitting", ""));

        assertThat(judge.mark(SICK)).isEqualTo(SICK);
        assertThat(judge.unmet(SICK)).isEmpty();
        assertThat(judge.offending(SICK)).containsExactly(VANISHING);
    }

    @Test
    void marking_twice_is_marking_once_and_a_baseline_stays_one() {
        Judge judge = judge(Map.of("gradiometer.ignore", "dead-units"), new Expectation("vanishing-gradient", ""));
        Diagnosis known = Diagnoses.of(VANISHING, DEAD, SMALL.withStatus(Status.BASELINE));

        Diagnosis marked = judge.mark(known);

        assertThat(statuses(marked)).containsExactly(Status.EXPECTED, Status.SUPPRESSED, Status.BASELINE);
        assertThat(judge.mark(marked)).isEqualTo(marked);
    }

    @ParameterizedTest
    @CsvSource({"error, 1", "warning, 2", "info, 3", "never, 0"})
    void findings_fail_from_the_given_severity_on(String failOn, int failing) {
        assertThat(judge(Map.of("gradiometer.failOn", failOn)).offending(SICK)).hasSize(failing);
    }

    @Test
    void an_id_may_have_a_severity_of_its_own() {
        assertThat(judge(Map.of("gradiometer.failOn.vanishing-gradient", "never"))
                        .offending(SICK))
                .isEmpty();
        assertThat(judge(Map.of("gradiometer.failOn", "never", "gradiometer.failOn.batch-too-small", "info"))
                        .offending(SICK))
                .containsExactly(SMALL);
    }

    @Test
    void what_is_not_open_never_offends() {
        Judge strict = judge(Map.of("gradiometer.failOn", "info"));

        assertThat(strict.offending(SICK.withFindings(f -> f.withStatus(Status.BASELINE))))
                .isEmpty();
    }

    @Test
    void an_inconclusive_run_fails_only_where_that_was_asked_for() {
        Diagnosis unclear = undecided("non-finite");
        Judge asked = judge(Map.of("gradiometer.failIfInconclusive", "true"));

        assertThat(asked.failsAsInconclusive(unclear)).isTrue();
        assertThat(asked.failsAsInconclusive(undecided("dead-units"))).isFalse();
        assertThat(asked.failsAsInconclusive(SICK)).isFalse();
        assertThat(judge(Map.of()).failsAsInconclusive(unclear)).isFalse();
    }

    private static Diagnosis undecided(String id) {
        return new Diagnosis(
                Diagnoses.run("a-1"), List.of(), List.of(new Undecided(id, "more steps")), Cost.UNKNOWN, Map.of());
    }
}
