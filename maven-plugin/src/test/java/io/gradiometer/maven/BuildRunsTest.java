package io.gradiometer.maven;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradiometer.config.Configuration;
import io.gradiometer.finding.Diagnosis;
import io.gradiometer.finding.Finding;
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
    private static final Configuration DEFAULTS = Configuration.of();

    @TempDir
    Path output;

    @Test
    void takes_the_runs_of_this_build_from_all_its_sessions_and_leaves_earlier_ones() throws IOException {
        SampleRuns samples = SampleRuns.in(output);
        samples.session("1").startedAt(BUILD_START.minusSeconds(1)).healthy("Before");
        samples.session("2").startedAt(BUILD_START).healthy("First");
        samples.session("3").startedAt(BUILD_START.plusSeconds(9)).healthy("Second");

        BuildRuns runs = BuildRuns.read(output, BUILD_START, DEFAULTS);

        assertThat(titles(runs.runs())).containsExactly("First", "Second");
        assertThat(runs.earlier()).isFalse();
    }

    @Test
    void takes_the_newest_session_where_the_build_observed_nothing_and_knows_that_it_is_earlier() throws IOException {
        SampleRuns samples = SampleRuns.in(output);
        samples.session("1").startedAt(BUILD_START.minusSeconds(60)).healthy("Older");
        samples.session("2").startedAt(BUILD_START.minusSeconds(30)).healthy("Newer");

        BuildRuns runs = BuildRuns.read(output, BUILD_START, DEFAULTS);

        assertThat(titles(runs.runs())).containsExactly("Newer");
        assertThat(runs.earlier()).isTrue();
    }

    @Test
    void is_empty_where_there_is_no_folder() {
        BuildRuns runs = BuildRuns.read(output.resolve("nowhere"), BUILD_START, DEFAULTS);

        assertThat(runs.isEmpty()).isTrue();
        assertThat(runs.earlier()).isFalse();
    }

    @Test
    void the_page_gets_the_runs_as_the_gate_sees_them_with_ignored_findings_marked() throws IOException {
        SampleRuns.in(output).exploding("A");
        Configuration ignoring =
                Configuration.of(new Configuration.Source("test", Map.of("gradiometer.ignore", "exploding-gradient")));
        List<RecordedRun> shown = new ArrayList<>();

        String link = BuildRuns.read(output, BUILD_START, ignoring)
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
