package io.gradiometer.report;

import io.gradiometer.config.Format;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Set;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/** Writes a report in the formats that were chosen by name. */
@API(status = API.Status.EXPERIMENTAL)
public final class ReportFormats {

    private ReportFormats() {}

    /**
     * Writes every format, also where another one cannot be written.
     *
     * @return the file to open first: the page, or else that of the first format
     * @throws IOException if a format could not be written; what befell others is suppressed in it
     */
    public static Path write(Collection<Format> formats, Report report, Path folder) throws IOException {
        Set<Format> inOrder = EnumSet.noneOf(Format.class);
        inOrder.addAll(formats);
        ReportOutput output = ReportOutput.directory(folder);
        IOException failure = null;
        for (Format format : inOrder) {
            failure = joined(failure, failureOf(format, report, output));
        }
        if (failure != null) {
            throw failure;
        }
        return inOrder.isEmpty()
                ? folder
                : folder.resolve(file(inOrder.iterator().next()));
    }

    private static @Nullable IOException failureOf(Format format, Report report, ReportOutput output) {
        try {
            writer(format).write(report, output);
            return null;
        } catch (IOException e) {
            return e;
        }
    }

    private static @Nullable IOException joined(@Nullable IOException first, @Nullable IOException next) {
        if (first == null) {
            return next;
        } else if (next != null) {
            first.addSuppressed(next);
        }
        return first;
    }

    /** Returns who writes the format. */
    public static ReportWriter writer(Format format) {
        return switch (format) {
            case HTML -> new HtmlReport();
            case JSON -> new JsonReport();
            case SARIF -> new SarifReport();
            case JUNIT -> new JunitReport();
            case MARKDOWN -> new MarkdownReport();
            case GITHUB -> new GithubReport();
            case CSV -> new CsvReport();
        };
    }

    /** Returns the name of the file that tells of the whole build. */
    public static String file(Format format) {
        return switch (format) {
            case HTML -> HtmlReport.PAGE;
            case JSON -> JsonReport.FILE;
            case SARIF -> SarifReport.FILE;
            case JUNIT -> JunitReport.FILE;
            case MARKDOWN -> MarkdownReport.FILE;
            case GITHUB -> GithubReport.FILE;
            case CSV -> CsvReport.FILE;
        };
    }
}
