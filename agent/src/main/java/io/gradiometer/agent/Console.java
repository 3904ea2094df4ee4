package io.gradiometer.agent;

import java.io.PrintStream;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Speaks to the user, who has no log of ours: lines on standard error, each one once. */
final class Console {

    private final PrintStream stream;
    private final Set<String> said = ConcurrentHashMap.newKeySet();

    Console(PrintStream stream) {
        this.stream = stream;
    }

    static Console ofThisJvm() {
        return new Console(System.err);
    }

    void say(String line) {
        if (said.add(line)) {
            stream.println("gradiometer: " + line.replaceAll("\\R", " "));
        }
    }
}
