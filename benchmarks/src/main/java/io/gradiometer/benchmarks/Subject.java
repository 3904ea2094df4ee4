package io.gradiometer.benchmarks;

import java.util.ArrayList;
import java.util.List;

/** One training under one variant, with what its rounds gave. */
final class Subject {

    private final Variant variant;
    private final Training training;
    private final List<Block> blocks = new ArrayList<>();
    private final List<Block> bare = new ArrayList<>();
    private long began;
    private long ended;
    private double ownBefore;
    private double wallWatched;

    Subject(Variant variant, Training training) {
        this.variant = variant;
        this.training = training;
    }

    Variant variant() {
        return variant;
    }

    Block run(BlockTimer timer, int iterations) {
        if (began == 0) {
            began = System.nanoTime();
        }
        Block block = timer.time(training, iterations);
        ended = System.nanoTime();
        return block;
    }

    /** Ends the warm-up: what observing took until now counts no more. */
    void settle() {
        ownBefore = ownNanos();
    }

    /** Keeps a block beside the blocks without observing before and after it. */
    void keep(Block block, Block unwatched, int iterations) {
        blocks.add(block);
        bare.add(unwatched);
        wallWatched += block.wallNanos() * (iterations + 1);
    }

    /** The listener knows its share of all time since it began, in which other blocks ran too. */
    private double ownNanos() {
        return training.ownShare() * (ended - began);
    }

    /** Returns the share of its own blocks that observing says it took; NaN if it says none. */
    double ownShare() {
        return (ownNanos() - ownBefore) / wallWatched;
    }

    /** Returns CPU time beside that without observing, round by round. */
    double[] cpuRatios() {
        return ratios(true);
    }

    /** Returns wall time beside that without observing, round by round. */
    double[] wallRatios() {
        return ratios(false);
    }

    private double[] ratios(boolean cpu) {
        double[] ratios = new double[blocks.size()];
        for (int i = 0; i < ratios.length; i++) {
            ratios[i] = cpu
                    ? blocks.get(i).cpuNanos() / bare.get(i).cpuNanos()
                    : blocks.get(i).wallNanos() / bare.get(i).wallNanos();
        }
        return ratios;
    }

    /** Returns the ratio of all CPU time to all CPU time, in which rare and costly iterations show. */
    double totalCpuRatio() {
        return blocks.stream().mapToDouble(Block::cpuNanos).sum()
                / bare.stream().mapToDouble(Block::cpuNanos).sum();
    }

    /** Returns the median CPU time of an iteration without observing. */
    double bareCpuNanos() {
        return Interval.of(bare.stream().mapToDouble(Block::cpuNanos).toArray()).median();
    }

    /** Returns how many bytes more are allocated in an iteration than without observing. */
    double moreBytes() {
        return blocks.stream().mapToDouble(Block::bytes).average().orElse(Double.NaN)
                - bare.stream().mapToDouble(Block::bytes).average().orElse(Double.NaN);
    }
}
