package io.gradiometer.junit;

import io.gradiometer.report.HtmlReport;
import io.gradiometer.trace.RunStore;
import java.io.IOException;
import java.nio.file.Path;

/** The only class that knows the optional reports; not to be touched where they are absent. */
final class HtmlPages {

    private HtmlPages() {}

    static Path write(RunStore store) throws IOException {
        return HtmlReport.write(store.output(), store.readSession(), store.session());
    }
}
