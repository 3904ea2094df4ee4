package io.gradiometer.report.html;

import io.gradiometer.finding.Diagnosis;
import io.gradiometer.finding.Finding;
import io.gradiometer.finding.Severity;
import io.gradiometer.report.chart.Sparkline;
import io.gradiometer.trace.RecordedRun;
import io.gradiometer.trace.Trace;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * What the page of the build says about one run.
 *
 * @param outcome how it stands
 * @param title for people
 * @param folder where it lies
 * @param link to its page; empty where there is none
 * @param diagnosis null where there is none
 * @param problems one sentence each
 * @param sparkline an element, or empty
 */
@API(status = API.Status.INTERNAL)
public record RunSummary(
        Outcome outcome,
        String title,
        String folder,
        String link,
        @Nullable Diagnosis diagnosis,
        List<String> problems,
        String sparkline) {

    /** Worst first; among equals the one with more errors, then by name, so that equal builds give equal pages. */
    static final Comparator<RunSummary> WORST_FIRST = Comparator.comparing(RunSummary::outcome)
            .thenComparing(Comparator.comparingLong(RunSummary::errors).reversed())
            .thenComparing(RunSummary::title)
            .thenComparing(RunSummary::folder);

    public RunSummary {
        problems = List.copyOf(problems);
    }

    /** Sums up a run that has a diagnosis. */
    public static RunSummary of(String folder, RecordedRun run, Diagnosis diagnosis, String link) {
        Trace trace = run.trace();
        return new RunSummary(
                Outcome.of(diagnosis.health()),
                diagnosis.run().title(),
                folder,
                link,
                diagnosis,
                run.problems(),
                trace == null ? "" : Sparkline.draw(trace));
    }

    /** Sums up a run without a diagnosis. */
    public static RunSummary unreadable(String folder, RecordedRun run) {
        String name = folder.substring(folder.lastIndexOf('/') + 1);
        return new RunSummary(Outcome.UNREADABLE, name, folder, "", null, run.problems(), "");
    }

    /** Returns this summary with one more problem. */
    public RunSummary withProblem(String problem) {
        List<String> all = new ArrayList<>(problems);
        all.add(problem);
        return new RunSummary(outcome, title, folder, link, diagnosis, all, sparkline);
    }

    private long errors() {
        List<Finding> open = diagnosis == null ? List.of() : diagnosis.open();
        return open.stream().filter(f -> f.severity() == Severity.ERROR).count();
    }
}
