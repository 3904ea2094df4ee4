package io.gradiometer.benchmarks;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How the measured JVMs are started. */
final class Jvm {

    private static final String CRASH_FILE = Path.of(
                    System.getProperty("java.io.tmpdir"), "gradiometer-benchmark-crash-%p.log")
            .toString();

    /**
     * A heap that never changes size, and a collector on one thread that works only when it has to: concurrent ones spend CPU
     * time at moments of their own. Compiler threads that come and go would take their time along from the sum.
     */
    private static final List<String> STEADY = List.of(
            "-Xms1g",
            "-Xmx1g",
            "-XX:+AlwaysPreTouch",
            "-XX:+UseSerialGC",
            "-XX:-UseDynamicNumberOfCompilerThreads",
            "-XX:ErrorFile=" + CRASH_FILE,
            "-Dorg.bytedeco.javacpp.maxbytes=8g",
            "-Dorg.bytedeco.javacpp.maxphysicalbytes=0");

    private Jvm() {}

    static List<String> command() {
        return List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    }

    /** Returns the options of a JVM that is measured, with a young generation of this size. */
    static List<String> steady(int youngMegabytes) {
        List<String> options = new ArrayList<>(STEADY);
        options.add("-Xmn" + youngMegabytes + "m");
        return options;
    }

    /** Spinning threads of OpenMP would be counted as work. */
    static void oneNativeThread(ProcessBuilder builder) {
        builder.environment().put("OMP_NUM_THREADS", "1");
    }
}
