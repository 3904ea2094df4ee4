package io.gradiometer.trace;

import io.gradiometer.finding.Diagnosis;
import io.gradiometer.finding.OneLine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apiguardian.api.API;

/**
 * The folders of runs: {@code output/session/fork-pid/Class.method-n/} with a diagnosis and a trace.
 *
 * <p>A session is one build, or one JVM outside builds; its name begins with its start, so that names sort by time. Safe for
 * many threads and many JVMs at once.
 */
@API(status = API.Status.EXPERIMENTAL)
public final class RunStore {

    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

    /** A file in a JVM's folder, among the folders of its runs. */
    private static final String REMARKS = "remarks.txt";

    private static final long LONGEST_REMARKS = 1 << 16;

    private final Path output;
    private final String session;
    private final Path jvmFolder;

    /** Where to begin counting: a test repeated a thousand times must not try a thousand names for its last run. */
    private final Map<String, Integer> nextNumbers = new ConcurrentHashMap<>();

    /**
     * Opens the store of this JVM.
     *
     * @param output below which everything lies
     * @param session empty to take the build's, or else this JVM's
     */
    public RunStore(Path output, String session) {
        this.output = output.toAbsolutePath().normalize();
        this.session = session.isBlank() ? sessionOfThisBuild() : fileName(session);
        String fork = System.getProperty("surefire.forkNumber", "1");
        this.jvmFolder = this.output
                .resolve(this.session)
                .resolve(fileName(fork) + "-" + ProcessHandle.current().pid());
    }

    public Path output() {
        return output;
    }

    public String session() {
        return session;
    }

    /** Names the session after the outermost Java process above this one: the build that forked it, if there is one. */
    private static String sessionOfThisBuild() {
        ProcessHandle nearest = ProcessHandle.current();
        ProcessHandle process = nearest;
        // Surefire starts its forks through a shell: look past it, but no further than a few generations.
        for (int generation = 0; generation < 3; generation++) {
            ProcessHandle parent = process.parent().orElse(null);
            if (parent == null) {
                break;
            }
            if (isJava(parent)) {
                nearest = parent;
                break;
            }
            process = parent;
        }
        Instant started = nearest.info().startInstant().orElseGet(Instant::now);
        return STAMP.format(started) + "-" + nearest.pid();
    }

    private static boolean isJava(ProcessHandle process) {
        return process.info()
                .command()
                .map(command -> Path.of(command).getFileName())
                .filter(name -> name.toString().matches("javaw?(\\.exe)?"))
                .isPresent();
    }

    /**
     * Creates a new, empty run folder; two runs of one name get two numbers.
     *
     * @param name for instance {@code FraudModelTest.trains}
     */
    public Path newFolder(String name) throws IOException {
        Files.createDirectories(jvmFolder);
        String plain = fileName(name);
        for (int n = nextNumbers.getOrDefault(plain, 1); ; n++) {
            try {
                Path folder = Files.createDirectory(jvmFolder.resolve(plain + "-" + n));
                nextNumbers.merge(plain, n + 1, Math::max);
                return folder;
            } catch (FileAlreadyExistsException taken) {
                if (n == Integer.MAX_VALUE) {
                    throw taken;
                }
            }
        }
    }

    /**
     * Returns a run that is written while it goes on, into a {@linkplain #newFolder new folder} of that name. Touches no file.
     *
     * @param name for instance {@code FraudModelTest.trains}
     */
    public LiveTrace open(String name) {
        return new LiveTrace(() -> newFolder(name), Disk.real());
    }

    /** Writes a run at once that is over, or as far as it has come; each file appears whole or not at all. */
    public static void write(Path folder, Diagnosis diagnosis, TraceRecorder recorder) throws IOException {
        LiveTrace.write(folder, diagnosis, recorder);
    }

    /** Reads every run of this store's session, all its JVMs included, in order of their folders. */
    public List<RecordedRun> readSession() {
        return readRuns(output.resolve(session));
    }

    /** Reads every run below a folder, of whichever session, in order of sessions and folders. */
    public static List<RecordedRun> readAll(Path output) {
        return readSessions(output, session -> true);
    }

    /** Reads every run of the sessions whose names are wanted. */
    public static List<RecordedRun> readSessions(Path output, Predicate<String> wanted) {
        return sessions(output, wanted)
                .flatMap(session -> readRuns(session).stream())
                .toList();
    }

    /** Reads the runs that were begun no earlier than {@code since}, of the sessions whose names are wanted. */
    public static List<RecordedRun> readSessions(Path output, Predicate<String> wanted, Instant since) {
        return readSessions(output, wanted).stream()
                .filter(run -> startedSince(run, since))
                .toList();
    }

    private static Stream<Path> sessions(Path output, Predicate<String> wanted) {
        return subfolders(output).stream().filter(session -> wanted.test(String.valueOf(session.getFileName())));
    }

    /** Leaves a line beside the runs of this JVM, for those who wonder why there are none. */
    public void remark(String line) throws IOException {
        Files.createDirectories(jvmFolder);
        Files.writeString(
                jvmFolder.resolve(REMARKS),
                line + "\n",
                StandardCharsets.UTF_8,
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }

    /** Reads what JVMs of the sessions whose names are wanted remarked, each line once. */
    public static List<String> readRemarks(Path output, Predicate<String> wanted) throws IOException {
        Set<String> lines = new LinkedHashSet<>();
        for (Path session : sessions(output, wanted).toList()) {
            for (Path jvm : subfolders(session)) {
                Path remarks = jvm.resolve(REMARKS);
                if (Files.isRegularFile(remarks) && Files.size(remarks) <= LONGEST_REMARKS) {
                    // Whoever wrote it: what is no text must not end a build.
                    new String(Files.readAllBytes(remarks), StandardCharsets.UTF_8)
                            .lines()
                            .map(OneLine::of)
                            .forEach(lines::add);
                }
            }
        }
        return List.copyOf(lines);
    }

    private static boolean startedSince(RecordedRun run, Instant since) {
        Diagnosis diagnosis = run.diagnosis();
        if (diagnosis != null) {
            return !diagnosis.run().started().isBefore(since);
        }
        try {
            return !Files.getLastModifiedTime(run.folder()).toInstant().isBefore(since);
        } catch (IOException gone) {
            return false;
        }
    }

    private static List<RecordedRun> readRuns(Path session) {
        List<RecordedRun> runs = new ArrayList<>();
        for (Path jvm : subfolders(session)) {
            for (Path run : subfolders(jvm)) {
                runs.add(RecordedRun.read(run));
            }
        }
        return runs;
    }

    private static List<Path> subfolders(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(Files::isDirectory)
                    .sorted(Comparator.comparing(Path::toString))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(folder + " cannot be listed", e);
        }
    }

    /** Turns any text into a name that every file system takes and that leaves no folder. */
    static String fileName(String text) {
        String name = text.replaceAll("[^A-Za-z0-9._-]", "_");
        String safe = name.startsWith(".") ? "_" + name.substring(1) : name;
        return safe.length() > 120 ? safe.substring(0, 120) : safe;
    }
}
