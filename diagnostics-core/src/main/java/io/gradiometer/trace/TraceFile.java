package io.gradiometer.trace;

import io.gradiometer.finding.OneLine;
import io.gradiometer.signal.ModelView;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * A trace on disk: {@code trace.bin} with all that was kept at some moment, and as long as the run goes on
 * {@code trace-000001.bin} … with what came after. Each is a mark, then records of type, length, content and checksum.
 *
 * <p>Reading takes up the recorder as it was and gives it what came after: the same trace as if the run had ended there. A file
 * that was cut off is read up to its last whole record. Lengths are bounded, for files come from outside.
 */
@API(status = API.Status.EXPERIMENTAL)
public final class TraceFile {

    /** The file's name in a run folder. */
    public static final String NAME = "trace.bin";

    /** Types of records, in the order in which they come. */
    static final int MODEL = 1;

    static final int KEPT = 2;
    static final int VALIDATION = 3;
    static final int MAGNITUDES_KEPT = 4;
    static final int RUN_ROW = 5;
    static final int LAYER_ROW = 6;
    static final int STATE = 7;
    static final int END = 8;

    /** In files of what came after: how much there was before, then what came. */
    static final int BEFORE = 9;

    static final int STEP = 10;
    static final int MAGNITUDES = 11;

    private static final byte[] MARK = "GRADTRC2".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] MARK_OF_LATER = "GRADLAT2".getBytes(StandardCharsets.US_ASCII);
    private static final int LONGEST_RECORD = 64 << 20;
    private static final int PORTION = 64 << 10;

    /** A recorder keeps some eight megabytes, so that only a foreign file is larger. */
    private static final long LARGEST_FILE = 1L << 30;

    private TraceFile() {}

    /** Returns the name of the n-th file with what came after. */
    static String nameOfLater(int number) {
        return String.format(Locale.ROOT, "trace-%06d.bin", number);
    }

    /** Writes a snapshot. */
    static void write(Disk.Sink sink, ModelView model, Snapshot snapshot) throws IOException {
        Bytes out = new Bytes(2 * PORTION);
        out.put(MARK, MARK.length);
        Snapshot.Records records = (type, content) -> {
            int at = out.begin(type);
            content.accept(out);
            out.end(at);
            if (out.size() > PORTION) {
                sink.write(out.array(), out.size());
                out.clear();
            }
        };
        byte[] json = HeaderJson.write(model, snapshot.prospect()).getBytes(StandardCharsets.UTF_8);
        records.record(MODEL, content -> content.put(json, json.length));
        snapshot.content().writeTo(records);
        sink.write(out.array(), out.size());
    }

    /** Begins a file of what comes after so many events. */
    static void begin(Disk.Sink sink, long events) throws IOException {
        Bytes out = new Bytes(64);
        out.put(MARK_OF_LATER, MARK_OF_LATER.length);
        int at = out.begin(BEFORE);
        out.putCount(events);
        out.end(at);
        sink.write(out.array(), out.size());
    }

    /**
     * Reads what is whole of the trace in a run folder.
     *
     * @throws TraceException if not even the network can be told, with the reason
     */
    public static Trace read(Path folder) throws IOException {
        Path file = folder.resolve(NAME);
        boolean[] reached = new boolean[END + 1];
        Memory memory;
        try (DataInputStream in = open(file)) {
            byte[] mark = in.readNBytes(MARK.length);
            if (mark.length == 0) {
                throw new TraceException(file + " is empty: the run ended before anything was written");
            } else if (!Arrays.equals(mark, MARK)) {
                throw new TraceException(file + " is no Gradiometer trace, or one of another version");
            }
            memory = readSnapshot(file, in, reached);
        } catch (NoSuchFileException e) {
            throw new TraceException(file + " does not exist");
        }
        if (reached[STATE] && !reached[END]) {
            readLater(folder, memory);
        }
        return memory.trace(reached[END]);
    }

    private static DataInputStream open(Path file) throws IOException {
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw new TraceException(file + " is no file");
        }
        DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)));
        if (Files.size(file) > LARGEST_FILE) {
            in.close();
            throw new TraceException(file + " is larger than any trace");
        }
        return in;
    }

    private static Memory readSnapshot(Path file, DataInputStream in, boolean[] reached) throws IOException {
        Memory memory = null;
        try {
            for (Chunk next = next(in); next != null && !reached[END]; next = next(in)) {
                if (next.type == MODEL) {
                    // The steps were read by the first; a file with two was not written by us.
                    memory = memory == null ? begun(file, next.content) : memory;
                } else {
                    take(next, required(file, memory));
                }
                if (next.type > 0 && next.type <= END) {
                    reached[next.type] = true;
                }
            }
        } catch (BufferUnderflowException tooShortForItsKind) {
            // Nothing behind it can be trusted: what was read before stands, as in a file that was cut off.
        }
        return required(file, memory);
    }

    private static void take(Chunk next, Memory memory) {
        ByteBuffer content = ByteBuffer.wrap(next.content);
        switch (next.type) {
            case KEPT -> memory.restoreStep(content);
            case VALIDATION -> memory.keep(StepCodec.readValidation(content));
            case MAGNITUDES_KEPT -> memory.restoreMagnitudes(content);
            case RUN_ROW -> memory.restoreRunRow(content);
            case LAYER_ROW -> memory.restoreLayerRow(content);
            case STATE -> memory.restoreState(content);
            default -> {
                // The end, or a kind of record that a later version added.
            }
        }
    }

    /** Gives a recorder what came after; where that breaks off, the run breaks off. */
    private static void readLater(Path folder, Memory memory) throws IOException {
        try {
            for (Path file : later(folder)) {
                readLaterFile(file, memory);
            }
        } catch (BufferUnderflowException tooShortForItsKind) {
            // As above.
        }
    }

    private static List<Path> later(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> String.valueOf(file.getFileName()).matches("trace-\\d{6,9}\\.bin"))
                    .filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    .sorted(Comparator.comparing((Path file) ->
                                    String.valueOf(file.getFileName()).length())
                            .thenComparing(Path::toString))
                    .toList();
        }
    }

    private static void readLaterFile(Path file, Memory memory) throws IOException {
        try (DataInputStream in = open(file)) {
            Chunk before = Arrays.equals(in.readNBytes(MARK_OF_LATER.length), MARK_OF_LATER) ? next(in) : null;
            // One that begins earlier is in the snapshot; before one that begins later something is missing.
            if (before != null
                    && before.type == BEFORE
                    && Bytes.count(ByteBuffer.wrap(before.content)) == memory.events()) {
                for (Chunk next = next(in); next != null; next = next(in)) {
                    replay(next, memory);
                }
            }
        }
    }

    private static void replay(Chunk next, Memory memory) {
        ByteBuffer content = ByteBuffer.wrap(next.content);
        switch (next.type) {
            case STEP -> memory.replayStep(content);
            case VALIDATION -> memory.keep(StepCodec.readValidation(content));
            case MAGNITUDES -> memory.replayMagnitudes(content);
            default -> {
                // A kind of record that a later version added.
            }
        }
    }

    private static Memory required(Path file, @Nullable Memory memory) throws TraceException {
        if (memory == null) {
            throw new TraceException(file + " is cut off before the network is described");
        }
        return memory;
    }

    private static Memory begun(Path file, byte[] content) throws TraceException {
        try {
            HeaderJson.Header header = HeaderJson.read(new String(content, StandardCharsets.UTF_8));
            Memory memory = new Memory(header.model());
            memory.keep(header.prospect());
            return memory;
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

    private static int checksum(int type, byte[] content) {
        CRC32 crc = new CRC32();
        crc.update(ByteBuffer.allocate(8).putInt(type).putInt(content.length).array());
        crc.update(content);
        return (int) crc.getValue();
    }
}
