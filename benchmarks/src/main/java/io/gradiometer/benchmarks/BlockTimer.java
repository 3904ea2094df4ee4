package io.gradiometer.benchmarks;

import java.lang.management.ManagementFactory;

/** Times blocks of iterations. */
final class BlockTimer {

    private final CpuClock clock = new CpuClock();
    private final com.sun.management.ThreadMXBean threads =
            ManagementFactory.getPlatformMXBean(com.sun.management.ThreadMXBean.class);

    CpuClock clock() {
        return clock;
    }

    Block time(Training training, int iterations) {
        // Brings the caches back, which another network has filled meanwhile.
        training.iterate(1);
        long bytes = allocated();
        long cpu = clock.nanos();
        long wall = System.nanoTime();
        training.iterate(iterations);
        wall = System.nanoTime() - wall;
        cpu = clock.nanos() - cpu;
        bytes = allocated() - bytes;
        double n = iterations;
        return new Block(cpu / n, wall / n, bytes / n);
    }

    private long allocated() {
        return threads.getThreadAllocatedBytes(Thread.currentThread().getId());
    }
}
