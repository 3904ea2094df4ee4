package io.gradiometer.maven;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradiometer.config.Configuration;
import io.gradiometer.config.Judge;
import io.gradiometer.finding.Diagnosis;
import io.gradiometer.finding.Finding;
import io.gradiometer.finding.Health;
import io.gradiometer.trace.RecordedRun;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuildRunsTest {

    private static final Instant BUILD_START = Instant.parse("2026-11-21T12:00:00Z");
    private static final String SESSION = BuildSession.name(BUILD_START, 4711);

    @TempDir
    Path output;

    private static BuildRuns.Build inItsLifecycle() {
        return new BuildRuns.Build(SESSION, BUILD_START, false);
    }

    private static BuildRuns.Build alone() {
        return new BuildRuns.Build(SESSION, BUILD_START, true);
    }

    @Test
    void takes_the_runs_of_this_build_from_all_its_sessions_and_leaves_earlier_ones() throws IOException {
        SampleRuns samples = SampleRuns.in(output);
        samples.session("1").startedAt(BUILD_START.minusSeconds(1)).healthy("Before");
        samples.session(SESSION).startedAt(BUILD_START).healthy("First");
        samples.session("20261121-120009-4712")
                .startedAt(BUILD_START.plusSeconds(9))
                .healthy("Second");

        BuildRuns runs = BuildRuns.read(output, inItsLifecycle());

        assertThat(titles(runs.runs())).containsExactlyInAnyOrder("First", "Second");
        assertThat(runs.flaky()).isEmpty();
    }

    @Test
    void leaves_the_runs_of_a_build_that_goes_on_beside_this_one() throws IOException {
        SampleRuns samples = SampleRuns.in(output);
        samples.session(SESSION).startedAt(BUILD_START).healthy("Ours");
        samples.session(BuildSession.name(BUILD_START, 4712))
                .startedAt(BUILD_START.plusSeconds(9))
                .healthy("Theirs");

        assertThat(titles(BuildRuns.read(output, inItsLifecycle()).runs())).containsExactly("Ours");
    }

    @Test
    void a_build_that_observed_nothing_is_not_judged_by_what_earlier_ones_left() throws IOException {
        SampleRuns.in(output).startedAt(BUILD_START.minusSeconds(60)).healthy("Older");

        assertThat(BuildRuns.read(output, inItsLifecycle()).isEmpty()).isTrue();
    }

    @Test
    void a_goal_called_alone_takes_everything_and_says_so() throws IOException {
        SampleRuns samples = SampleRuns.in(output);
        samples.session("1").startedAt(BUILD_START.minusSeconds(60)).healthy("Older");
        samples.session("2").startedAt(BUILD_START.minusSeconds(30)).healthy("Newer");

        BuildRuns runs = BuildRuns.read(output, alone());

        assertThat(titles(runs.runs())).containsExactly("Older", "Newer");
        assertThat(runs.everyBuilds()).isTrue();
    }

    @Test
    void a_goal_called_behind_a_lifecycle_takes_what_that_observed() throws IOException {
        SampleRuns samples = SampleRuns.in(output);
        samples.session("1").startedAt(BUILD_START.minusSeconds(60)).healthy("Older");
        samples.session("2").startedAt(BUILD_START).healthy("Newer");

        BuildRuns runs = BuildRuns.read(output, alone());

        assertThat(titles(runs.runs())).containsExactly("Newer");
        assertThat(runs.everyBuilds()).isFalse();
    }

    @Test
    void of_a_test_that_was_run_again_the_last_attempt_counts_and_that_it_is_flaky_is_said() throws IOException {
        SampleRuns.in(output).exploding("A").healthy("B").attempt(2).healthy("A");

        BuildRuns runs = BuildRuns.read(output, inItsLifecycle());

        assertThat(diagnoses(runs.runs()))
                .extracting(Diagnosis::health)
                .containsExactly(Health.HEALTHY, Health.HEALTHY);
        assertThat(titles(runs.runs())).containsExactly("A", "B");
        assertThat(runs.flaky()).containsExactly("A is flaky: sick, then healthy; the last result counts");
    }

    @Test
    void of_a_test_that_failed_twice_in_the_same_way_nothing_is_said() throws IOException {
        SampleRuns.in(output).exploding("A").attempt(2).exploding("A");

        BuildRuns runs = BuildRuns.read(output, inItsLifecycle());

        assertThat(titles(runs.runs())).containsExactly("A");
        assertThat(runs.flaky()).isEmpty();
    }

    @Test
    void of_two_sessions_the_last_result_of_a_test_counts() throws IOException {
        SampleRuns samples = SampleRuns.in(output);
        samples.session("1")
                .startedAt(BUILD_START.minusSeconds(60))
                .exploding("A")
                .healthy("B");
        samples.session("2").startedAt(BUILD_START.minusSeconds(30)).healthy("A");

        BuildRuns runs = BuildRuns.read(output, alone());

        assertThat(diagnoses(runs.runs())).extracting(Diagnosis::health).containsOnly(Health.HEALTHY);
        assertThat(titles(runs.runs())).containsExactly("B", "A");
    }

    @Test
    void is_empty_where_there_is_no_folder() {
        assertThat(BuildRuns.read(output.resolve("nowhere"), alone()).isEmpty()).isTrue();
    }

    @Test
    void the_page_gets_the_runs_as_the_gate_sees_them_with_ignored_findings_marked() throws IOException {
        SampleRuns.in(output).exploding("A");
        Configuration ignoring =
                Configuration.of(new Configuration.Source("test", Map.of("gradiometer.ignore", "exploding-gradient")));
        List<RecordedRun> shown = new ArrayList<>();

        String link = BuildRuns.read(output, inItsLifecycle())
                .judgedBy(new Judge(ignoring, List.of()))
                .link(
                        (folder, runs, title) -> {
                            shown.addAll(runs);
                            return folder.resolve(title + ".html");
                        },
                        "My Project");

        assertThat(diagnoses(shown))
                .flatExtracting(Diagnosis::findings)
                .extracting(Finding::status)
                .containsExactly(Finding.Status.SUPPRESSED);
        assertThat(link).startsWith("file:///").endsWith("/My%20Project.html");
    }

    @Test
    void whoever_reads_the_files_sees_what_the_gate_sees() throws IOException {
        SampleRuns.in(output).exploding("A").withDiagnosisCutOff("B");
        Configuration ignoring =
                Configuration.of(new Configuration.Source("test", Map.of("gradiometer.ignore", "exploding-gradient")));

        BuildRuns.read(output, inItsLifecycle())
                .judgedBy(new Judge(ignoring, List.of()))
                .keep();

        Diagnosis kept =
                diagnoses(BuildRuns.read(output, inItsLifecycle()).runs()).get(0);
        assertThat(kept.findings()).extracting(Finding::status).containsExactly(Finding.Status.SUPPRESSED);
        assertThat(kept.health()).isEqualTo(Health.HEALTHY);
        assertThat(kept.configuration()).containsEntry("gradiometer.ignore", "exploding-gradient");
    }

    private static List<String> titles(List<RecordedRun> runs) {
        return diagnoses(runs).stream().map(d -> d.run().title()).toList();
    }

    private static List<Diagnosis> diagnoses(List<RecordedRun> runs) {
        return runs.stream()
                .map(RecordedRun::diagnosis)
                .filter(Objects::nonNull)
                .toList();
    }
}
