package io.gradiometer.junit;

import static java.util.stream.Collectors.joining;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** A fixture in a JVM of its own, for what would end this one or needs another class path. */
final class ForkedJvm implements AutoCloseable {

    private final Process process;
    private final List<String> lines = new ArrayList<>();
    private final BufferedReader console;

    private ForkedJvm(Process process) {
        this.process = process;
        this.console = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** Starts a fixture on those entries of this JVM's class path that pass. */
    static ForkedJvm start(Class<?> fixture, Path output, Predicate<String> classPathEntry) throws IOException {
        String classPath = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(classPathEntry)
                .collect(joining(File.pathSeparator));
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dgradiometer.output=" + output,
                "-Dstdout.encoding=UTF-8",
                "-Dfile.encoding=UTF-8",
                "-cp",
                classPath,
                ForkedJvm.class.getName(),
                fixture.getName());
        return new ForkedJvm(
                new ProcessBuilder(command).redirectErrorStream(true).start());
    }

    /** Reads the console up to a line that begins like this; false if it ends before. */
    boolean says(String beginning) throws IOException {
        for (String line = console.readLine(); line != null; line = console.readLine()) {
            lines.add(line);
            if (line.startsWith(beginning)) {
                return true;
            }
        }
        return false;
    }

    /** Asks the JVM to go, as a build does that is stopped. */
    void terminate() {
        process.toHandle().destroy(); // the process itself would close its console, too
    }

    /** Ends the JVM as an operating system does that runs out of memory: no hook runs. */
    void kill() {
        process.toHandle().destroyForcibly();
    }

    /** Returns all lines of the console, once the JVM is gone. */
    List<String> lines() throws IOException, InterruptedException {
        while (says("")) {
            // Every line is kept.
        }
        process.waitFor();
        return lines;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    /** Executes the fixture and says what failed. */
    public static void main(String[] fixture) {
        LauncherFactory.create()
                .execute(
                        LauncherDiscoveryRequestBuilder.request()
                                .selectors(DiscoverySelectors.selectClass(fixture[0]))
                                .build(),
                        new Failures());
    }

    private static final class Failures implements TestExecutionListener {
        @Override
        public void executionFinished(TestIdentifier test, org.junit.platform.engine.TestExecutionResult result) {
            result.getThrowable().ifPresent(Failures::print);
        }

        private static void print(Throwable failure) {
            System.out.println(failure.getMessage());
            Stream.of(failure.getSuppressed()).forEach(Failures::print);
        }
    }
}
