package io.gradiometer.examples;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.LongStream;

/**
 * Measures how right the diagnoses are: on the catalogue of faulty programs with their healthy twins, over several seeds, and on
 * programs drawn by chance of which only those count that trained well.
 *
 * <pre>
 * mvn -Plaboratory verify                              # all of it; writes docs/accuracy.md
 * mvn -Plaboratory verify -Dlaboratory="--only ID"     # one program of the catalogue, or one drawn: its number
 * </pre>
 *
 * <p>Options: {@code --seeds N} (5), {@code --healthy N} (300) programs drawn that trained well, {@code --from K} (0) the number of
 * the first one drawn, {@code --only ID}, {@code --page FILE}.
 */
public final class Laboratory {

    /** An eighth of what trains badly is no reason to give up; a generator that hardly draws a healthy program is. */
    private static final int DRAWS_PER_HEALTHY = 8;

    /** Programs drawn that train before it is asked whether enough were healthy. */
    private static final int AT_ONCE = 16;

    private final PrintStream out;
    private final Workers workers = new Workers(Math.min(4, Runtime.getRuntime().availableProcessors()));

    private Laboratory(PrintStream out) {
        this.out = out;
    }

    /** Runs it with the options of the command line. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        // Nd4j tells its backend on the standard error stream alone, so the report has the other for itself.
        PrintStream out = System.out;
        Options options = Options.of(List.of(arguments));
        Laboratory laboratory = new Laboratory(out);
        if (options.only().isEmpty()) {
            Accuracy accuracy = laboratory.measure(options.seeds(), options.healthy(), options.from());
            Files.writeString(options.page(), AccuracyPage.of(accuracy, options));
            out.println("page  " + options.page().toAbsolutePath());
        } else {
            laboratory.show(options.only(), options.seeds());
        }
    }

    /** Runs the whole catalogue for each seed, and draws programs until enough of them are healthy. */
    static Accuracy measure(int seeds, int healthy, int from, PrintStream out) throws InterruptedException {
        return new Laboratory(out).measure(seeds, healthy, from);
    }

    private Accuracy measure(int seeds, int healthy, int from) throws InterruptedException {
        Accuracy accuracy = new Accuracy();
        pairs(Catalogue.all(), seeds, accuracy);
        long last = from + (long) DRAWS_PER_HEALTHY * healthy;
        for (long number = from; accuracy.healthyDrawn() < healthy && number < last; number += AT_ONCE) {
            drawn(LongStream.range(number, number + AT_ONCE).boxed().toList(), accuracy, healthy);
        }
        return accuracy;
    }

    private void show(String only, int seeds) throws InterruptedException {
        if (only.chars().allMatch(Character::isDigit)) {
            Accuracy one = new Accuracy();
            drawn(List.of(Long.valueOf(only)), one, 1);
            return;
        }
        List<Example> chosen = Catalogue.all().stream()
                .filter(example -> example.id().contains(only))
                .toList();
        if (chosen.isEmpty()) {
            throw new IllegalArgumentException("no program's id contains '" + only + "'");
        }
        pairs(chosen, seeds, new Accuracy());
    }

    private void pairs(List<Example> examples, int seeds, Accuracy accuracy) throws InterruptedException {
        for (int seed = 1; seed <= seeds; seed++) {
            long chosen = seed;
            Map<Program, Run> twins = twins(examples, seed);
            List<Callable<Pair>> pairs = new ArrayList<>();
            for (Example example : examples) {
                Run twin = Objects.requireNonNull(twins.get(example.twin()));
                pairs.add(() -> new Pair(example, Run.of(example.id(), example.faulty(), chosen), twin));
            }
            workers.forEach(pairs, pair -> {
                tell(pair);
                accuracy.add(pair);
            });
        }
    }

