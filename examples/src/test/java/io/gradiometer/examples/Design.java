package io.gradiometer.examples;

/** How a network is built for a task. */
interface Design {

    /** Builds it with weights that depend on nothing but the seed. */
    Learner build(Task task, long seed);
}
