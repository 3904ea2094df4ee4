package io.gradiometer.maven;

import io.gradiometer.config.Configuration;
import io.gradiometer.config.Judge;
import io.gradiometer.finding.Diagnosis;
import io.gradiometer.trace.RecordedRun;
import io.gradiometer.trace.RunStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * The runs a goal is about, with what the build switched off marked, so that page and gate see the same.
 *
 * @param output where they lie
 * @param runs in order of their folders
 * @param earlier whether all of them were started before this build, which then observed nothing itself
 */
record BuildRuns(Path output, List<RecordedRun> runs, boolean earlier) {

    /** Writes the page and returns its path. */
    interface Page {
        Path write(Path output, List<RecordedRun> runs, String title) throws IOException;
    }

    BuildRuns {
        runs = List.copyOf(runs);
    }

    /** Reads the runs since the build started, or else those of the newest session. */
    static BuildRuns read(Path output, Instant buildStart, Configuration configuration) {
        Judge judge = new Judge(configuration, List.of());
        List<RecordedRun> runs = RunStore.readNewest(output, buildStart).stream()
                .map(run -> marked(run, judge))
                .toList();
        List<Diagnosis> diagnoses = runs.stream()
                .map(RecordedRun::diagnosis)
                .filter(Objects::nonNull)
                .toList();
        boolean earlier = !diagnoses.isEmpty()
                && diagnoses.stream().allMatch(d -> d.run().started().isBefore(buildStart));
        return new BuildRuns(output, runs, earlier);
    }

    private static RecordedRun marked(RecordedRun run, Judge judge) {
        Diagnosis diagnosis = run.diagnosis();
        return diagnosis == null
                ? run
                : new RecordedRun(run.folder(), judge.mark(diagnosis), run.trace(), run.problems());
    }

    boolean isEmpty() {
        return runs.isEmpty();
    }

    /** Writes the page and returns a link to it that terminals make clickable. */
    String link(Page page, String title) throws IOException {
        return page.write(output, runs, title).toUri().toString();
    }
}
