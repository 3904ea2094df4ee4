package io.gradiometer.benchmarks;

import java.nio.file.Path;
import java.util.List;

/** How the measured JVMs are started. */
final class Jvm {

    /**
     * A heap that never changes size, and a collector on one thread that works only when it has to: concurrent ones spend CPU
     * time at moments of their own. The young generation is small, for ND4J leaves thousands of references for the collector
     * to clear: collected rarely, a gigabyte of them takes half a second, and one block in ten would bear it for all the
     * others. Compiler threads that come and go would take their time along from the sum.
     */
    static final List<String> STEADY = List.of(
            "-Xms1g",
            "-Xmx1g",
            "-Xmn32m",
            "-XX:+AlwaysPreTouch",
            "-XX:+UseSerialGC",
            "-XX:-UseDynamicNumberOfCompilerThreads",
            "-Dorg.bytedeco.javacpp.maxbytes=8g",
            "-Dorg.bytedeco.javacpp.maxphysicalbytes=0");

    private Jvm() {}

    static List<String> command() {
        return List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    }

    /** Spinning threads of OpenMP would be counted as work. */
    static void oneNativeThread(ProcessBuilder builder) {
        builder.environment().put("OMP_NUM_THREADS", "1");
    }
}
