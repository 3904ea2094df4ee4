package io.gradiometer.benchmarks;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Measures what observing costs one training, in this JVM.
 *
 * <p>Each variant trains a network of its own, all from the same initial weights. A round runs every variant once, in an order
 * drawn anew, each between two blocks without observing; its ratio is taken to their mean, so that whatever drifts drops out.
 */
final class ModelCost {

    /** A multiple of the intervals at which the default reads everything, so that each block holds its share of them. */
    private static final int MULTIPLE = 32;

    private final Workload workload;
    private final Effort effort;
    private final BlockTimer timer = new BlockTimer();
    private final Random random = new Random(7);
    private final Subject unwatched;
    private final List<Subject> watched = new ArrayList<>();

    /**
     * How much is measured.
     *
     * @param rounds of all variants
     * @param blockMillis that a block takes at least
     * @param warmUpMillis that each variant trains before anything counts, so that the compiler is done
     */
    record Effort(int rounds, int blockMillis, int warmUpMillis) {}

    ModelCost(Workload workload, List<Variant> variants, Effort effort) {
        this.workload = workload;
        this.effort = effort;
        this.unwatched = new Subject(Variant.NOTHING, workload.start());
        for (Variant variant : variants) {
            Training training = workload.start();
            if (training.watchedBy(variant)) {
                watched.add(new Subject(variant, training));
            } else {
                System.err.println(workload.title() + ": cannot be watched by " + variant.title() + ", left out");
            }
        }
    }

    /** Measures, and returns one row of the table for each variant. */
    List<String> rows() {
        int iterations = warmUp();
        System.gc();
        @Nullable Block before = unwatched.run(timer, iterations);
        for (int round = 0; round < effort.rounds(); round++) {
            Collections.shuffle(watched, random);
            for (Subject subject : watched) {
                Block block = subject.run(timer, iterations);
                Block after = unwatched.run(timer, iterations);
                subject.keep(block, before.meanWith(after), iterations);
                before = after;
            }
        }
        watched.sort((a, b) -> a.variant().compareTo(b.variant()));
        return watched.stream().map(subject -> row(subject, iterations)).toList();
    }

    /** Trains every variant past its first phase and past the compiler; returns how long a block has to be. */
    private int warmUp() {
        int done = 0;
        double nanos = 0;
        double perIteration = 1;
        while (done < workload.warmUp() || nanos < effort.warmUpMillis() * 1e6) {
            perIteration = unwatched.run(timer, MULTIPLE).wallNanos();
            watched.forEach(subject -> subject.run(timer, MULTIPLE));
            done += MULTIPLE;
            nanos += perIteration * MULTIPLE;
        }
        watched.forEach(Subject::settle);
        int multiples = (int) Math.ceil(effort.blockMillis() * 1e6 / perIteration / MULTIPLE);
        return Math.max(1, multiples) * MULTIPLE;
    }

    private String row(Subject subject, int iterations) {
        Interval cpu = Interval.of(subject.cpuRatios());
        double bare = subject.bareCpuNanos() / 1e3;
        double share = subject.ownShare();
        return String.format(
                Locale.ROOT,
                "| %s | %,.0f µs | %s | %s | %.3f | %s | %+,.0f µs | %s | %+,.0f | %d × %d |",
                workload.title(),
                bare,
                subject.variant().title(),
                cpu,
                subject.totalCpuRatio(),
                Interval.of(subject.wallRatios()),
                (cpu.median() - 1) * bare,
                Double.isNaN(share) ? "–" : String.format(Locale.ROOT, "%.1f %%", 100 * share),
                subject.moreBytes(),
                effort.rounds(),
                iterations);
    }
}
