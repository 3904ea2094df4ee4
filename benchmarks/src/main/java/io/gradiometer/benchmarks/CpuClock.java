package io.gradiometer.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * CPU time of the whole process: training, listeners, collector, compiler.
 *
 * <p>{@code getProcessCpuTime()} counts in ticks of 10 ms, which would turn a ratio of two blocks into a ratio of two small
 * integers. Linux tells every thread's time in nanoseconds, though for a running one only as of its last tick, so the calling
 * thread's own clock is asked for its share. Where that cannot be read the coarse clock serves, and {@link #name()} says so.
 */
final class CpuClock {

    private static final Path TASKS = Path.of("/proc/self/task");
    private static final Path SELF = Path.of("/proc/thread-self");

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final com.sun.management.OperatingSystemMXBean system =
            ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class);
    private final boolean fine = Files.isReadable(SELF.resolve("schedstat"));

    String name() {
        return fine ? "the sum over all threads, in nanoseconds" : "the process's clock, in steps of 10 ms";
    }

    long nanos() {
        return fine ? threads.getCurrentThreadCpuTime() + ofOtherThreads() : coarseNanos();
    }

    /** Returns what the process's own clock says, to check the sum with. */
    long coarseNanos() {
        return system.getProcessCpuTime();
    }

    private static long ofOtherThreads() {
        try (Stream<Path> tasks = Files.list(TASKS)) {
            Path self = SELF.toRealPath().getFileName();
            List<Path> others =
                    tasks.filter(task -> !task.getFileName().equals(self)).toList();
            long sum = 0;
            for (Path task : others) {
                sum += timeOf(task);
            }
            return sum;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long timeOf(Path task) throws IOException {
        try {
            String text = Files.readString(task.resolve("schedstat"));
            return Long.parseLong(text.substring(0, text.indexOf(' ')));
        } catch (NoSuchFileException e) {
            // The thread ended between the listing and the reading.
            return 0;
        }
    }
}
