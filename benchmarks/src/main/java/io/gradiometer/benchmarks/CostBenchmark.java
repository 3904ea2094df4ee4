package io.gradiometer.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Measures what observing costs a whole iteration, each model in a JVM of its own.
 *
 * <pre>{@code --models tiny,mlp,lenet,lstm,wide,samediff --variants default,exact,stats-listener --rounds 31 --quick --markdown}</pre>
 */
public final class CostBenchmark {

    private static final String HEADER =
            """
            | training | CPU an iteration, unwatched | watched by | CPU time × (95 %) | total | wall × (95 %) | more CPU | own share | more bytes | rounds × iterations |
            |---|---|---|---|---|---|---|---|---|---|""";

    /** What a JVM returns that ended itself with a signal (SIGABRT). */
    private static final int CRASHED = 134;

    private static final int TRIES = 4;

    private CostBenchmark() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        List<String> options = List.of(arguments);
        boolean quick = options.contains("--quick");
        int rounds = option(options, "--rounds").map(Integer::parseInt).orElse(quick ? 9 : 31);
        List<String> models =
                option(options, "--models").map(CostBenchmark::split).orElse(Workload.ids());
        if (options.contains("--in-this-jvm")) {
            List<Variant> variants = option(options, "--variants")
                    .map(CostBenchmark::split)
                    .orElse(List.of("default", "exact", "stats-listener"))
                    .stream()
                    .map(Variant::of)
                    .toList();
            ModelCost.Effort effort = new ModelCost.Effort(rounds, quick ? 250 : 500, quick ? 3000 : 8000);
            for (String model : models) {
                new ModelCost(Workload.of(model), variants, effort).rows().forEach(System.out::println);
            }
            end();
        }
        if (options.contains("--markdown")) {
            System.out.println("CPU time is " + new CpuClock().name() + ".\n");
        }
        System.out.println(HEADER);
        int worst = 0;
        for (String model : models) {
            worst = Math.max(worst, measure(Workload.of(model), options));
        }
        System.exit(worst);
    }

    /** Native threads that are left over must not keep the JVM alive. */
    private static void end() {
        System.out.flush();
        System.exit(0);
    }

    private static Optional<String> option(List<String> options, String name) {
        int at = options.indexOf(name);
        return at < 0 || at + 1 == options.size() ? Optional.empty() : Optional.of(options.get(at + 1));
    }

    private static List<String> split(String names) {
        return Arrays.asList(names.split(","));
    }

    /** Tries again where native code brought the JVM down, which then printed nothing. */
    private static int measure(Workload workload, List<String> options) throws IOException, InterruptedException {
        int exit = fork(workload, options);
        for (int tries = 1; exit == CRASHED && tries < TRIES; tries++) {
            System.err.println(workload.title() + ": the JVM crashed in native code; once more");
            exit = fork(workload, options);
        }
        return exit;
    }

    private static int fork(Workload workload, List<String> options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(Jvm.command());
        command.addAll(Jvm.steady(workload.youngMegabytes()));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), CostBenchmark.class.getName()));
        command.addAll(options);
        command.addAll(List.of("--in-this-jvm"));
        int models = command.indexOf("--models");
        if (models >= 0) {
            command.set(models + 1, workload.id());
        } else {
            command.addAll(List.of("--models", workload.id()));
        }
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        Jvm.oneNativeThread(builder);
        Process process = builder.start();
        // Who stops this JVM means the measuring too.
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
        // ND4J prints lines of its own.
        try (BufferedReader output = process.inputReader()) {
            output.lines().filter(line -> line.startsWith("|")).forEach(System.out::println);
        }
        return process.waitFor();
    }
}
