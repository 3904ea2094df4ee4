package io.gradiometer.benchmarks;

import io.gradiometer.config.Configuration;
import io.gradiometer.detector.Examination;
import io.gradiometer.signal.Step;
import io.gradiometer.trace.TraceFile;
import io.gradiometer.trace.TraceRecorder;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.ref.Reference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Measures how much heap and disk a run takes after ever more iterations of a network of fifty layers. */
public final class BoundsBenchmark {

    private static final double MEGABYTE = 1 << 20;

    private BoundsBenchmark() {}

    public static void main(String[] arguments) throws IOException {
        boolean quick = List.of(arguments).contains("--quick");
        System.out.println(
                "| iterations × 50 layers | heap, trace | heap, detectors | file | time |\n|---|---|---|---|---|");
        for (int iterations : List.of(1_000, 100_000, quick ? 1_000_000 : 10_000_000)) {
            System.out.println(row(iterations));
        }
    }

    /** What a run is made into; the only one who holds on to either part. */
    private static final class Keepers {
        private final SyntheticRun run = new SyntheticRun();
        private @Nullable TraceRecorder recorder = new TraceRecorder(run.model());
        private @Nullable Examination examination = new Examination(run.model(), Configuration.of());

        void run(int iterations) {
            TraceRecorder trace = Objects.requireNonNull(recorder);
            Examination detectors = Objects.requireNonNull(examination);
            for (int i = 0; i < iterations; i++) {
                Step step = run.step(i);
                trace.keep(step);
                detectors.step(step);
            }
        }

        long fileSize() throws IOException {
            Path file = Files.createTempFile("bounds", ".bin");
            try {
                TraceFile.write(file, Objects.requireNonNull(recorder).trace());
                return Files.size(file);
            } finally {
                Files.delete(file);
            }
        }

        void dropTrace() {
            recorder = null;
        }

        void dropDetectors() {
            examination = null;
        }
    }

    private static String row(int iterations) throws IOException {
        Keepers keepers = new Keepers();
        try {
            long began = System.nanoTime();
            keepers.run(iterations);
            double seconds = (System.nanoTime() - began) / 1e9;
            double onDisk = keepers.fileSize();
            double both = used();
            keepers.dropTrace();
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
