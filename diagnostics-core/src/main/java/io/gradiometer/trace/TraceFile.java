package io.gradiometer.trace;

import io.gradiometer.finding.OneLine;
import io.gradiometer.signal.ActivationStats;
import io.gradiometer.signal.ColumnStats;
import io.gradiometer.signal.DataStep;
import io.gradiometer.signal.LayerStep;
import io.gradiometer.signal.LayerView;
import io.gradiometer.signal.ModelView;
import io.gradiometer.signal.ParameterStep;
import io.gradiometer.signal.Step;
import io.gradiometer.signal.TensorStats;
import io.gradiometer.signal.Validation;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * A trace on disk: a mark, then records of type, length, content and checksum.
 *
 * <p>A file that was cut off is read up to its last whole record. Lengths are bounded, for files come from outside.
 */
@API(status = API.Status.EXPERIMENTAL)
public final class TraceFile {

    /** The file's name in a run folder. */
    public static final String NAME = "trace.bin";

    private static final byte[] MARK = "GRADTRC1".getBytes(StandardCharsets.US_ASCII);
    private static final int MODEL = 1;
    private static final int STEP = 2;
    private static final int VALIDATION = 3;
    private static final int END = 4;
    private static final int LONGEST_RECORD = 64 << 20;

    /** A recorder keeps some ten megabytes, so that only a foreign file is larger. */
    private static final long LARGEST_FILE = 1L << 30;

    private TraceFile() {}

    /** Writes the whole trace. */
    public static void write(Path file, Trace trace) throws IOException {
        try (DataOutputStream out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
            out.write(MARK);
            record(out, MODEL, ModelViewJson.write(trace.model()).getBytes(StandardCharsets.UTF_8));
            for (Step step : trace.steps()) {
                record(out, STEP, bytes(content -> writeStep(content, step)));
            }
            for (Validation validation : trace.validations()) {
                record(out, VALIDATION, bytes(content -> {
                    content.writeInt(validation.iteration());
                    content.writeDouble(validation.score());
                }));
            }
            record(out, END, bytes(content -> content.writeLong(trace.stepsSeen())));
        }
    }

    private static void record(DataOutputStream out, int type, byte[] content) throws IOException {
        out.writeInt(type);
        out.writeInt(content.length);
        out.write(content);
        out.writeInt(checksum(type, content));
    }

    private static int checksum(int type, byte[] content) {
        CRC32 crc = new CRC32();
        crc.update(ByteBuffer.allocate(8).putInt(type).putInt(content.length).array());
        crc.update(content);
        return (int) crc.getValue();
    }

    private interface Content {
        void writeTo(DataOutputStream out) throws IOException;
    }

    private static byte[] bytes(Content content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        content.writeTo(new DataOutputStream(bytes));
        return bytes.toByteArray();
    }

    private static void writeStep(DataOutputStream out, Step step) throws IOException {
        out.writeInt(step.iteration());
        out.writeInt(step.epoch());
        out.writeInt(step.examples());
        out.writeDouble(step.score());
        out.writeDouble(step.loss());
        out.writeDouble(step.constantLoss());
        out.writeBoolean(step.full());
        writeStats(out, step.watched());
        writeData(out, step.data());
        for (LayerStep layer : step.layers()) {
            out.writeDouble(layer.signal());
            writeActivations(out, layer.outputs());
            out.writeInt(layer.predicted().size());
            for (double share : layer.predicted()) {
                out.writeDouble(share);
            }
            for (ParameterStep parameter : layer.parameters()) {
                writeStats(out, parameter.value());
                writeStats(out, parameter.gradient());
                writeStats(out, parameter.clipped());
                writeStats(out, parameter.update());
                out.writeDouble(parameter.learningRate());
            }
        }
    }

    private static void writeData(DataOutputStream out, DataStep data) throws IOException {
        writeStats(out, data.features());
        writeStats(out, data.labels());
        writeColumns(out, data.inputColumns());
        writeColumns(out, data.labelColumns());
    }

    private static void writeColumns(DataOutputStream out, List<ColumnStats> columns) throws IOException {
        out.writeInt(columns.size());
        for (ColumnStats column : columns) {
            out.writeLong(column.count());
            out.writeDouble(column.mean());
            out.writeDouble(column.deviation());
            out.writeDouble(column.min());
            out.writeDouble(column.max());
            out.writeLong(column.nonFinite());
        }
    }

    private static void writeActivations(DataOutputStream out, ActivationStats stats) throws IOException {
        out.writeLong(stats.rows());
        out.writeDouble(stats.mean());
        out.writeDouble(stats.rms());
        out.writeDouble(stats.spread());
        out.writeDouble(stats.flat());
        out.writeInt(stats.units());
        out.writeInt(stats.silent());
        out.writeLong(stats.rowsSoFar());
        out.writeLong(stats.nonFinite());
    }

    private static void writeStats(DataOutputStream out, TensorStats stats) throws IOException {
        out.writeLong(stats.length());
        out.writeDouble(stats.l1());
        out.writeDouble(stats.l2());
        out.writeDouble(stats.max());
        out.writeLong(stats.zeros());
        out.writeLong(stats.nonFinite());
    }

