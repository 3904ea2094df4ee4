package io.gradiometer.benchmarks;

/**
 * What one iteration took, on average over a block of them.
 *
 * @param cpuNanos of the whole process
 * @param wallNanos of the clock on the wall
 * @param bytes allocated on the heap by the training thread
 */
record Block(double cpuNanos, double wallNanos, double bytes) {

    /** Returns the mean of two blocks. */
    Block meanWith(Block other) {
        return new Block((cpuNanos + other.cpuNanos) / 2, (wallNanos + other.wallNanos) / 2, (bytes + other.bytes) / 2);
    }
}
