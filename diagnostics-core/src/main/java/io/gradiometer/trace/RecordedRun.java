package io.gradiometer.trace;

import io.gradiometer.finding.Diagnosis;
import io.gradiometer.finding.DiagnosisJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * A run folder as it was found: whatever could be read, and one sentence for each thing that could not.
 *
 * @param folder where it lies
 * @param diagnosis null where it is missing or damaged
 * @param trace null where it is missing or damaged
 * @param problems one sentence each, with the path
 */
@API(status = API.Status.EXPERIMENTAL)
public record RecordedRun(Path folder, @Nullable Diagnosis diagnosis, @Nullable Trace trace, List<String> problems) {

    /** The diagnosis's name in a run folder. */
    public static final String DIAGNOSIS = "diagnosis.json";

    private static final long LARGEST_DIAGNOSIS = 64L << 20;

    public RecordedRun {
        problems = List.copyOf(problems);
    }

    /** Reads a folder; what is wrong becomes a problem, never an exception. */
    public static RecordedRun read(Path folder) {
        List<String> problems = new ArrayList<>();
        Diagnosis diagnosis = null;
        Path json = folder.resolve(DIAGNOSIS);
        try {
            if (!Files.exists(json)) {
                problems.add(json + " does not exist: the run was broken off");
            } else if (Files.size(json) > LARGEST_DIAGNOSIS) {
                problems.add(json + " is larger than any diagnosis");
            } else {
                diagnosis = DiagnosisJson.read(Files.readString(json, StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            problems.add(json + " " + e.getMessage());
        }
        Trace trace = null;
        try {
            trace = TraceFile.read(folder.resolve(TraceFile.NAME));
            if (!trace.whole()) {
                problems.add(folder.resolve(TraceFile.NAME) + " is cut off: read up to its last whole record");
            }
        } catch (IOException e) {
            problems.add(e instanceof TraceException ? String.valueOf(e.getMessage()) : TraceFile.NAME + ": " + e);
        }
        return new RecordedRun(folder, diagnosis, trace, problems);
    }
}