    /**
     * Reads what is whole.
     *
     * @throws TraceException if not even the network can be told, with the reason
     */
    public static Trace read(Path file) throws IOException {
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            if (Files.size(file) > LARGEST_FILE) {
                throw new TraceException(file + " is larger than any trace");
            }
            byte[] mark = in.readNBytes(MARK.length);
            if (mark.length == 0) {
                throw new TraceException(file + " is empty: the run ended before anything was written");
            } else if (!Arrays.equals(mark, MARK)) {
                throw new TraceException(file + " is no Gradiometer trace, or one of another version");
            }
            return read(file, in);
        } catch (NoSuchFileException e) {
            throw new TraceException(file + " does not exist");
        }
    }

    private static Trace read(Path file, DataInputStream in) throws IOException {
        ModelView model = null;
        List<Step> steps = new ArrayList<>();
        List<Validation> validations = new ArrayList<>();
        long seen = -1;
        try {
            for (Chunk next = next(in); next != null && seen < 0; next = next(in)) {
                DataInputStream content = new DataInputStream(new ByteArrayInputStream(next.content));
                switch (next.type) {
                    // The steps were read by the first; a file with two was not written by us.
                    case MODEL -> model = model == null ? model(file, next.content) : model;
                    case STEP -> steps.add(readStep(content, required(file, model)));
                    case VALIDATION -> validations.add(new Validation(content.readInt(), content.readDouble()));
                    case END -> seen = content.readLong();
                    default -> {
                        // A kind of record that a later version added.
                    }
                }
            }
        } catch (EOFException tooShortForItsKind) {
            // Nothing behind it can be trusted: what was read before stands, as in a file that was cut off.
        }
        ModelView known = required(file, model);
        return new Trace(known, steps, validations, seen < 0 ? steps.size() : seen, seen >= 0);
    }

    private static ModelView required(Path file, @Nullable ModelView model) throws TraceException {
        if (model == null) {
            throw new TraceException(file + " is cut off before the network is described");
        }
        return model;
    }

    private static ModelView model(Path file, byte[] content) throws TraceException {
        try {
            return ModelViewJson.read(new String(content, StandardCharsets.UTF_8));
        } catch (IOException | IllegalArgumentException e) {
            throw new TraceException(file + " describes its network in a way that cannot be read: "
                    + OneLine.of(String.valueOf(e.getMessage())));
        }
    }

    private static final class Chunk {
        final int type;
        final byte[] content;

        Chunk(int type, byte[] content) {
            this.type = type;
            this.content = content;
        }
    }

    /** Returns the next record, or null where the file ends, is cut off, or no longer matches its checksums. */
    private static @Nullable Chunk next(DataInputStream in) throws IOException {
        try {
            int type = in.readInt();
            int length = in.readInt();
            if (length < 0 || length > LONGEST_RECORD) {
                return null;
            }
            byte[] content = in.readNBytes(length);
            return content.length == length && in.readInt() == checksum(type, content)
                    ? new Chunk(type, content)
                    : null;
        } catch (EOFException endOfFile) {
            return null;
        }
    }

    private static Step readStep(DataInputStream in, ModelView model) throws IOException {
        int iteration = in.readInt();
        int epoch = in.readInt();
        int examples = in.readInt();
        double score = in.readDouble();
        double loss = in.readDouble();
        double constantLoss = in.readDouble();
        boolean full = in.readBoolean();
        TensorStats watched = readStats(in);
        DataStep data = new DataStep(readStats(in), readStats(in), readColumns(in), readColumns(in));
        List<LayerStep> layers = new ArrayList<>();
        for (LayerView view : model.layers()) {
            double signal = in.readDouble();
            ActivationStats outputs = readActivations(in);
            List<Double> predicted = readList(in, DataInputStream::readDouble);
            List<ParameterStep> parameters = new ArrayList<>();
            for (int i = 0; i < view.parameters().size(); i++) {
                parameters.add(
                        new ParameterStep(readStats(in), readStats(in), readStats(in), readStats(in), in.readDouble()));
            }
            layers.add(new LayerStep(signal, outputs, predicted, parameters));
        }
        return new Step(iteration, epoch, examples, score, loss, constantLoss, full, watched, data, layers);
    }

    private static TensorStats readStats(DataInputStream in) throws IOException {
        return new TensorStats(
                in.readLong(), in.readDouble(), in.readDouble(), in.readDouble(), in.readLong(), in.readLong());
    }

    private interface Item<T> {
        T readFrom(DataInputStream in) throws IOException;
    }

    private static <T> List<T> readList(DataInputStream in, Item<T> item) throws IOException {
        int size = in.readInt();
        // An item takes a byte at least: a longer list than there are bytes was not written by us.
        if (size < 0 || size > in.available()) {
            throw new EOFException();
        }
        List<T> list = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            list.add(item.readFrom(in));
        }
        return list;
    }

    private static List<ColumnStats> readColumns(DataInputStream in) throws IOException {
        return readList(
                in,
                column -> new ColumnStats(
                        column.readLong(),
                        column.readDouble(),
                        column.readDouble(),
                        column.readDouble(),
                        column.readDouble(),
                        column.readLong()));
    }

    private static ActivationStats readActivations(DataInputStream in) throws IOException {
        return new ActivationStats(
                in.readLong(),
                in.readDouble(),
                in.readDouble(),
                in.readDouble(),
                in.readDouble(),
                in.readInt(),
                in.readInt(),
                in.readLong(),
                in.readLong());
    }
}