    /** Trains each twin once: several faulty programs may have the same. */
    private Map<Program, Run> twins(List<Example> examples, long seed) throws InterruptedException {
        Map<Program, Example> first = new LinkedHashMap<>();
        examples.forEach(example -> first.putIfAbsent(example.twin(), example));
        List<Callable<Map.Entry<Program, Run>>> runs = new ArrayList<>();
        first.forEach((twin, example) -> runs.add(() -> Map.entry(twin, Run.of(example.id() + "-twin", twin, seed))));
        Map<Program, Run> twins = new HashMap<>();
        workers.forEach(runs, run -> twins.put(run.getKey(), run.getValue()));
        return twins;
    }

    private void drawn(List<Long> numbers, Accuracy accuracy, int enough) throws InterruptedException {
        List<Callable<Run>> runs = new ArrayList<>();
        for (long number : numbers) {
            SoundPrograms.Drawn drawn = SoundPrograms.draw(number);
            runs.add(() -> Run.of(drawn.description(), drawn.program(), number));
        }
        workers.forEach(runs, run -> {
            if (accuracy.healthyDrawn() < enough) {
                tell(run);
                accuracy.addDrawn(run, run.seed() % 2 == 0);
            }
        });
    }

    private void tell(Pair pair) {
        Judged judged = pair.judged();
        out.printf(
                Locale.ROOT,
                "%-40s seed %d %s %s, missed %s%n",
                pair.example().id(),
                pair.sick().seed(),
                scores(pair.sick()),
                !pair.isClear() ? "NOT CLEAR" : judged.isDetected() ? "detected" : "NOT DETECTED",
                judged.missed() + (judged.unnoted().isEmpty() ? "" : ", not noted " + judged.unnoted()));
        pair.sick()
                .alarms()
                .forEach(alarm -> out.println((pair.example().allows(alarm.id()) ? "    " : "    SPURIOUS ") + alarm));
        out.printf(
                Locale.ROOT,
                "%-40s seed %d %s%n",
                pair.sound().program(),
                pair.sound().seed(),
                scores(pair.sound()));
        pair.sound().alarms().forEach(alarm -> out.println("    FALSE ALARM " + alarm));
    }

    private void tell(Run drawn) {
        out.printf(
                Locale.ROOT,
                "drawn %d %s %s: %s%n",
                drawn.seed(),
                scores(drawn),
                drawn.isHealthy() ? "healthy" : "learned too little",
                drawn.program());
        drawn.alarms().forEach(alarm -> out.println((drawn.isHealthy() ? "    FALSE ALARM " : "    ") + alarm));
    }

    private static String scores(Run run) {
        return String.format(
                Locale.ROOT,
                "score %.3f (trivial %.3f, reachable %.3f) %d iterations",
                run.score(),
                run.trivial(),
                run.reference(),
                run.iterations());
    }

    /**
     * What the command line said.
     *
     * @param seeds of each pair
     * @param healthy programs to be drawn
     * @param from which number on
     * @param only this one; empty for all
     * @param page to write
     */
    record Options(int seeds, int healthy, int from, String only, Path page) {

        static Options of(List<String> arguments) {
            if (arguments.size() % 2 != 0) {
                throw new IllegalArgumentException("each option takes a value: --seeds 5 --healthy 300 --from 0"
                        + " --only ID --page docs/accuracy.md; given was " + arguments);
            }
            Map<String, String> values = new HashMap<>();
            List<String> unknown = new ArrayList<>();
            for (int i = 0; i < arguments.size(); i += 2) {
                if (List.of("--seeds", "--healthy", "--from", "--only", "--page")
                        .contains(arguments.get(i))) {
                    values.put(arguments.get(i), arguments.get(i + 1));
                } else {
                    unknown.add(arguments.get(i));
                }
            }
            if (!unknown.isEmpty()) {
                throw new IllegalArgumentException("unknown options " + unknown);
            }
            return new Options(
                    Integer.parseInt(values.getOrDefault("--seeds", "5")),
                    Integer.parseInt(values.getOrDefault("--healthy", "300")),
                    Integer.parseInt(values.getOrDefault("--from", "0")),
                    values.getOrDefault("--only", ""),
                    Path.of(values.getOrDefault("--page", "docs/accuracy.md")));
        }
    }
}
