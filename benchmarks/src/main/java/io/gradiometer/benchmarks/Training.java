package io.gradiometer.benchmarks;

/** A network with its data, which can be trained for as long as one likes. */
interface Training {

    /** Puts on what watches; returns whether this kind of network can be watched so. */
    boolean watchedBy(Variant variant);

    void iterate(int iterations);

    /** Returns the share that observing says it took of the time from the first iteration to the last; NaN if it says none. */
    double ownShare();
}
