package io.gradiometer.dl4j;

/** Measures which share of a run's time observing takes. */
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

    /** Returns the share; NaN before anything was measured. */
    double fraction() {
        return last > first ? (double) own / (last - first) : Double.NaN;
    }
}
