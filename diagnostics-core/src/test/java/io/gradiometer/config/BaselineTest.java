package io.gradiometer.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradiometer.config.Configuration.Source;
import io.gradiometer.finding.Cost;
import io.gradiometer.finding.Diagnoses;
import io.gradiometer.finding.Diagnosis;
import io.gradiometer.finding.Finding;
import io.gradiometer.finding.Finding.Status;
import io.gradiometer.finding.Remedy;
import io.gradiometer.finding.RunInfo;
import io.gradiometer.finding.Severity;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BaselineTest {

    private static Finding dead(String... layers) {
        return Finding.of("dead-units", Severity.ERROR, "Dead.")
                .layers(List.of(layers))
                .remedy(Remedy.untried("relu", "use ReLU", ""))
                .build();
    }

    private static Diagnosis in(String test, Finding... findings) {
        return of(new RunInfo.TestRef("com.example." + test, "trains", "", ""), null, findings);
    }

    private static Diagnosis of(
            RunInfo.@Nullable TestRef test, RunInfo.@Nullable SourceRef source, Finding... findings) {
        return new Diagnosis(Diagnoses.run("a-1", test, source), List.of(findings), List.of(), Cost.UNKNOWN, Map.of());
    }

    private static Baseline of(Diagnosis... diagnoses) {
        return Baseline.NONE.updatedBy(List.of(diagnoses));
    }

    private static Status status(Baseline baseline, Diagnosis diagnosis) {
        Judge judge = new Judge(Configuration.of(new Source("pom.xml", Map.of())), List.of(), baseline);
        return judge.mark(diagnosis).findings().get(0).status();
    }

    @Test
    void what_was_there_does_not_count() {
        Baseline known = of(in("A", dead("dense_0")));

        assertThat(status(known, in("A", dead("dense_0")))).isEqualTo(Status.BASELINE);
    }

    @Test
    void what_is_new_counts() {
        Baseline known = of(in("A", dead("dense_0")));

        assertThat(status(known, in("B", dead("dense_0")))).isEqualTo(Status.OPEN);
        assertThat(status(known, in("A", dead("dense_7")))).isEqualTo(Status.OPEN);
        assertThat(status(known, in("A", dead()))).isEqualTo(Status.OPEN);
        assertThat(status(Baseline.NONE, in("A", dead("dense_0")))).isEqualTo(Status.OPEN);
    }

    @Test
    void a_disease_that_spreads_over_its_neighbours_is_known() {
        Baseline known = of(in("A", dead("dense_0", "dense_1")));

        assertThat(status(known, in("A", dead("dense_1", "dense_2")))).isEqualTo(Status.BASELINE);
    }

    @Test
    void a_finding_about_the_whole_network_is_known_by_its_id() {
        assertThat(status(of(in("A", dead())), in("A", dead()))).isEqualTo(Status.BASELINE);
        assertThat(status(of(in("A", dead())), in("A", dead("dense_0")))).isEqualTo(Status.OPEN);
    }

    @Test
    void lines_may_move() {
        Diagnosis before = at(42);
        Diagnosis after = at(57);

        assertThat(status(of(before), after)).isEqualTo(Status.BASELINE);
        assertThat(after.findings().get(0).fingerprint())
                .isEqualTo(before.findings().get(0).fingerprint());
    }

    /** As a program names its runs that no test has. */
    private static Diagnosis at(int line) {
        RunInfo run = Diagnoses.run("a-1", null, new RunInfo.SourceRef("Train.java", line));
        RunInfo named = new RunInfo(
                run.id(),
                "Train: Train.main at Train.java:" + line,
                null,
                run.source(),
                run.module(),
                run.session(),
                run.model(),
                run.layers(),
                run.parameters(),
                run.dtype(),
                run.backend(),
                run.seed(),
                run.iterations(),
                run.epochs(),
                run.started(),
                run.completed(),
                run.tool());
        return of(null, null, dead("dense_0")).withRun(named);
    }

    @Test
    void a_file_reads_as_it_was_written() {
        Baseline known = of(in("B", dead("dense_0", "dense_1")), in("A", dead(), dead("# | \n\u0000x")));

        assertThat(Baseline.parse("baseline.txt", known.text())).isEqualTo(known);
        assertThat(known.text().lines().filter(line -> !line.startsWith("#")))
                .containsExactly(
                        "com.example.A#trains | dead-units",
                        "com.example.A#trains | dead-units | _ _ __x",
                        "com.example.B#trains | dead-units | dense_0 | dense_1");
        assertThat(status(known, in("A", dead("# | \n\u0000x")))).isEqualTo(Status.BASELINE);
    }

    @Test
    void what_is_gone_from_a_test_that_ran_is_resolved() {
        Baseline known = of(in("A", dead("dense_0")), in("B", dead("dense_0")), in("C", dead("dense_0")));

        Baseline resolved = known.resolvedBy(List.of(in("A"), in("B", dead("dense_0"))));

        assertThat(resolved).isEqualTo(of(in("A", dead("dense_0"))));
    }

    @Test
    void an_update_drops_what_is_resolved_adds_what_is_new_and_keeps_what_did_not_run() {
        Baseline known = of(in("A", dead("dense_0")), in("C", dead("dense_0")));

        Baseline updated = known.updatedBy(List.of(in("A"), in("B", dead("dense_3"))));

        assertThat(updated).isEqualTo(of(in("B", dead("dense_3")), in("C", dead("dense_0"))));
        assertThat(updated.size()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "'' ! baseline.txt is no baseline: its first line is not '# gradiometer/baseline/1'",
                "A#trains | dead-units ! baseline.txt is no baseline",
                "# gradiometer/baseline/2 ! baseline.txt is of version 2, and this is version 1; write it anew with"
                        + " -Dgradiometer.baseline.update"
            })
    void another_file_or_version_is_told(String text, String message) {
        assertThatThrownBy(() -> Baseline.parse("baseline.txt", text))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(message);
    }

    @Test
    void a_line_that_cannot_be_read_is_told_with_its_number() {
        assertThatThrownBy(() -> Baseline.parse("baseline.txt", "# gradiometer/baseline/1\n\n# a note\nA#trains"))
                .hasMessageContaining("baseline.txt, line 4: written are test, finding id and layers");
    }

    @Test
    void while_it_is_written_no_test_fails() {
        Diagnosis sick = in("A", dead("dense_0"));
        Judge writing = new Judge(
                Configuration.of(new Source("pom.xml", Map.of("gradiometer.baseline.update", "true"))), List.of());
        Judge plain = new Judge(Configuration.of(new Source("pom.xml", Map.of())), List.of());

        assertThat(writing.failing(sick)).isEmpty();
        assertThat(writing.offending(sick)).hasSize(1);
        assertThat(plain.failing(sick)).hasSize(1);
    }
}
