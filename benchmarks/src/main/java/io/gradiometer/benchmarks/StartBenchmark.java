package io.gradiometer.benchmarks;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Measures what the agent adds to the start of a JVM in which no DL4J is to be found: interleaved pairs, with and without it.
 *
 * <pre>{@code agent.jar [--quick]}</pre>
 */
public final class StartBenchmark {

    private static final int PAIRS = 21;
    private static final int QUICK_PAIRS = 5;

    /** The program that is started: nothing. */
    static final class Nothing {
        private Nothing() {}

        public static void main(String[] arguments) {}
    }

    private StartBenchmark() {}

    public static void main(String[] arguments) throws IOException, InterruptedException, URISyntaxException {
        if (arguments.length == 0 || !Files.isReadable(Path.of(arguments[0]))) {
            System.err.println("usage: StartBenchmark <agent jar> [--quick]; there is no agent jar to be read at "
                    + (arguments.length == 0 ? "''" : arguments[0]));
            System.exit(2);
        }
        int pairs = List.of(arguments).contains("--quick") ? QUICK_PAIRS : PAIRS;
        List<String> without = List.of();
        List<String> with = List.of("-javaagent:" + arguments[0] + "=output=" + Files.createTempDirectory("start"));
        // The first ones bring the jars into the system's cache.
        millis(without);
        millis(with);
        double[] bare = new double[pairs];
        double[] differences = new double[pairs];
        for (int i = 0; i < pairs; i++) {
            bare[i] = millis(without);
            differences[i] = millis(with) - bare[i];
        }
        Interval more = Interval.of(differences);
        System.out.println("| JVM start without the agent | the agent adds (95 %) | pairs |\n|---|---|---|");
        System.out.println(String.format(
                Locale.ROOT,
                "| %.0f ms | %.0f ms (%.0f–%.0f) | %d |",
                Interval.of(bare).median(),
                more.median(),
                more.low(),
                more.high(),
                pairs));
    }

    private static double millis(List<String> options) throws IOException, InterruptedException, URISyntaxException {
        List<String> command = new ArrayList<>(Jvm.command());
        command.addAll(options);
        command.addAll(List.of("-cp", ownClasses(), Nothing.class.getName()));
        long began = System.nanoTime();
        int exit = new ProcessBuilder(command).inheritIO().start().waitFor();
        if (exit != 0) {
            throw new IOException("the JVM that was to do nothing ended with " + exit);
        }
        return (System.nanoTime() - began) / 1e6;
    }

    /** Returns a class path on which there is no DL4J. */
    private static String ownClasses() throws URISyntaxException {
        return Path.of(StartBenchmark.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toURI())
                .toString();
    }
}
