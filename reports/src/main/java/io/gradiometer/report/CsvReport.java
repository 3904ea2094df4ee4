package io.gradiometer.report;

import io.gradiometer.finding.Diagnosis;
import io.gradiometer.finding.Finding;
import io.gradiometer.finding.RunInfo;
import io.gradiometer.finding.Severity;
import io.gradiometer.signal.Validation;
import io.gradiometer.trace.Bucket;
import io.gradiometer.trace.RecordedRun;
import io.gradiometer.trace.Series;
import io.gradiometer.trace.Trace;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A table of the runs, and beside each run one of what was measured over its iterations. */
final class CsvReport implements ReportWriter {

    static final String FILE = "gradiometer.csv";

    private static final String SERIES = "series.csv";
    private static final Object[] RUN_COLUMNS = {
        "run",
        "standing",
        "errors",
        "warnings",
        "notes",
        "findings",
        "model",
        "parameters",
        "iterations",
        "epochs",
        "cost",
        "folder",
        "series",
        "problems"
    };
    private static final Object[] SERIES_COLUMNS = {
        "quantity", "layer", "name", "first", "last", "steps", "count", "min", "low", "median", "mean", "high", "max"
    };

    @Override
    public void write(Report report, ReportOutput output) throws IOException {
        Csv runs = new Csv().row(RUN_COLUMNS);
        for (Report.Entry entry : report.entries()) {
            List<String> problems = new ArrayList<>(entry.run().problems());
            String series = "";
            Trace trace = entry.run().trace();
            if (trace != null) {
                String file = entry.folder().isEmpty() ? SERIES : entry.folder() + "/" + SERIES;
                try {
                    output.write(file, series(trace));
                    series = file;
                } catch (IOException e) {
                    problems.add("its series could not be written: " + e);
                }
            }
            runs.row(run(entry, series, String.join("; ", problems)));
        }
        output.write(FILE, runs.toString());
    }

    private static Object[] run(Report.Entry entry, String series, String problems) {
        RecordedRun recorded = entry.run();
        String standing = Standing.of(recorded).word();
        Diagnosis diagnosis = recorded.diagnosis();
        if (diagnosis == null) {
            return new Object[] {"", standing, "", "", "", "", "", "", "", "", "", entry.folder(), series, problems};
        }
        RunInfo run = diagnosis.run();
        return new Object[] {
            run.title(),
            standing,
            count(diagnosis, Severity.ERROR),
            count(diagnosis, Severity.WARNING),
            count(diagnosis, Severity.INFO),
            String.join(
                    " ", diagnosis.open().stream().map(Finding::id).distinct().toList()),
            run.model(),
            run.parameters(),
            run.iterations(),
            run.epochs(),
            diagnosis.cost().fraction(),
            entry.folder(),
            series,
            problems
        };
    }

    private static long count(Diagnosis diagnosis, Severity severity) {
        return diagnosis.open().stream().filter(f -> f.severity() == severity).count();
    }

    private static String series(Trace trace) {
        Csv csv = new Csv().row(SERIES_COLUMNS);
        List<String> names = trace.model().layerNames();
        for (Series series : trace.series()) {
            boolean ofLayer = series.layer() >= 0 && series.layer() < names.size();
            Object layer = ofLayer ? (Object) series.layer() : "";
            String name = ofLayer ? names.get(series.layer()) : "";
            String quantity = series.quantity().name().toLowerCase(Locale.ROOT).replace('_', '-');
            for (Bucket b : series.buckets()) {
                csv.row(
                        quantity,
                        layer,
                        name,
                        b.first(),
                        b.last(),
                        b.steps(),
                        b.count(),
                        b.min(),
                        b.low(),
                        b.median(),
                        b.mean(),
                        b.high(),
                        b.max());
            }
        }
        for (Validation v : trace.validations()) {
            double score = v.score();
            csv.row(
                    "validation",
                    "",
                    "",
                    v.iteration(),
                    v.iteration(),
                    1,
                    Double.isFinite(score) ? 1 : 0,
                    score,
                    score,
                    score,
                    score,
                    score,
                    score);
        }
        return csv.toString();
    }
}
