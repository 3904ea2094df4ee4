package io.gradiometer.agent;

import io.gradiometer.finding.Diagnosis;
import io.gradiometer.trace.RecordedRun;
import io.gradiometer.trace.RunStore;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A program in a JVM of its own, whose class path holds Deeplearning4j and the program, but nothing of ours: that is in the
 * agent's jar alone.
 */
final class Fork {

    private static final Path JAR = Path.of(System.getProperty("agent.jar", "target/gradiometer-agent.jar"));
    private static final List<String> OURS = List.of(
            "gradiometer-",
            "byte-buddy",
            "jackson-core",
            "org.jacoco.agent",
            "diagnostics-core",
            "agent/target/classes");
    private static final List<String> JUNITS = List.of("junit-", "opentest4j", "apiguardian");

    private final Path folder;
    private final List<String> jvm = new ArrayList<>();
    private final List<String> firstOnPath = new ArrayList<>();
    private boolean junit;

    Fork(Path folder) {
        this.folder = folder;
    }

    static Path agentJar() {
        return JAR.toAbsolutePath();
    }

    static Path jacoco() {
        return entries()
                .filter(entry -> entry.contains("org.jacoco.agent"))
                .map(Path::of)
                .findFirst()
                .orElseThrow();
    }

    private static Stream<String> entries() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator));
    }

    /** Attaches the agent with its output in the test's folder. */
    Fork agent(String moreOptions) {
        return agentWith("output=" + folder + (moreOptions.isEmpty() ? "" : "," + moreOptions));
    }

    Fork agentWith(String options) {
        return jvm("-javaagent:" + agentJar() + "=" + options);
    }

    Fork jvm(String argument) {
        jvm.add(argument);
        return this;
    }

    Fork onPath(Path entry) {
        firstOnPath.add(entry.toString());
        return this;
    }

    Fork withJunit() {
        junit = true;
        return this;
    }

    /** Starts the program. */
    Process start(Class<?> program, String... arguments) throws IOException {
        return start(classPath(), program.getName(), arguments);
    }

    private Process start(String classPath, String program, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvm);
        command.addAll(List.of("-cp", classPath, program));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("console.txt").toFile());
        builder.environment().put("OMP_NUM_THREADS", "1");
        return builder.start();
    }

    /** Returns what a program needs to train. */
    static String[] programsPath() {
        return entries()
                .filter(entry -> OURS.stream().noneMatch(entry::contains))
                .toArray(String[]::new);
    }

    private String classPath() {
        List<String> unwanted = new ArrayList<>(OURS);
        if (!junit) {
            unwanted.addAll(JUNITS);
        }
        return Stream.concat(firstOnPath.stream(), entries().filter(entry -> unwanted.stream()
                        .noneMatch(entry::contains)))
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** Runs the program to its end. */
    Ended run(Class<?> program, String... arguments) throws IOException, InterruptedException {
        return end(start(program, arguments));
    }

    /** Runs a program of the core's tests. */
    Ended run(String program, String... arguments) throws IOException, InterruptedException {
        return end(start(classPath(), program, arguments));
    }

    /** Runs a program where there is no Deeplearning4j. */
    Ended runAlone(Class<?> program, String... arguments) throws IOException, InterruptedException {
        String classes = entries()
                .filter(entry -> entry.endsWith("test-classes"))
                .findFirst()
                .orElseThrow();
        return end(start(classes, program.getName(), arguments));
    }

    /** Waits for the end of a program. */
    Ended end(Process process) throws IOException, InterruptedException {
        if (!process.waitFor(120, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IllegalStateException("the program does not end; it wrote:\n" + console());
        }
        return new Ended(process.exitValue(), console(), RunStore.readAll(folder));
    }

    String console() throws IOException {
        return Files.readString(folder.resolve("console.txt"));
    }

    /**
     * What a program has left.
     *
     * @param exit its exit code
     * @param console what it printed, errors included
     * @param runs in the test's folder
     */
    record Ended(int exit, String console, List<RecordedRun> runs) {

        /** Returns the lines that are ours. */
        List<String> said() {
            return console.lines()
                    .filter(line -> line.startsWith("gradiometer: "))
                    .toList();
        }

        /** Returns what the program itself printed about a loop. */
        @Nullable
        String printed(String name) {
            return console.lines()
                    .filter(line -> line.startsWith(name + " "))
                    .findFirst()
                    .orElse(null);
        }

        /** Returns the run folders' names. */
        List<String> names() {
            return runs.stream()
                    .map(run -> String.valueOf(run.folder().getFileName()))
                    .toList();
        }

        RecordedRun run(String folder) {
            return runs.stream()
                    .filter(run -> run.folder().endsWith(folder))
                    .findFirst()
                    .orElseThrow(
                            () -> new AssertionError("no " + folder + " in " + names() + "; console:\n" + console));
        }

        Diagnosis diagnosis(String folder) {
            RecordedRun run = run(folder);
            Diagnosis diagnosis = run.diagnosis();
            if (diagnosis == null) {
                throw new AssertionError(folder + ": " + run.problems());
            }
            return diagnosis;
        }
    }
}
