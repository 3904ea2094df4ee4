package io.gradiometer.detector;

/** Order in which detectors conclude, each knowing what those before found. */
enum Phase {
    SYMPTOMS,
    /** Whether training gets anywhere, which other symptoms may explain. */
    OUTCOME,
    /** What those already say in other words. */
    CONSEQUENCES,
    CAUSES
}
