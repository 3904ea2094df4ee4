package io.gradiometer.trace;

import io.gradiometer.finding.OneLine;
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
        writeStats(out, step.features());
        writeStats(out, step.labels());
        for (LayerStep layer : step.layers()) {
            out.writeDouble(layer.learningRate());
            out.writeDouble(layer.signal());
            for (ParameterStep parameter : layer.parameters()) {
                writeStats(out, parameter.value());
                writeStats(out, parameter.gradient());
                writeStats(out, parameter.update());
            }
        }
    }

    private static void writeStats(DataOutputStream out, TensorStats stats) throws IOException {
        out.writeLong(stats.length());
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
        TensorStats features = readStats(in);
        TensorStats labels = readStats(in);
        List<LayerStep> layers = new ArrayList<>();
        for (LayerView view : model.layers()) {
            double learningRate = in.readDouble();
            double signal = in.readDouble();
            List<ParameterStep> parameters = new ArrayList<>();
            for (int i = 0; i < view.parameters().size(); i++) {
                parameters.add(new ParameterStep(readStats(in), readStats(in), readStats(in)));
            }
            layers.add(new LayerStep(learningRate, signal, parameters));
        }
        return new Step(iteration, epoch, examples, score, loss, constantLoss, features, labels, layers);
    }

    private static TensorStats readStats(DataInputStream in) throws IOException {
        return new TensorStats(in.readLong(), in.readDouble(), in.readDouble(), in.readLong(), in.readLong());
    }
}
