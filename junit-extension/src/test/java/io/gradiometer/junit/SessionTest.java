package io.gradiometer.junit;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradiometer.finding.Diagnosis;
import io.gradiometer.finding.RunInfo;
import io.gradiometer.trace.RecordedRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionTest {

    @TempDir
    Path output;

    @Test
    void every_network_leaves_a_run_folder_that_can_be_read() {
        Execution execution = Execution.of(MixedTestCase.class)
                .with("gradiometer.session", "nightly")
                .with("gradiometer.module", "fraud")
                .into(output);

        RecordedRun run = execution.runs().get(0);
        Diagnosis diagnosis = Runs.diagnosis(run);
        RunInfo.TestRef test = Objects.requireNonNull(diagnosis.run().test());
        assertThat(output.relativize(run.folder()).toString())
                .matches("nightly.\\d+-\\d+.SessionTest\\.MixedTestCase\\.trains_well-1");
        assertThat(diagnosis.run().id()).isEqualTo("SessionTest.MixedTestCase.trains_well-1");
        assertThat(diagnosis.run().session()).isEqualTo("nightly");
        assertThat(diagnosis.run().module()).isEqualTo("fraud");
        assertThat(diagnosis.run().completed()).isTrue();
        assertThat(diagnosis.run().layers()).containsExactly("dense_0", "output");
        assertThat(diagnosis.run().iterations()).isPositive();
        assertThat(diagnosis.configuration()).containsEntry("gradiometer.module", "fraud");
        assertThat(test.className()).isEqualTo(MixedTestCase.class.getName());
        assertThat(test.method()).isEqualTo("trains_well");
        assertThat(test.uniqueId()).contains("[method:trains_well(");
        assertThat(Objects.requireNonNull(run.trace()).stepsSeen()).isPositive();
    }

    @Test
    void the_session_ends_with_one_line_and_the_page_though_tests_failed() {
        Execution execution = Execution.of(MixedTestCase.class).into(output).hasTests(1, 1);

        Path page = output.resolve("index.html");
        assertThat(page).exists();
        assertThat(execution.console())
                .isEqualTo("Gradiometer: 2 networks observed, 1 sick, 0 suspect, 1 healthy - " + page.toUri()
                        + System.lineSeparator());
    }

    @Diagnosed
    static class MixedTestCase {
        @Test
        void trains_well(Recorder recorder) {
            Training.fit(recorder.watch(Training.healthy()));
        }

        @Test
        void vanishes(Recorder recorder) {
            Training.fit(recorder.watch(Training.vanishing()));
        }
    }

    @Test
    void an_output_that_cannot_be_written_costs_one_line_and_no_healthy_test() throws IOException {
        Path file = Files.writeString(output.resolve("taken"), "a file where the folder should be");

        Execution execution = Execution.of(MixedTestCase.class)
                .with("gradiometer.output", file.toString())
                .into(output)
                .hasTests(1, 1);

        assertThat(execution.failure()).contains("[vanishing-gradient]").contains("page  not written: ");
        assertThat(execution.console()).startsWith("Gradiometer: 2 networks observed, 1 sick, 0 suspect, 1 healthy");
        assertThat(execution.console().lines())
                .filteredOn(line -> line.startsWith("Gradiometer: warning: "))
                .singleElement()
                .asString()
                .endsWith("set gradiometer.output to a folder that can be written");
    }
}
