package io.gradiometer.trace;

import static io.gradiometer.Runs.aNetwork;
import static io.gradiometer.Runs.aStep;
import static org.assertj.core.api.Assertions.assertThat;

import io.gradiometer.finding.Diagnoses;
import io.gradiometer.signal.ModelView;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever lies in a run folder, reading it tells what could be read and what not, and never throws. */
class RecordedRunTest {

    private static final ModelView MODEL = aNetwork().output("out", 2, 2, "mse").build();
    private static final TraceRecorder RECORDER = recorder();
    private static final Trace TRACE = RECORDER.trace();

    private static TraceRecorder recorder() {
        TraceRecorder recorder = new TraceRecorder(MODEL);
        recorder.keep(aStep(MODEL, 0).build());
        return recorder;
    }

    @TempDir
    private Path folder;

    private Path json;
    private Path trace;

    @BeforeEach
    void write_a_whole_run() throws IOException {
        RunStore.write(folder, Diagnoses.canonical(), RECORDER);
        json = folder.resolve(RecordedRun.DIAGNOSIS);
        trace = folder.resolve(TraceFile.NAME);
    }

    private static void assertOneProblem(RecordedRun run, Path about, String words) {
        assertThat(run.problems())
                .singleElement()
                .asString()
                .startsWith(about + " ")
                .contains(words)
                .doesNotContain("Exception")
                .doesNotContainPattern("\\p{Cntrl}");
    }

    @Test
    void a_whole_run_has_no_problems() {
        assertThat(RecordedRun.read(folder))
                .isEqualTo(new RecordedRun(folder, Diagnoses.canonical(), TRACE, List.of()));
    }

    @Test
    void a_missing_folder_tells_of_both_files() {
        RecordedRun run = RecordedRun.read(folder.resolve("missing"));

        assertThat(run.diagnosis()).isNull();
        assertThat(run.trace()).isNull();
        assertThat(run.problems()).hasSize(2).allMatch(p -> p.contains("does not exist"));
    }

    @Test
    void without_a_diagnosis_the_trace_is_still_there() throws IOException {
        Files.delete(json);

        RecordedRun run = RecordedRun.read(folder);

        assertOneProblem(run, json, "does not exist: the run was broken off");
        assertThat(run.trace()).isEqualTo(TRACE);
    }

    @Test
    void without_a_trace_the_diagnosis_is_still_there() throws IOException {
        Files.delete(trace);

        RecordedRun run = RecordedRun.read(folder);

        assertOneProblem(run, trace, "does not exist");
        assertThat(run.diagnosis()).isEqualTo(Diagnoses.canonical());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "{", "[]", "{\"schema\": \"\\u001b[2J\"}", "<html>"})
    void a_damaged_diagnosis_is_one_sentence(String content) throws IOException {
        Files.writeString(json, content);

        RecordedRun run = RecordedRun.read(folder);

        assertOneProblem(run, json, "is ");
        assertThat(run.diagnosis()).isNull();
    }

    @Test
    void a_diagnosis_that_is_no_text_is_one_sentence() throws IOException {
        Files.write(json, new byte[] {'{', (byte) 0xff, (byte) 0xfe, 0, 1});

        assertOneProblem(RecordedRun.read(folder), json, "is no whole JSON document");
    }

    @Test
    void a_diagnosis_larger_than_any_is_not_even_opened() throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(json.toFile(), "rw")) {
            file.setLength((64L << 20) + 1);
        }

        assertOneProblem(RecordedRun.read(folder), json, "is larger than any diagnosis");
    }

    @Test
    void a_trace_larger_than_any_is_not_even_opened() throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(trace.toFile(), "rw")) {
            file.setLength((1L << 30) + 1);
        }

        assertOneProblem(RecordedRun.read(folder), trace, "is larger than any trace");
    }

    @Test
    void a_trace_that_was_cut_off_is_read_and_told() throws IOException {
        byte[] whole = Files.readAllBytes(trace);
        Files.write(trace, Arrays.copyOf(whole, whole.length - 1));

        RecordedRun run = RecordedRun.read(folder);

        assertOneProblem(run, trace, "is cut off: read up to its last whole record");
        assertThat(run.trace())
                .isEqualTo(new Trace(
                        MODEL, TRACE.prospect(), TRACE.steps(), List.of(), List.of(), TRACE.series(), 1, false));
    }

    @Test
    void folders_in_place_of_files_are_told() throws IOException {
        for (Path file : List.of(json, trace)) {
            Files.delete(file);
            Files.createDirectory(file);
        }

        RecordedRun run = RecordedRun.read(folder);

        assertThat(run.diagnosis()).isNull();
        assertThat(run.trace()).isNull();
        assertThat(run.problems()).hasSize(2);
        assertThat(run.problems().get(0)).startsWith(json + " ").doesNotContain("Exception");
        assertThat(run.problems().get(1)).startsWith(trace + " ").doesNotContain("Exception");
    }

    @Test
    void a_file_in_place_of_the_folder_is_told() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "x");

        assertThat(RecordedRun.read(file).problems()).hasSize(2);
    }
}
