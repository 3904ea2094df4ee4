package io.gradiometer.agent;

import java.nio.file.Path;

/** What the JVM was started with. */
final class MainClass {

    private MainClass() {}

    /** Returns the main class without its package, or the jar's name; empty in builds' forks and where the JVM does not tell. */
    static String shortName() {
        String command = System.getProperty("sun.java.command", "");
        String main = command.split(" ", 2)[0];
        if (main.contains("surefire")) {
            return "";
        }
        if (main.endsWith(".jar")) {
            return String.valueOf(Path.of(main).getFileName());
        }
        return main.substring(Math.max(main.lastIndexOf('.'), main.lastIndexOf('/')) + 1);
    }
}
