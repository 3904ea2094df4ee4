package io.gradiometer.benchmarks;

import io.gradiometer.config.Configuration;
import io.gradiometer.detector.Examination;
import io.gradiometer.finding.Cost;
import io.gradiometer.finding.Diagnosis;
import io.gradiometer.finding.RunInfo;
import io.gradiometer.signal.Step;
import io.gradiometer.trace.LiveTrace;
import io.gradiometer.trace.RunStore;
import io.gradiometer.trace.TraceRecorder;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.ref.Reference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Measures how much heap and disk a run takes after ever more iterations of a network of fifty layers. */
public final class BoundsBenchmark {

    private static final double MEGABYTE = 1 << 20;

    private static final int LOOK_EVERY = 1_000;

    private BoundsBenchmark() {}

    public static void main(String[] arguments) throws IOException {
        boolean quick = List.of(arguments).contains("--quick");
        System.out.println(
                "| iterations × 50 layers | heap, trace | heap, detectors | file | time |\n|---|---|---|---|---|");
        for (int iterations : List.of(1_000, 100_000, quick ? 1_000_000 : 10_000_000)) {
            System.out.println(row(iterations));
        }
    }

    /** What a run is made into and written from, as it is for a test; the only one who holds on to any part. */
    private static final class Keepers {
        private final SyntheticRun run = new SyntheticRun();
        private final Path output;
        private @Nullable TraceRecorder recorder = new TraceRecorder(run.model());
        private @Nullable LiveTrace trace;
        private @Nullable Examination examination = new Examination(run.model(), Configuration.of());

        Keepers() throws IOException {
            output = Files.createTempDirectory("bounds");
            trace = new RunStore(output, "bounds").open("synthetic");
            trace.follow(Objects.requireNonNull(recorder));
        }

        /** Returns the most that the run's files ever took together, looking now and then. */
        long run(int iterations) {
            TraceRecorder keeping = Objects.requireNonNull(recorder);
            Examination detectors = Objects.requireNonNull(examination);
            long most = 0;
            for (int i = 0; i < iterations; i++) {
                Step step = run.step(i);
                keeping.keep(step);
                detectors.step(step);
                most = i % LOOK_EVERY == 0 ? Math.max(most, size()) : most;
            }
            return Math.max(most, size());
        }

        private long size() {
            return size(output.toFile());
        }

        /** Files may go while they are counted, for they are written anew all the time. */
        private static long size(File file) {
            File[] inside = file.listFiles();
            return inside == null
                    ? file.length()
                    : Stream.of(inside).mapToLong(Keepers::size).sum();
        }

        void delete() throws IOException {
            try (Stream<Path> files = Files.walk(output)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }

        /** Ends writing and lets go of what was kept; returns the size of what is on disk. */
        long dropTrace() throws IOException {
            Objects.requireNonNull(trace).finish(folder -> nothing());
            trace = null;
            recorder = null;
            return size();
        }

        private static Diagnosis nothing() {
            RunInfo run = new RunInfo(
                    "synthetic",
                    "synthetic",
                    null,
                    null,
                    "",
                    "",
                    "",
                    List.of(),
                    0,
                    "",
                    "",
                    0,
                    0,
                    0,
                    Instant.EPOCH,
                    true,
                    "");
            return new Diagnosis(run, List.of(), List.of(), Cost.UNKNOWN, Map.of());
        }

        void dropDetectors() {
            examination = null;
        }
    }

    private static String row(int iterations) throws IOException {
        Keepers keepers = new Keepers();
        try {
            long began = System.nanoTime();
            double onDisk = keepers.run(iterations);
            double seconds = (System.nanoTime() - began) / 1e9;
            double both = used();
            onDisk = Math.max(onDisk, keepers.dropTrace());
            double detectors = used();
            keepers.dropDetectors();
            double neither = used();
            return String.format(
                    Locale.ROOT,
                    "| %,d | %.1f MB | %.1f MB | %.1f MB | %.0f s |",
                    iterations,
                    (both - detectors) / MEGABYTE,
                    (detectors - neither) / MEGABYTE,
                    onDisk / MEGABYTE,
                    seconds);
        } finally {
            keepers.delete();
            // What is measured must not be collected before it has been.
            Reference.reachabilityFence(keepers);
        }
    }

    /** Returns the heap in use when all that can be collected has been: serial collection leaves no gaps only every fourth time. */
    private static long used() {
        for (int i = 0; i < 4; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
