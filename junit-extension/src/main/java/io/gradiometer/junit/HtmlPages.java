package io.gradiometer.junit;

import io.gradiometer.report.HtmlReport;
import io.gradiometer.trace.RecordedRun;
import io.gradiometer.trace.RunStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The only class that knows the optional reports; not to be touched where they are absent. */
final class HtmlPages {

    private HtmlPages() {}

    static Path write(RunStore store, List<RecordedRun> runs) throws IOException {
        // Where no network was observed, nobody has made the folder yet.
        Files.createDirectories(store.output());
        return HtmlReport.write(store.output(), runs, store.session());
    }
}
