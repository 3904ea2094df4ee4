package io.gradiometer.junit;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradiometer.finding.Diagnosis;
import io.gradiometer.report.HtmlReport;
import io.gradiometer.trace.RecordedRun;
import io.gradiometer.trace.RunStore;
import io.gradiometer.trace.Trace;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What only a JVM of its own can show: how it ends, and what is missing on its class path. */
class ForkedSessionTest {

    @TempDir
    Path output;

    @Test
    void system_exit_inside_a_test_leaves_whole_run_folders_and_the_page() throws Exception {
        try (ForkedJvm jvm = ForkedJvm.start(ExitingTestCase.class, output, entry -> true)) {
            assertThat(jvm.lines()).last().asString().startsWith("Gradiometer: 2 networks observed, ");
        }

        assertThat(completed()).containsExactly(true, false);
        assertThat(output.resolve("index.html")).exists();
    }

    @Diagnosed
    @TestMethodOrder(MethodOrderer.MethodName.class)
    static class ExitingTestCase {
        @Test
        void a_trains(Recorder recorder) {
            Training.fit(recorder.watch(Training.healthy()));
        }

        @Test
        void b_exits(Recorder recorder) {
            Training.fit(recorder.watch(Training.healthy()));
            System.exit(0);
        }
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "there a process can only be killed, and no hook runs")
    void a_terminated_build_leaves_whole_run_folders_and_the_page() throws Exception {
        try (ForkedJvm jvm = ForkedJvm.start(WaitingTestCase.class, output, entry -> true)) {
            assertThat(jvm.says("trained")).isTrue();
            jvm.terminate();
            assertThat(jvm.lines()).last().asString().startsWith("Gradiometer: 1 network observed, ");
        }

        assertThat(completed()).containsExactly(false);
        assertThat(output.resolve("index.html")).exists();
    }

    @Test
    void a_killed_build_leaves_what_was_seen_and_no_diagnosis() throws Exception {
        try (ForkedJvm jvm = ForkedJvm.start(WaitingTestCase.class, output, entry -> true)) {
            assertThat(jvm.says("trained")).isTrue();
            long seen = 0;
            for (int looks = 0; looks < 600 && seen < Training.STEPS; looks++) {
                new CountDownLatch(1).await(50, TimeUnit.MILLISECONDS);
                seen = runs().stream()
                        .map(RecordedRun::trace)
                        .filter(Objects::nonNull)
                        .mapToLong(Trace::stepsSeen)
                        .sum();
            }
            jvm.kill();
            jvm.lines();
        }

        RecordedRun run = runs().get(0);
        assertThat(run.folder()).hasFileName("ForkedSessionTest.WaitingTestCase.waits-1");
        assertThat(run.diagnosis()).isNull();
        assertThat(run.trace())
                .isNotNull()
                .extracting(Trace::stepsSeen, Trace::whole)
                .containsExactly((long) Training.STEPS, false);
        assertThat(run.problems()).anyMatch(problem -> problem.endsWith("the run was broken off"));
    }

    @Diagnosed
    static class WaitingTestCase {
        @Test
        void waits(Recorder recorder) throws InterruptedException {
            Training.fit(recorder.watch(Training.healthy()));
            System.out.println("trained");
            new CountDownLatch(1).await();
        }
    }

    @Test
    void without_reports_the_last_line_is_the_diagnosis() throws Exception {
        Path reports = Path.of(HtmlReport.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        List<String> lines;
        try (ForkedJvm jvm = ForkedJvm.start(
                SickTestCase.class, output, entry -> !Path.of(entry).equals(reports))) {
            lines = jvm.lines();
        }

        String hint = "  (for a page, add gradiometer-reports to the test class path)";
        Path json = runs().get(0).folder().resolve(RecordedRun.DIAGNOSIS);
        assertThat(lines)
                .anySatisfy(line -> assertThat(line).startsWith("[vanishing-gradient]"))
                .contains("diagnosis  " + json.toUri() + hint)
                .contains("Gradiometer: 1 network observed, 1 sick, 0 suspect, 0 healthy - " + output.toUri() + hint);
    }

    @Test
    void without_a_backend_the_choices_are_named() throws Exception {
        try (ForkedJvm jvm = ForkedJvm.start(SickTestCase.class, output, entry -> !entry.contains("nd4j-native"))) {
            assertThat(jvm.lines())
                    .contains("ForkedSessionTest.SickTestCase.trains(): "
                            + "ND4J found no backend on the test class path, so nothing can train")
                    .anySatisfy(line -> assertThat(line).contains("nd4j-native-platform"));
        }
    }

    @Diagnosed
    static class SickTestCase {
        @Test
        void trains(Recorder recorder) {
            Training.fit(recorder.watch(Training.vanishing()));
        }
    }

    private List<RecordedRun> runs() {
        return RunStore.readAll(output);
    }

    private List<Boolean> completed() {
        return runs().stream()
                .map(Runs::diagnosis)
                .map(Diagnosis::run)
                .map(run -> run.completed())
                .toList();
    }
}
