package io.gradiometer.maven;

import io.gradiometer.config.Judge;
import io.gradiometer.finding.Diagnosis;
import io.gradiometer.finding.DiagnosisJson;
import io.gradiometer.trace.RecordedRun;
import io.gradiometer.trace.RunStore;
import io.gradiometer.trace.TextFile;
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
 * @param everyBuilds whether they are all that there are, whichever build left them
 * @param flaky one sentence for each test whose attempts came out differently
 */
record BuildRuns(Path output, List<RecordedRun> runs, boolean everyBuilds, List<String> flaky) {

    /** Writes the page and returns its path. */
    interface Page {
        Path write(Path output, List<RecordedRun> runs, String title) throws IOException;
    }

    /**
     * The build that asks.
     *
     * @param session under which its prepared JVMs write
     * @param start of the build
     * @param alone whether the goal was called by itself: it is then about everything that lies there
     */
    record Build(String session, Instant start, boolean alone) {

        /** A session that another build has named is that build's, whenever it began. */
        boolean mayOwn(String other) {
            return other.equals(session) || !BuildSession.isNamedByABuild(other);
        }
    }

    BuildRuns {
        runs = List.copyOf(runs);
        flaky = List.copyOf(flaky);
    }

    /** Reads the runs of a build; where a goal is called alone and nothing was trained for it, all that there are. */
    static BuildRuns read(Path output, Build build) {
        List<RecordedRun> runs = RunStore.readSessions(output, build::mayOwn, build.start());
        boolean everyBuilds = runs.isEmpty() && build.alone();
        Reruns reruns = Reruns.of(everyBuilds ? RunStore.readAll(output) : runs);
        return new BuildRuns(output, reruns.counted(), everyBuilds, reruns.flaky());
    }

    /** Returns the same runs as this judge marks them, in place of those in the JVMs that trained. */
    BuildRuns judgedBy(Judge judge) {
        List<RecordedRun> marked = runs.stream().map(run -> marked(run, judge)).toList();
        return new BuildRuns(output, marked, everyBuilds, flaky);
    }

    private static RecordedRun marked(RecordedRun run, Judge judge) {
        Diagnosis diagnosis = run.diagnosis();
        return diagnosis == null
                ? run
                : new RecordedRun(run.folder(), judge.remark(diagnosis), run.trace(), run.problems());
    }

    /** Writes the diagnoses as they are now, so that whoever reads the files sees what page and gate see. */
    void keep() throws IOException {
        for (RecordedRun run : runs) {
            Diagnosis diagnosis = run.diagnosis();
            if (diagnosis != null) {
                TextFile.write(run.folder().resolve(RecordedRun.DIAGNOSIS), DiagnosisJson.write(diagnosis));
            }
        }
    }

    List<Diagnosis> diagnoses() {
        return runs.stream()
                .map(RecordedRun::diagnosis)
                .filter(Objects::nonNull)
                .toList();
    }

    boolean isEmpty() {
        return runs.isEmpty();
    }

    /** Writes the page and returns a link to it that terminals make clickable. */
    String link(Page page, String title) throws IOException {
        return page.write(output, runs, title).toUri().toString();
    }
}
