package io.gradiometer.trace;

import static io.gradiometer.Runs.aNetwork;
import static io.gradiometer.Runs.aStep;
import static io.gradiometer.Runs.tensor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradiometer.finding.Diagnoses;
import io.gradiometer.signal.DropoutView;
import io.gradiometer.signal.Forecast;
import io.gradiometer.signal.LayerView;
import io.gradiometer.signal.ModelView;
import io.gradiometer.signal.ParameterView;
import io.gradiometer.signal.Prospect;
import io.gradiometer.signal.Role;
import io.gradiometer.signal.Smell;
import io.gradiometer.signal.TensorStats;
import io.gradiometer.signal.UpdaterView;
import io.gradiometer.signal.Validation;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceFileTest {

    private static final ModelView MODEL = aNetwork()
            .adam(1e-3)
            .dense("dense \"0\"\n", 3, 2, "relu")
            .plain("pool", "SubsamplingLayer")
            .updater(new UpdaterView("NoOp", Double.NaN, false, Double.NaN, "ClipL2PerLayer", 0.5))
            .batchNorm("norm", 2)
            .frozen("frozen", 2, 2, "tanh")
            .dropping("drops", 2, 2, "tanh", new DropoutView("Dropout", 0.1))
            .dropping("noisy", 2, 2, "tanh", new DropoutView("GaussianNoise", Double.NaN))
            .output("ausgabe-ä", 2, 2, "mcxent")
            .build();

    private static final TraceRecorder RECORDER = recorder();
    private static final Trace TRACE = RECORDER.trace();

    private static TraceRecorder recorder() {
        TraceRecorder recorder = new TraceRecorder(MODEL);
        recorder.keep(new Prospect(
                Double.NaN,
                new Forecast(List.of(
                        new Forecast.OfLayer("dense \"0\"\n", 0.1 + 0.2, Double.NaN, -12),
                        new Forecast.OfLayer("pool", 1, Double.NEGATIVE_INFINITY, Double.MIN_VALUE))),
                List.of(new Smell("poor-initialization", "ausgabe-ä", "all weights are 0"))));
        recorder.keep(aStep(MODEL, 0).build());
        recorder.keep(aStep(MODEL, 1)
                .epoch(2)
                .examples(7)
                .loss(Double.NaN)
                .score(Double.POSITIVE_INFINITY)
                .constantLoss(Double.NEGATIVE_INFINITY)
                .signal("norm", -0.0)
                .learningRate("frozen", Double.MIN_VALUE)
                .gradient("norm", "mean", new TensorStats(Long.MAX_VALUE, 7, Double.MAX_VALUE, 1, 2, 3))
                .features(TensorStats.EMPTY)
                .build());
        recorder.keep(
                aStep(MODEL, 2).update("norm", "beta", tensor(2, Double.NaN)).build());
        recorder.keep(new Validation(1, 0.25));
        recorder.keep(new Validation(2, Double.NaN));
        return recorder;
    }

    /** Small enough to be damaged at every byte. */
    private static final TraceRecorder SMALL = small();

    private static TraceRecorder small() {
        ModelView model = aNetwork().output("out", 2, 2, "mse").build();
        TraceRecorder recorder = new TraceRecorder(model);
        recorder.keep(aStep(model, 0).build());
        recorder.keep(aStep(model, 1).build());
        recorder.keep(new Validation(1, 0.25));
        return recorder;
    }

    @TempDir
    private Path folder;

    private byte[] written(TraceRecorder recorder) throws IOException {
        RunStore.write(folder, Diagnoses.canonical(), recorder);
        return Files.readAllBytes(file());
    }

    private Path file() {
        return folder.resolve(TraceFile.NAME);
    }

    private Trace read(byte[] content) throws IOException {
        Files.write(file(), content);
        return TraceFile.read(folder);
    }

    /** Reads, or returns null where the file was refused the way it should be. */
    private @Nullable Trace readOrRefuse(byte[] content) throws IOException {
        try {
            return read(content);
        } catch (TraceException e) {
            assertThat(e).hasMessageContaining(file().toString());
            assertThat(String.valueOf(e.getMessage())).doesNotContainPattern("\\p{Cntrl}");
            return null;
        }
    }

    @Test
    void what_is_read_is_what_was_written() throws IOException {
        assertThat(read(written(RECORDER))).isEqualTo(TRACE);
    }

    @Test
    void a_long_run_with_histograms_is_read_as_it_was_kept() throws IOException {
        SyntheticRun run = new SyntheticRun(5);
        TraceRecorder recorder = new TraceRecorder(run.model());
        run.train(recorder, 0, 30_000);

        assertThat(read(written(recorder))).isEqualTo(recorder.trace());
    }

    @Test
    void a_run_without_a_step_is_a_whole_trace() throws IOException {
        TraceRecorder empty = new TraceRecorder(MODEL);

        assertThat(read(written(empty))).isEqualTo(empty.trace());
    }

    @Test
    void every_role_and_absent_name_survives() throws IOException {
        List<ParameterView> parameters = Stream.of(Role.values())
                .map(role -> new ParameterView(role.name(), role, 1))
                .toList();
        LayerView layer =
                new LayerView("x", "Custom", null, null, UpdaterView.plain("Sgd", 0.1), false, null, 1, 1, parameters);
        ModelView model = aNetwork().layer(layer).build();
        TraceRecorder recorder = new TraceRecorder(model);
        recorder.keep(aStep(model, 0).build());

        assertThat(read(written(recorder))).isEqualTo(recorder.trace());
    }

    @Test
    void equal_runs_are_equal_files() throws IOException {
        assertThat(written(recorder())).isEqualTo(written(recorder()));
    }

    @Test
    void a_file_cut_off_anywhere_is_read_up_to_its_last_whole_record() throws IOException {
        byte[] whole = written(SMALL);
        for (int length = 0; length < whole.length; length++) {
            Trace read = readOrRefuse(Arrays.copyOf(whole, length));
            if (read != null) {
                assertBeginningOf(SMALL.trace(), read);
            }
        }
    }

    @Test
    void everything_before_the_end_mark_is_read() throws IOException {
        byte[] whole = written(RECORDER);

        Trace read = read(Arrays.copyOf(whole, whole.length - 1));

        assertThat(read)
                .isEqualTo(new Trace(
                        MODEL,
                        TRACE.prospect(),
                        TRACE.steps(),
                        TRACE.validations(),
                        List.of(),
                        TRACE.series(),
                        3,
                        false));
    }

    @Test
    void a_byte_flipped_anywhere_ends_the_trace_there() throws IOException {
        Random random = new Random(13);
        byte[] whole = written(SMALL);
        for (int position = 0; position < whole.length; position++) {
            byte[] flipped = whole.clone();
            flipped[position] ^= (byte) (1 << random.nextInt(8));
            Trace read = readOrRefuse(flipped);
            if (read != null) {
                assertBeginningOf(SMALL.trace(), read);
            }
        }
    }

    private static void assertBeginningOf(Trace whole, Trace read) {
        assertThat(read.whole()).isFalse();
        assertThat(read.model()).isEqualTo(whole.model());
        assertThat(read.steps()).isEqualTo(whole.steps().subList(0, read.steps().size()));
        assertThat(read.validations())
                .isEqualTo(whole.validations().subList(0, read.validations().size()));
        assertThat(read.stepsSeen()).isEqualTo(read.steps().size());
    }

    /** Whatever a record says, with a right checksum: nothing but a trace or a refusal comes of it. */
    @Test
    void records_full_of_nonsense_harm_nobody() throws IOException {
        Random random = new Random(17);
        byte[] mark = Arrays.copyOf(written(SMALL), 8);
        byte[] model = firstRecord(written(SMALL));
        for (int i = 0; i < 700; i++) {
            byte[] nonsense = new byte[random.nextInt(200)];
            random.nextBytes(nonsense);
            if (i % 2 == 0) {
                Arrays.fill(nonsense, (byte) random.nextInt(3));
            }
            byte[] one = record(2 + i % 7, nonsense);

            Trace read = read(concat(mark, model, one, record(TraceFile.KEPT, nonsense), record(7, nonsense)));

            assertThat(read.model()).isEqualTo(SMALL.trace().model());
        }
    }

    private static byte[] firstRecord(byte[] whole) {
        int length = ByteBuffer.wrap(whole).getInt(12);
        return Arrays.copyOfRange(whole, 8, 8 + 12 + length);
    }

    @Test
    void an_empty_file_is_called_empty() {
        assertThatThrownBy(() -> read(new byte[0]))
                .isInstanceOf(TraceException.class)
                .hasMessageEndingWith("is empty: the run ended before anything was written");
    }

    @ParameterizedTest
    @ValueSource(strings = {"G", "GRADTRC", "GRADTRC1", "PK\u0003\u0004", "{\"schema\": 1}"})
    void a_foreign_file_is_called_foreign(String content) {
        assertThatThrownBy(() -> read(content.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(TraceException.class)
                .hasMessageEndingWith("is no Gradiometer trace, or one of another version");
    }

    @Test
    void a_missing_file_is_called_missing() {
        assertThatThrownBy(() -> TraceFile.read(folder))
                .isInstanceOf(TraceException.class)
                .hasMessage(file() + " does not exist");
    }

    @Test
    void records_of_a_later_version_are_passed_over() throws IOException {
        byte[] whole = written(RECORDER);
        byte[] mark = Arrays.copyOf(whole, 8);
        byte[] rest = Arrays.copyOfRange(whole, 8 + firstRecord(whole).length, whole.length);

        assertThat(read(concat(mark, firstRecord(whole), record(99, "new".getBytes(StandardCharsets.UTF_8)), rest)))
                .isEqualTo(TRACE);
    }

    @Test
    void what_stands_behind_the_end_does_not_count() throws IOException {
        assertThat(read(concat(written(RECORDER), new byte[] {1, 2, 3}))).isEqualTo(TRACE);
    }

    @Test
    void a_second_network_does_not_replace_the_first() throws IOException {
        byte[] second = firstRecord(written(SMALL));
        byte[] whole = written(RECORDER);

        Trace read = read(concat(Arrays.copyOf(whole, whole.length - 12), second, tail(whole)));

        assertThat(read).isEqualTo(TRACE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{",
                "{\"layers\": [{\"parameters\": [{\"role\": \"\u001b[2J\"}]}]}",
                "{\"layers\": [{\"parameters\": [{\"role\": \"\\u001b[2J\\n\"}]}]}"
            })
    void a_network_that_cannot_be_read_is_refused(String json) throws IOException {
        byte[] mark = Arrays.copyOf(written(RECORDER), 8);

        assertThat(readOrRefuse(concat(mark, record(1, json.getBytes(StandardCharsets.UTF_8)))))
                .isNull();
    }

    @Test
    void a_step_before_its_network_is_refused() throws IOException {
        byte[] mark = Arrays.copyOf(written(RECORDER), 8);

        assertThat(readOrRefuse(concat(mark, record(2, new byte[100])))).isNull();
    }

    /** The end mark: type, length, checksum. */
    private static byte[] tail(byte[] whole) {
        return Arrays.copyOfRange(whole, whole.length - 12, whole.length);
    }

    private static byte[] record(int type, byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeInt(type);
        out.writeInt(content.length);
        out.write(content);
        CRC32 checksum = new CRC32();
        checksum.update(bytes.toByteArray());
        out.writeInt((int) checksum.getValue());
        return bytes.toByteArray();
    }

    private static byte[] concat(byte[]... parts) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            bytes.write(part);
        }
        return bytes.toByteArray();
    }
}
