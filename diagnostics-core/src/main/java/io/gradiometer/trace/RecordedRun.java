package io.gradiometer.trace;

import io.gradiometer.finding.Diagnosis;
import io.gradiometer.finding.DiagnosisJson;
import io.gradiometer.finding.OneLine;
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
        Diagnosis diagnosis = readDiagnosis(folder.resolve(DIAGNOSIS), problems);
        Trace trace = readTrace(folder, problems);
        return new RecordedRun(folder, diagnosis, trace, problems);
    }

    private static @Nullable Diagnosis readDiagnosis(Path file, List<String> problems) {
        String text;
        try {
            if (!Files.exists(file)) {
                problems.add(file + " does not exist: the run was broken off");
                return null;
            } else if (Files.size(file) > LARGEST_DIAGNOSIS) {
                problems.add(file + " is larger than any diagnosis");
                return null;
            }
            // Bytes that are no text become question marks, and so a sentence about the JSON instead of about a
            // charset.
            text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (IOException e) {
            problems.add(unreadable(file, e));
            return null;
        }
        try {
            return DiagnosisJson.read(text);
        } catch (IOException e) {
            problems.add(file + " " + e.getMessage());
            return null;
        }
    }

    private static @Nullable Trace readTrace(Path folder, List<String> problems) {
        Path file = folder.resolve(TraceFile.NAME);
        try {
            Trace trace = TraceFile.read(folder);
            if (!trace.whole()) {
                problems.add(file + " is cut off: read up to its last whole record");
            }
            return trace;
        } catch (TraceException e) {
            problems.add(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            problems.add(unreadable(file, e));
        }
        return null;
    }

    private static String unreadable(Path file, IOException e) {
        return file + " cannot be read: " + OneLine.of(String.valueOf(e.getMessage()));
    }
}
