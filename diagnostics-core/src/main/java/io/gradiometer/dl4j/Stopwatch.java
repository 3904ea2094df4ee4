package io.gradiometer.dl4j;

import io.gradiometer.finding.Cost;

/** Measures what observing takes of a run's time. */
final class Stopwatch {

    private long first;
    private long last;
    private long own;
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

    /** Returns what so many iterations took; unknown before there were two. */
    Cost cost(int iterations) {
        return last > first && iterations > 1
                ? new Cost((double) own / (last - first), (last - first) / 1e6 / (iterations - 1))
                : Cost.UNKNOWN;
    }
}
