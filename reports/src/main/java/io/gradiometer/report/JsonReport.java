package io.gradiometer.report;

import io.gradiometer.finding.Diagnosis;
import io.gradiometer.finding.DiagnosisJson;
import io.gradiometer.finding.Json;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All diagnoses of a build in one file; its JSON Schema lies beside this class as {@code report-1.schema.json}. */
final class JsonReport implements ReportWriter {

    static final String FILE = "gradiometer.json";

    private static final String SCHEMA = "gradiometer/report/1";

    @Override
    public void write(Report report, ReportOutput output) throws IOException {
        List<Map<String, @Nullable Object>> runs =
                report.entries().stream().map(JsonReport::run).toList();
        output.write(FILE, Json.write(Tree.of("schema", SCHEMA, "title", report.title(), "runs", runs)));
    }

    private static Map<String, @Nullable Object> run(Report.Entry entry) {
        Map<String, @Nullable Object> run = new LinkedHashMap<>();
        run.put("folder", entry.folder());
        run.put("problems", entry.run().problems());
        Diagnosis diagnosis = entry.run().diagnosis();
        if (diagnosis != null) {
            run.put("diagnosis", DiagnosisJson.members(diagnosis));
        }
        return run;
    }
}
