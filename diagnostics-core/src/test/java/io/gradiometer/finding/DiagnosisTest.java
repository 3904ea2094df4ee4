package io.gradiometer.finding;

import static io.gradiometer.finding.Diagnoses.finding;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;

class DiagnosisTest {

    private static final Finding ERROR = finding("non-finite", Severity.ERROR, Finding.Status.OPEN);
    private static final Finding WARNING = finding("dead-units", Severity.WARNING, Finding.Status.OPEN);
    private static final Finding INFO = finding("batch-too-small", Severity.INFO, Finding.Status.OPEN);

    @Test
    void an_error_makes_it_sick_a_warning_suspect_and_a_note_leaves_it_healthy() {
        assertThat(Diagnoses.of(WARNING, ERROR, INFO).health()).isEqualTo(Health.SICK);
        assertThat(Diagnoses.of(INFO, WARNING).health()).isEqualTo(Health.SUSPECT);
        assertThat(Diagnoses.of(INFO).health()).isEqualTo(Health.HEALTHY);
        assertThat(Diagnoses.of().health()).isEqualTo(Health.HEALTHY);
    }

    @ParameterizedTest
    @EnumSource(value = Finding.Status.class, mode = Mode.EXCLUDE, names = "OPEN")
    void what_is_not_open_does_not_count(Finding.Status status) {
        Diagnosis diagnosis = Diagnoses.of(ERROR, WARNING).withFindings(f -> f.withStatus(status));

        assertThat(diagnosis.health()).isEqualTo(Health.HEALTHY);
        assertThat(diagnosis.open()).isEmpty();
        assertThat(diagnosis.findings()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"exploding-gradient", "vanishing-gradient", "non-finite", "loss-not-decreasing"})
    void a_run_whose_loss_finiteness_or_flow_could_not_be_judged_is_not_healthy(String id) {
        assertThat(undecided(id).health()).isEqualTo(Health.INCONCLUSIVE);
        assertThat(undecided(id).isConclusive()).isFalse();
    }

    @Test
    void any_other_detector_may_be_undecided_in_a_healthy_run() {
        assertThat(undecided("dead-units").health()).isEqualTo(Health.HEALTHY);
        assertThat(undecided("dead-units").isConclusive()).isTrue();
    }

    @Test
    void what_was_found_outweighs_what_could_not_be_judged() {
        assertThat(undecided("vanishing-gradient", ERROR).health()).isEqualTo(Health.SICK);
        assertThat(undecided("vanishing-gradient", WARNING).health()).isEqualTo(Health.SUSPECT);
        assertThat(undecided("vanishing-gradient", INFO).health()).isEqualTo(Health.INCONCLUSIVE);
    }

    private static Diagnosis undecided(String id, Finding... findings) {
        return new Diagnosis(
                Diagnoses.run("a-1"),
                List.of(findings),
                List.of(new Undecided(id, "more steps")),
                Cost.UNKNOWN,
                Map.of());
    }

    @Test
    void open_findings_keep_their_order() {
        Diagnosis diagnosis = Diagnoses.of(ERROR, WARNING.withStatus(Finding.Status.EXPECTED), INFO);

        assertThat(diagnosis.open()).containsExactly(ERROR, INFO);
    }

    @Test
    void a_diagnosis_does_not_change() {
        List<Finding> findings = new ArrayList<>(List.of(ERROR));
        Map<String, String> settings = new HashMap<>(Map.of("b", "2", "a", "1"));
        Diagnosis diagnosis = new Diagnosis(Diagnoses.run("a-1"), findings, List.of(), Cost.UNKNOWN, settings);

        findings.clear();
        settings.clear();

        assertThat(diagnosis.findings()).containsExactly(ERROR);
        assertThat(diagnosis.configuration()).containsExactly(Map.entry("a", "1"), Map.entry("b", "2"));
        assertThatThrownBy(() -> diagnosis.configuration().put("c", "3"))
                .isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void another_heading_leaves_everything_but_fingerprints() {
        Diagnosis diagnosis = Diagnoses.canonical();
        RunInfo other = Diagnoses.run("other-2");

        Diagnosis moved = diagnosis.withRun(other);

        assertThat(moved.run()).isEqualTo(other);
        assertThat(moved.withRun(diagnosis.run()).withFindings(f -> f.withFingerprint("")))
                .isEqualTo(diagnosis.withFindings(f -> f.withFingerprint("")));
    }

    @Test
    void the_same_trouble_in_the_same_test_has_the_same_fingerprint_from_run_to_run() {
        Finding found = ERROR.withFingerprint("");
        Finding worse = Finding.of(ERROR.id(), Severity.WARNING, "Other words.")
                .seen(3, 9, 4)
                .fact(Fact.of("loss", 7))
                .remedy(Remedy.untried("use-adam", "use Adam at 0.001", ""))
                .build();

        assertThat(fingerprint(worse, Diagnoses.run("again-2"))).isEqualTo(fingerprint(found, Diagnoses.run("a-1")));
        assertThat(fingerprint(found, Diagnoses.run("a-1"))).matches("[0-9a-f]{16}");
    }

    @Test
    void another_trouble_layer_or_test_has_another_fingerprint() {
        RunInfo run = Diagnoses.run("a-1");
        RunInfo elsewhere = Diagnoses.run("a-1", new RunInfo.TestRef("A", "b", "b", "b"), null);
        Finding layer = Finding.of(ERROR.id(), ERROR.severity(), ERROR.summary())
                .layers(List.of("dense_0"))
                .remedy(ERROR.remedies().get(0))
                .build();

        assertThat(List.of(
                        fingerprint(ERROR, run),
                        fingerprint(ERROR, elsewhere),
                        fingerprint(ERROR, Diagnoses.run("a-1", null, null)),
                        fingerprint(layer, run),
                        fingerprint(WARNING, run)))
                .doesNotHaveDuplicates();
    }

    private static String fingerprint(Finding finding, RunInfo run) {
        return Diagnoses.of(finding).withRun(run).findings().get(0).fingerprint();
    }

    @Test
    void severities_are_ordered() {
        assertThat(Severity.ERROR.isAtLeast(Severity.WARNING)).isTrue();
        assertThat(Severity.WARNING.isAtLeast(Severity.WARNING)).isTrue();
        assertThat(Severity.INFO.isAtLeast(Severity.WARNING)).isFalse();
    }
}
