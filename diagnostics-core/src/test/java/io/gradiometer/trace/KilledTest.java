package io.gradiometer.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A JVM that is killed leaves what it saw up to a moment before. */
class KilledTest {

    private static final int KILLS = 20;
    private static final int LONGEST_MILLIS = 2500;

    /** A second is what is promised; the rest is for machines that are busy with something else. */
    private static final long LOST_MILLIS = 1500;

    @TempDir
    private Path output;

    @Test
    void every_trace_of_a_killed_jvm_is_read_but_for_its_last_moment() throws Exception {
        Random random = new Random(20);
        ExecutorService some = Executors.newFixedThreadPool(3);
        try {
            List<Future<String>> kills = new ArrayList<>();
            for (int i = 0; i < KILLS; i++) {
                int number = i;
                int millis = random.nextInt(LONGEST_MILLIS);
                kills.add(some.submit(() -> kill(number, millis)));
            }
            for (Future<String> kill : kills) {
                assertThat(kill.get()).isEmpty();
            }
        } finally {
            some.shutdownNow();
        }
    }

    /** Returns what is wrong with the trace that is left, if anything is. */
    private String kill(int number, int millis) throws IOException, InterruptedException {
        String layers = number % 2 == 0 ? "50" : "3";
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        KilledTest.class.getName(),
                        output.toString(),
                        "run" + number,
                        layers)
                .redirectErrorStream(true)
                .start();
        List<long[]> progress = new ArrayList<>();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            String first = lines.readLine();
            if (first == null || !first.startsWith("on disk")) {
                return "the run said " + first;
            }
            process.waitFor(millis, TimeUnit.MILLISECONDS);
            process.toHandle().destroyForcibly(); // the process itself would close its console, too
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] words = line.split(" ", -1);
                if (words.length == 3) {
                    progress.add(new long[] {Long.parseLong(words[0]), Long.parseLong(words[1])});
                }
            }
        }
        return judge(TraceFile.read(folder(number)), progress);
    }

    private Path folder(int number) throws IOException {
        try (Stream<Path> all = Files.find(output, 4, (path, a) -> path.endsWith("run" + number + "-1"))) {
            return all.findFirst().orElseThrow();
        }
    }

    private static String judge(Trace trace, List<long[]> progress) {
        long last = progress.isEmpty() ? 0 : progress.get(progress.size() - 1)[1];
        long due = 1;
        for (long[] step : progress) {
            if (step[1] <= last - LOST_MILLIS) {
                due = step[0];
            }
        }
        if (trace.stepsSeen() < due) {
            return "only " + trace.stepsSeen() + " of " + due + " steps";
        }
        List<Bucket> scores = trace.series().get(0).buckets();
        if (scores.stream().mapToLong(Bucket::steps).sum() != trace.stepsSeen()
                || trace.steps().get(trace.steps().size() - 1).iteration() != trace.stepsSeen() - 1) {
            return "not what a recorder keeps of " + trace.stepsSeen() + " steps";
        }
        return trace.whole() ? "a killed run cannot be whole" : "";
    }

    /** Records as fast as it can, and says how far it has come and when: steps, milliseconds, a full stop. */
    public static void main(String[] arguments) throws IOException {
        SyntheticRun run = new SyntheticRun(Integer.parseInt(arguments[2]));
        TraceRecorder recorder = new TraceRecorder(run.model());
        Path output = Path.of(arguments[0]);
        new RunStore(output, arguments[1]).open(arguments[1]).follow(recorder);
        int step = 0;
        boolean onDisk = false;
        for (long said = 0; ; step++) {
            recorder.keep(run.step(step));
            long now = System.currentTimeMillis();
            if (!onDisk && step % 1000 == 0 && isOnDisk(output.resolve(arguments[1]))) {
                onDisk = true;
                System.out.println("on disk");
            }
            if (onDisk && now - said > 20) {
                said = now;
                System.out.println((step + 1) + " " + now + " .");
            }
        }
    }

    private static boolean isOnDisk(Path session) throws IOException {
        if (!Files.isDirectory(session)) {
            return false;
        }
        try (Stream<Path> all = Files.find(session, 3, (path, a) -> path.endsWith(TraceFile.NAME))) {
            return all.findAny().isPresent();
        }
    }
}
