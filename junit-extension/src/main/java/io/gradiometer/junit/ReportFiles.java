package io.gradiometer.junit;

import io.gradiometer.config.Format;
import io.gradiometer.report.Report;
import io.gradiometer.report.ReportFormats;
import io.gradiometer.report.Sources;
import io.gradiometer.trace.RecordedRun;
import io.gradiometer.trace.RunStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;

/** The only class that knows the optional reports; not to be touched where they are absent. */
final class ReportFiles {

    private ReportFiles() {}

    static Path write(RunStore store, List<RecordedRun> runs, Collection<Format> formats) throws IOException {
        // Where no network was observed, nobody has made the folder yet.
        Files.createDirectories(store.output());
        // Tests run in their module's folder, and no one tells them where its sources are.
        Report report = Report.of(store.session(), store.output(), runs).with(Sources.conventional(Path.of("")));
        return ReportFormats.write(formats, report, store.output());
    }
}
