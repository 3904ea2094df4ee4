package io.gradiometer.junit;

/** The one place that writes to standard output: what a build prints last is where people look for the page's path. */
final class Console {

    private Console() {}

    /** Prints a line under our name. */
    static void print(String line) {
        System.out.println("Gradiometer: " + line);
    }
}
