package io.gradiometer.dl4j;

import io.gradiometer.signal.TensorStats;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.buffer.DataBuffer;
import org.nd4j.linalg.factory.Nd4j;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Measures how fast {@link TensorReader} reads, beside a copy of the same native buffer.
 *
 * <p>Both read all of it; the copy writes as much again and is what the memory of this machine gives at best.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class KernelBenchmark {

    private static final String SIZE = "size";
    private static final String SOURCE = "source";

    /** Larger than any cache by far. */
    private static final long BEYOND_CACHES = 64L << 20;

    /** Elements. */
    @Param({"10000", "1000000", "30000000"})
    public int size;

    /** Whether the same buffer is read again and again, or so many in turn that each has left the caches: as in training. */
    @Param({"cache", "memory"})
    public String source = "";

    private final TensorReader reader = new TensorReader();
    private final List<DataBuffer> buffers = new ArrayList<>();
    private final List<FloatPointer> copies = new ArrayList<>();
    private int turn;

    @Setup
    public void fill() {
        Random random = new Random(42);
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = (float) random.nextGaussian();
        }
        long count = source.equals("memory") ? 1 + Math.max(1, BEYOND_CACHES / size) : 1;
        for (long i = 0; i < count; i++) {
            buffers.add(Nd4j.createBuffer(values));
            FloatPointer copy = new FloatPointer((long) size);
            // Memory that was never written to is no memory yet.
            copy.put(values);
            copies.add(copy);
        }
    }

    @Benchmark
    public Pointer memcpy() {
        turn = (turn + 1) % buffers.size();
        return Pointer.memcpy(copies.get(turn), buffers.get(turn).pointer(), (long) size * Float.BYTES);
    }

    @Benchmark
    public TensorStats read() {
        turn = (turn + 1) % buffers.size();
        return reader.read(buffers.get(turn), 0, size);
    }

    /** Runs it and prints a Markdown table; {@code --quick} takes a tenth of the time. */
    public static void main(String[] arguments) throws RunnerException {
        boolean quick = List.of(arguments).contains("--quick");
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include(KernelBenchmark.class.getName())
                .verbosity(VerboseMode.SILENT)
                .forks(quick ? 1 : 5)
                .warmupIterations(quick ? 2 : 3)
                .warmupTime(TimeValue.milliseconds(500))
                .measurementIterations(quick ? 3 : 5)
                .measurementTime(TimeValue.milliseconds(500))
                .jvmArgs("-Xmx2g", "-XX:+UseSerialGC", "-Dorg.bytedeco.javacpp.maxbytes=4g");
        print(new Runner(options.build()).run());
    }

    private static void print(Collection<RunResult> results) {
        Map<String, Double> copies = micros(results, "memcpy");
        Map<String, Double> reads = micros(results, "read");
        System.out.println("| floats | from | copied in | read in | share of the copy's speed |");
        System.out.println("|---|---|---|---|---|");
        for (String size : List.of("10000", "1000000", "30000000")) {
            for (String source : List.of("cache", "memory")) {
                double copied = copies.getOrDefault(size + source, Double.NaN);
                double read = reads.getOrDefault(size + source, Double.NaN);
                System.out.println(String.format(
                        Locale.ROOT,
                        "| %,d | %s | %,.1f µs | %,.1f µs | %.0f %% |",
                        Integer.parseInt(size),
                        source,
                        copied,
                        read,
                        100 * copied / read));
            }
        }
    }

    /** Returns medians by size and source. */
    private static Map<String, Double> micros(Collection<RunResult> results, String method) {
        Map<String, Double> micros = new HashMap<>();
        for (RunResult result : results) {
            if (result.getParams().getBenchmark().endsWith("." + method)) {
                micros.put(
                        result.getParams().getParam(SIZE) + result.getParams().getParam(SOURCE),
                        result.getPrimaryResult().getStatistics().getPercentile(50));
            }
        }
        return micros;
    }
}
