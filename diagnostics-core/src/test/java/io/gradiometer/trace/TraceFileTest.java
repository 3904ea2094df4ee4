package io.gradiometer.trace;

import static io.gradiometer.Runs.aNetwork;
import static io.gradiometer.Runs.aStep;
import static io.gradiometer.Runs.tensor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradiometer.signal.LayerView;
import io.gradiometer.signal.ModelView;
import io.gradiometer.signal.ParameterView;
import io.gradiometer.signal.Role;
import io.gradiometer.signal.TensorStats;
import io.gradiometer.signal.UpdaterView;
import io.gradiometer.signal.Validation;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
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
            .output("ausgabe-ä", 2, 2, "mcxent")
            .build();

    private static final Trace TRACE = new Trace(
            MODEL,
            List.of(
                    aStep(MODEL, 0).build(),
                    aStep(MODEL, 1)
                            .epoch(2)
                            .examples(7)
                            .loss(Double.NaN)
                            .score(Double.POSITIVE_INFINITY)
                            .constantLoss(Double.NEGATIVE_INFINITY)
                            .signal("norm", -0.0)
                            .learningRate("frozen", Double.MIN_VALUE)
                            .gradient("norm", "mean", new TensorStats(Long.MAX_VALUE, 7, Double.MAX_VALUE, 1, 2, 3))
                            .features(TensorStats.EMPTY)
                            .build(),
                    aStep(MODEL, 2)
                            .update("norm", "beta", tensor(2, Double.NaN))
                            .build()),
            List.of(new Validation(1, 0.25), new Validation(2, Double.NaN)),
            17,
            true);

    /** Small enough to be damaged at every byte. */
    private static final Trace SMALL = small();

    private static Trace small() {
        ModelView model = aNetwork().output("out", 2, 2, "mse").build();
        return new Trace(
                model,
                List.of(aStep(model, 0).build(), aStep(model, 1).build()),
                List.of(new Validation(1, 0.25)),
                2,
                true);
    }

    @TempDir
    private Path folder;

    private byte[] written(Trace trace) throws IOException {
        Path file = folder.resolve("written.bin");
        TraceFile.write(file, trace);
        return Files.readAllBytes(file);
    }

    private Trace read(byte[] content) throws IOException {
        Path file = folder.resolve("read.bin");
        Files.write(file, content);
        return TraceFile.read(file);
    }

    /** Reads, or returns null where the file was refused the way it should be. */
    private @Nullable Trace readOrRefuse(byte[] content) throws IOException {
        try {
            return read(content);
        } catch (TraceException e) {
            assertThat(e).hasMessageContaining(folder.resolve("read.bin").toString());
            assertThat(String.valueOf(e.getMessage())).doesNotContainPattern("\\p{Cntrl}");
            return null;
        }
    }

    @Test
    void what_is_read_is_what_was_written() throws IOException {
        assertThat(read(written(TRACE))).isEqualTo(TRACE);
    }

    @Test
    void a_run_without_a_step_is_a_whole_trace() throws IOException {
        Trace empty = new Trace(MODEL, List.of(), List.of(), 0, true);

        assertThat(read(written(empty))).isEqualTo(empty);
    }

    @Test
    void every_role_and_absent_name_survives() throws IOException {
        List<ParameterView> parameters = Stream.of(Role.values())
                .map(role -> new ParameterView(role.name(), role, 1))
                .toList();
        LayerView layer =
                new LayerView("x", "Custom", null, null, UpdaterView.plain("Sgd", 0.1), false, null, 1, 1, parameters);
        ModelView model = aNetwork().layer(layer).build();
        Trace trace = new Trace(model, List.of(aStep(model, 0).build()), List.of(), 1, true);

        assertThat(read(written(trace))).isEqualTo(trace);
    }

    @Test
    void equal_traces_are_equal_files() throws IOException {
        assertThat(written(TRACE)).isEqualTo(written(read(written(TRACE))));
    }

    @Test
    void a_file_cut_off_anywhere_is_read_up_to_its_last_whole_record() throws IOException {
        byte[] whole = written(SMALL);
        for (int length = 0; length < whole.length; length++) {
            Trace read = readOrRefuse(Arrays.copyOf(whole, length));
            if (read != null) {
                assertBeginningOf(SMALL, read);
            }
        }
    }

    @Test
    void the_last_whole_record_before_the_end_mark_is_not_lost() throws IOException {
        byte[] whole = written(TRACE);

        Trace read = read(Arrays.copyOf(whole, whole.length - 1));

        assertThat(read.steps()).isEqualTo(TRACE.steps());
        assertThat(read.validations()).isEqualTo(TRACE.validations());
        assertThat(read.whole()).isFalse();
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
                assertBeginningOf(SMALL, read);
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

    @Test
    void an_empty_file_is_called_empty() {
        assertThatThrownBy(() -> read(new byte[0]))
                .isInstanceOf(TraceException.class)
                .hasMessageEndingWith("is empty: the run ended before anything was written");
    }

    @ParameterizedTest
    @ValueSource(strings = {"G", "GRADTRC", "GRADTRC2", "PK\u0003\u0004", "{\"schema\": 1}"})
    void a_foreign_file_is_called_foreign(String content) {
        assertThatThrownBy(() -> read(content.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(TraceException.class)
                .hasMessageEndingWith("is no Gradiometer trace, or one of another version");
    }

    @Test
    void a_missing_file_is_called_missing() {
        Path file = folder.resolve("missing.bin");

        assertThatThrownBy(() -> TraceFile.read(file))
                .isInstanceOf(TraceException.class)
                .hasMessage(file + " does not exist");
    }

    @Test
    void records_of_a_later_version_are_passed_over() throws IOException {
        byte[] whole = written(TRACE);
        byte[] mark = Arrays.copyOf(whole, 8);
        byte[] rest = Arrays.copyOfRange(whole, 8, whole.length);

        assertThat(read(concat(mark, record(99, "new".getBytes(StandardCharsets.UTF_8)), rest)))
                .isEqualTo(TRACE);
    }

    @Test
    void what_stands_behind_the_end_does_not_count() throws IOException {
        assertThat(read(concat(written(TRACE), new byte[] {1, 2, 3}))).isEqualTo(TRACE);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4})
    void a_record_too_short_for_its_kind_ends_the_trace(int type) throws IOException {
        byte[] beginning = Arrays.copyOf(written(TRACE), written(TRACE).length - 20);

        Trace read = read(concat(beginning, record(type, new byte[3]), written(TRACE)));

        assertBeginningOf(TRACE, read);
    }

    @Test
    void a_second_network_does_not_replace_the_first() throws IOException {
        Trace other = new Trace(aNetwork().build(), List.of(), List.of(), 0, true);
        byte[] second = Arrays.copyOfRange(written(other), 8, written(other).length - 20);
        byte[] whole = written(TRACE);

        Trace read = read(concat(Arrays.copyOf(whole, whole.length - 20), second, tail(whole)));

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
        byte[] mark = Arrays.copyOf(written(TRACE), 8);

        assertThat(readOrRefuse(concat(mark, record(1, json.getBytes(StandardCharsets.UTF_8)))))
                .isNull();
    }

    @Test
    void a_step_before_its_network_is_refused() throws IOException {
        byte[] mark = Arrays.copyOf(written(TRACE), 8);

        assertThat(readOrRefuse(concat(mark, record(2, new byte[100])))).isNull();
    }

    /** The end mark: type, length, number of steps, checksum. */
    private static byte[] tail(byte[] whole) {
        return Arrays.copyOfRange(whole, whole.length - 20, whole.length);
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
