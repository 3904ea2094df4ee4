package io.gradiometer.report;

import io.gradiometer.finding.Diagnosis;
import io.gradiometer.report.html.BuildPage;
import io.gradiometer.report.html.Links;
import io.gradiometer.report.html.RunPage;
import io.gradiometer.report.html.RunSummary;
import io.gradiometer.trace.RecordedRun;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apiguardian.api.API;

/** Self-contained HTML: one page for the build and one for every run that has a diagnosis. */
@API(status = API.Status.EXPERIMENTAL)
public final class HtmlReport implements ReportWriter {

    /** Name of every page. */
    public static final String PAGE = "index.html";

    /**
     * Writes {@code index.html} below the output and into every run folder that holds a diagnosis.
     *
     * @return the page of the build
     */
    public static Path write(Path output, List<RecordedRun> runs, String title) throws IOException {
        new HtmlReport().write(Report.of(title, output, runs), ReportOutput.directory(output));
        return output.resolve(PAGE);
    }

    /**
     * Writes the page of the build and those of all its runs below one folder, apart from where the runs lie.
     *
     * @return the page of the build
     */
    public static Path gather(Path folder, List<RecordedRun> runs, String title) throws IOException {
        new HtmlReport().write(Report.gathered(title, runs), ReportOutput.directory(folder));
        return folder.resolve(PAGE);
    }

    /**
     * {@inheritDoc}
     *
     * <p>A run whose page cannot be written is listed with the reason; only the build's page must succeed.
     */
    @Override
    public void write(Report report, ReportOutput output) throws IOException {
        List<RunSummary> summaries = new ArrayList<>();
        for (Report.Entry entry : report.entries()) {
            summaries.add(writeRun(entry, report.title(), output));
        }
        output.write(PAGE, BuildPage.render(report.title(), summaries));
    }

    private static RunSummary writeRun(Report.Entry entry, String title, ReportOutput output) {
        RecordedRun run = entry.run();
        Diagnosis diagnosis = run.diagnosis();
        if (diagnosis == null) {
            return RunSummary.unreadable(entry.folder(), run);
        }
        boolean sharesFolder = entry.folder().isEmpty();
        String name = sharesFolder ? "run.html" : PAGE;
        String page = sharesFolder ? name : entry.folder() + "/" + name;
        String home = sharesFolder ? PAGE : entry.home() + "/" + PAGE;
        try {
            output.write(page, RunPage.render(run, diagnosis, title, Links.href(home)));
            return RunSummary.of(entry.folder(), run, diagnosis, Links.href(page));
        } catch (IOException e) {
            return RunSummary.of(entry.folder(), run, diagnosis, "").withProblem("its page could not be written: " + e);
        }
    }
}
