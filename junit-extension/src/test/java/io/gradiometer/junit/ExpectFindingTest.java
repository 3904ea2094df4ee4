package io.gradiometer.junit;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradiometer.finding.Diagnosis;
import io.gradiometer.finding.Finding;
import io.gradiometer.finding.Health;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExpectFindingTest {

    @TempDir
    Path output;

    @Test
    void what_was_expected_and_is_there_fails_nothing() {
        Execution execution = Execution.of(ExpectingTestCase.class).into(output).hasTests(1, 0);

        Diagnosis diagnosis = Runs.diagnosis(execution.runs().get(0));
        assertThat(diagnosis.findings())
                .filteredOn(finding -> finding.id().equals("vanishing-gradient"))
                .isNotEmpty()
                .allSatisfy(finding -> assertThat(finding.status()).isEqualTo(Finding.Status.EXPECTED));
        assertThat(diagnosis.health()).isNotEqualTo(Health.SICK);
    }

    static class ExpectingTestCase {
        @Test
        @ExpectFinding(value = "vanishing-gradient", layer = "dense_0")
        void trains(Recorder recorder) {
            Training.fit(recorder.watch(Training.vanishing()));
        }
    }

    @Test
    void without_enforcement_the_finding_stays_open_and_fails() {
        Execution execution = Execution.of(ExpectingTestCase.class)
                .with("gradiometer.expectations", "ignore")
                .into(output)
                .hasTests(0, 1);

        assertThat(Runs.diagnosis(execution.runs().get(0)).health()).isEqualTo(Health.SICK);
    }

    @Test
    void an_expectation_that_is_not_met_fails_and_says_what_is_there() {
        String failure = Execution.of(DisappointedTestCase.class)
                .into(output)
                .hasTests(0, 1)
                .failure();

        assertThat(failure)
                .contains("[exploding-gradient] was expected and was not found; found instead: ")
                .contains("[vanishing-gradient] (error) in 'dense_0'")
                .contains("[vanishing-gradient] was expected in layer 'dense_9' and was not found")
                .contains("there is no layer 'dense_9'; did you mean 'dense_");
        assertThat(failure.lines().toList()).last().asString().startsWith("page  file:///");
    }

    @Test
    void unmet_expectations_pass_where_they_are_not_enforced() {
        Execution.of(DisappointedHealthyTestCase.class)
                .with("gradiometer.expectations", "ignore")
                .into(output)
                .hasTests(1, 0);
    }

    static class DisappointedTestCase {
        @Test
        @Diagnosed(ignore = "vanishing-gradient")
        @ExpectFinding("exploding-gradient")
        @ExpectFinding(value = "vanishing-gradient", layer = "dense_9")
        void trains(Recorder recorder) {
            Training.fit(recorder.watch(Training.vanishing()));
        }
    }

    static class DisappointedHealthyTestCase {
        @Test
        @ExpectFinding("exploding-gradient")
        void trains(Recorder recorder) {
            Training.fit(recorder.watch(Training.healthy()));
        }
    }

    @Test
    void a_methods_expectations_replace_those_of_its_class() {
        Execution.of(ReplacingTestCase.class).into(output).hasTests(2, 0);
    }

    @ExpectFinding("vanishing-gradient")
    static class ReplacingTestCase {
        @Test
        void as_the_class_says(Recorder recorder) {
            Training.fit(recorder.watch(Training.vanishing()));
        }

        @Test
        @Diagnosed
        @ExpectFinding(value = "vanishing-gradient", layer = "dense_0")
        void as_the_method_says(Recorder recorder) {
            Training.fit(recorder.watch(Training.vanishing()));
        }
    }

    @Test
    void an_id_that_does_not_exist_is_told_with_the_nearest() {
        String failure =
                Execution.of(MistakenTestCase.class).into(output).hasTests(0, 1).failure();

        assertThat(failure)
                .isEqualTo("Gradiometer's configuration has a mistake: "
                        + "@ExpectFinding on ExpectFindingTest.MistakenTestCase.trains: "
                        + "'vanishing-gradiant' is no finding id; did you mean 'vanishing-gradient'?");
    }

    static class MistakenTestCase {
        @Test
        @ExpectFinding("vanishing-gradiant")
        void trains(Recorder recorder) {
            Training.fit(recorder.watch(Training.vanishing()));
        }
    }
}
