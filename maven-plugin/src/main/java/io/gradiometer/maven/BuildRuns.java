package io.gradiometer.maven;

import io.gradiometer.config.Configuration;
import io.gradiometer.config.Judge;
import io.gradiometer.finding.Diagnosis;
import io.gradiometer.trace.RecordedRun;
import io.gradiometer.trace.RunStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The runs a goal is about, with what the build switched off marked, so that page and gate see the same.
 *
 * @param output where they lie
 * @param runs in order of their folders
 * @param remarks on what was counted and what was not, for the log
 */
record BuildRuns(Path output, List<RecordedRun> runs, List<String> remarks) {

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
        remarks = List.copyOf(remarks);
    }

    /** Reads the runs of a build; where a goal is called alone and nothing was trained for it, all that there are. */
    static BuildRuns read(Path output, Build build, Configuration configuration) {
        List<RecordedRun> runs = RunStore.readSessions(output, build::mayOwn, build.start());
        List<String> remarks = new ArrayList<>();
        if (runs.isEmpty() && build.alone()) {
            runs = RunStore.readAll(output);
            remarks.add("Called alone: every run below " + output + " counts, whichever build left it.");
        }
        Judge judge = new Judge(configuration, List.of());
        Reruns reruns = Reruns.of(runs);
        List<RecordedRun> marked =
                reruns.counted().stream().map(run -> marked(run, judge)).toList();
        remarks.addAll(reruns.flaky());
        return new BuildRuns(output, marked, remarks);
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
