package io.gradiometer.dl4j;

import io.gradiometer.finding.Cost;

/** Measures what observing takes of a run's time. */
final class Stopwatch {

    private long first;
    private long last;
    private long own;
    private long once;
    private boolean running;

    long start() {
        long now = System.nanoTime();
        if (!running) {
            running = true;
            first = now;
        }
        return now;
    }

    void stop(long began) {
        last = System.nanoTime();
        own += last - began;
    }

    /** Leaves out of the share of each iteration what was done once in the run, and reports it apart. */
    void setAside(long nanos) {
        once += nanos;
    }

    /** Returns what so many iterations took; unknown before there were two. */
    Cost cost(int iterations) {
        long time = last - first - once;
        return time > 0 && iterations > 1
                ? new Cost(
                        (double) (own - once) / time,
                        time / 1e6 / (iterations - 1),
                        once == 0 ? Double.NaN : once / 1e6)
                : Cost.UNKNOWN;
    }
}
