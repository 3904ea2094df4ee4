package io.gradiometer.dl4j;

/** Tells parts of a configuration that Deeplearning4j brings from those that the user wrote. */
final class Library {

    private Library() {}

    /** Tells whether a part may be asked: Deeplearning4j's remember nothing of it; what the user's do then, nobody knows. */
    static boolean brings(Object part) {
        String name = part.getClass().getName();
        return name.startsWith("org.nd4j.") || name.startsWith("org.deeplearning4j.");
    }
}
