package io.gradiometer.trace;

import static io.gradiometer.Runs.aNetwork;
import static io.gradiometer.Runs.aStep;
import static io.gradiometer.Runs.tensor;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.gradiometer.signal.DataStep;
import io.gradiometer.signal.LayerStep;
import io.gradiometer.signal.Magnitudes;
import io.gradiometer.signal.ModelView;
import io.gradiometer.signal.Step;
import io.gradiometer.signal.TensorStats;
import io.gradiometer.signal.Validation;
import io.gradiometer.trace.Series.Quantity;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TraceRecorderTest {

    private static final ModelView SMALL =
            aNetwork().dense("dense_0", 2, 2, "relu").output("out", 2, 2, "mse").build();

    private static final List<LayerStep> UNREAD =
            SMALL.layers().stream().map(LayerStep::unread).toList();

    private final TraceRecorder recorder = new TraceRecorder(SMALL);

    private static Step light(int iteration, double loss, double watchedRms) {
        TensorStats watched = tensor(4, watchedRms);
        return new Step(iteration, 0, 1, loss, loss, 1, false, watched, DataStep.UNREAD, UNREAD);
    }

    private static Step light(int iteration) {
        return light(iteration, 0.5, 0.1);
    }

    private static Step full(int iteration) {
        return aStep(SMALL, iteration).build();
    }

    private static List<Integer> iterations(Trace trace) {
        return trace.steps().stream().map(Step::iteration).toList();
    }

    private List<Integer> iterations() {
        return iterations(recorder.trace());
    }

    private static Series series(Trace trace, Quantity quantity, int layer) {
        return trace.series().stream()
                .filter(s -> s.quantity() == quantity && s.layer() == layer)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void a_short_run_is_kept_whole() {
        List<Step> steps = IntStream.range(0, 1000)
                .mapToObj(i -> i % 8 == 0 ? full(i) : light(i))
                .toList();
        steps.forEach(recorder::keep);

        Trace trace = recorder.trace();

        assertThat(trace.steps()).isEqualTo(steps);
        assertThat(trace.fullSteps()).hasSize(125);
        assertThat(trace.stepsSeen()).isEqualTo(1000);
        assertThat(trace.whole()).isTrue();
    }

    @Test
    void a_run_without_a_step_is_an_empty_trace() {
        Trace trace = recorder.trace();

        assertThat(trace.steps()).isEmpty();
        assertThat(trace.series()).isNotEmpty().allMatch(s -> s.buckets().isEmpty());
        assertThat(trace.stepsSeen()).isZero();
    }

    @Test
    void of_a_long_run_the_first_steps_and_the_last_are_kept() {
        for (int i = 0; i < 100_000; i++) {
            recorder.keep(light(i));
        }

        assertThat(iterations())
                .hasSizeBetween(1500, 4500)
                .endsWith(99_999)
                .isSorted()
                .startsWith(IntStream.range(0, 64).boxed().toArray(Integer[]::new));
    }

    @Test
    void later_steps_are_kept_evenly() {
        for (int i = 0; i < 100_000; i++) {
            recorder.keep(light(i));
        }

        List<Integer> later =
                iterations().stream().filter(i -> i >= 1000 && i < 99_999).toList();
        int stride = later.get(1) - later.get(0);
        for (int i = 1; i < later.size(); i++) {
            assertThat(later.get(i) - later.get(i - 1)).isEqualTo(stride);
        }
    }

    @Test
    void steps_that_were_fully_read_are_not_crowded_out_by_those_that_were_not() {
        for (int i = 0; i < 100_000; i++) {
            recorder.keep(i % 1000 == 0 ? full(i) : light(i));
        }

        assertThat(recorder.trace().fullSteps()).hasSize(100);
    }

    @Test
    void steps_that_stand_out_are_kept_exactly_however_long_the_run() {
        Step broken = light(50_001, 0.5, Double.NaN);
        Step spike = light(50_101, 0.5, 1.1);
        Step drop = light(50_201, 0.5, 0.009);
        Step costly = light(50_301, 5.1, 0.1);
        Step lost = light(50_401, Double.NaN, 0.1);
        Step brokenLayer = aStep(SMALL, 50_501)
                .update("dense_0", "b", tensor(2, Double.NaN))
                .build();
        List<Step> odd = List.of(broken, spike, drop, costly, lost, brokenLayer);
        for (int i = 0; i < 100_000; i++) {
            int iteration = i;
            recorder.keep(odd.stream()
                    .filter(step -> step.iteration() == iteration)
                    .findFirst()
                    .orElseGet(() -> light(iteration)));
        }

        assertThat(recorder.trace().steps()).containsAll(odd);
    }

    @Test
    void extremes_are_kept_exactly_however_long_the_run() {
        Step highest = light(20_001, 0.6, 0.1);
        Step lowest = light(20_101, 0.4, 0.1);
        Step steepest = light(20_201, 0.5, 0.2);
        Step largestStep =
                aStep(SMALL, 20_301).loss(0.5).updateRatio("dense_0", 0.002).build();
        Step largestGradient =
                aStep(SMALL, 20_401).loss(0.5).gradientRms("dense_0", 0.02).build();
        for (int i = 0; i < 40_000; i++) {
            switch (i) {
                case 20_001 -> recorder.keep(highest);
                case 20_101 -> recorder.keep(lowest);
                case 20_201 -> recorder.keep(steepest);
                case 20_301 -> recorder.keep(largestStep);
                case 20_401 -> recorder.keep(largestGradient);
                default -> recorder.keep(i % 2 == 0 ? aStep(SMALL, i).loss(0.5).build() : light(i));
            }
        }

        assertThat(recorder.trace().steps()).contains(highest, lowest, steepest, largestStep, largestGradient);
    }

    @Test
    void a_run_that_is_broken_from_some_step_on_stays_bounded() {
        for (int i = 0; i < 100_000; i++) {
            recorder.keep(light(i, i < 1000 ? 0.5 : Double.NaN, 0.1));
        }

        assertThat(iterations()).hasSizeLessThan(10_000).contains(1000, 1001, 1063);
    }

    @Test
    void every_step_counts_in_the_buckets() {
        int steps = 10_000;
        for (int i = 0; i < steps; i++) {
            recorder.keep(i % 10 == 0 ? full(i) : light(i, i, 0.1));
        }

        Trace trace = recorder.trace();
        List<Bucket> losses = series(trace, Quantity.LOSS, Series.RUN).buckets();
        List<Bucket> gradients = series(trace, Quantity.GRADIENT, 1).buckets();
        assertThat(losses.stream().mapToLong(Bucket::count).sum()).isEqualTo(steps);
        assertThat(losses.get(0).first()).isZero();
        assertThat(losses.get(losses.size() - 1).last()).isEqualTo(steps - 1);
        assertThat(losses.stream().mapToDouble(Bucket::max).max()).hasValue(steps - 1);
        assertThat(gradients.stream().mapToLong(Bucket::count).sum()).isEqualTo(steps / 10);
        assertThat(gradients).allMatch(b -> Math.abs(b.median() - 0.01) < 1e-12);
    }

    @Test
    void layers_that_cannot_learn_have_no_series() {
        ModelView model = aNetwork()
                .frozen("frozen", 2, 2, "relu")
                .plain("pool", "SubsamplingLayer")
                .output("out", 2, 2, "mse")
                .build();

        assertThat(new TraceRecorder(model)
                        .trace().series().stream().map(Series::layer).distinct())
                .containsExactly(Series.RUN, 2);
    }

    @Test
    void histograms_are_thinned_by_iteration() {
        SyntheticRun run = new SyntheticRun(50);
        TraceRecorder deep = new TraceRecorder(run.model());
        for (int i = 0; i < 1000; i++) {
            deep.keep(run.magnitudes(i));
        }

        List<Magnitudes> kept = deep.trace().magnitudes();
        List<Integer> iterations =
                kept.stream().map(Magnitudes::iteration).distinct().toList();
        assertThat(iterations).hasSizeBetween(10, 200).startsWith(0, 1, 2).isSorted();
        assertThat(kept).hasSize(100 * iterations.size());
    }

    @Test
    void iterations_may_begin_anywhere() {
        TraceRecorder resumed = new TraceRecorder(SMALL);
        for (int i = 0; i < 20_000; i++) {
            recorder.keep(light(i));
            resumed.keep(light(i + 5000));
        }

        assertThat(iterations(resumed.trace()))
                .isEqualTo(iterations().stream().map(i -> i + 5000).toList());
    }

    @Test
    void equal_runs_leave_equal_traces_whenever_somebody_looked() {
        SyntheticRun one = new SyntheticRun(3);
        SyntheticRun two = new SyntheticRun(3);
        TraceRecorder first = new TraceRecorder(one.model());
        TraceRecorder second = new TraceRecorder(two.model());
        for (int i = 0; i < 10; i++) {
            one.train(first, 2000 * i, 2000 * (i + 1));
            two.train(second, 2000 * i, 2000 * (i + 1));
            assertThat(second.trace().stepsSeen()).isEqualTo(2000L * (i + 1));
        }

        assertThat(first.trace()).isEqualTo(second.trace());
    }

    @Test
    void validations_are_kept_in_order_and_bounded() {
        for (int i = 0; i < 10_000; i++) {
            recorder.keep(new Validation(i, i));
        }

        assertThat(recorder.trace().validations())
                .hasSize(Memory.MOST_VALIDATIONS)
                .startsWith(new Validation(0, 0), new Validation(1, 1))
                .isSortedAccordingTo((a, b) -> Integer.compare(a.iteration(), b.iteration()));
    }

    @Test
    void steps_of_which_the_loss_alone_was_read_allocate_hardly_anything_in_a_long_run() {
        Outlet outlet = new Outlet(() -> {});
        recorder.attach(outlet);
        recorder.snapshot(outlet, false);
        Bytes fetched = new Bytes(1);
        List<Step> steps =
                IntStream.range(0, 10_000).mapToObj(TraceRecorderTest::light).toList();
        for (int i = 0; i < 20; i++) {
            steps.forEach(recorder::keep);
            fetched = Objects.requireNonNull(recorder.fetch(outlet, fetched));
        }

        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        for (Step step : steps) {
            recorder.keep(step);
        }
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;

        assertThat(allocated / steps.size()).as("bytes a step").isLessThan(16);
        assertThat(Objects.requireNonNull(recorder.fetch(outlet, fetched)).size())
                .as("handed over")
                .isGreaterThan(70 * steps.size());
    }

    @Test
    void a_trace_once_taken_does_not_change() {
        recorder.keep(light(0));
        Trace before = recorder.trace();

        recorder.keep(light(1));

        assertThat(iterations(before)).containsExactly(0);
        assertThat(series(before, Quantity.LOSS, Series.RUN).buckets()).hasSize(1);
        assertThat(iterations()).containsExactly(0, 1);
    }

    @Test
    void a_reader_on_another_thread_always_sees_a_whole_trace() throws InterruptedException, ExecutionException {
        CountDownLatch reading = new CountDownLatch(1);
        int steps = 20_000;
        ExecutorService other = Executors.newSingleThreadExecutor();
        try {
            Future<Integer> reader = other.submit(() -> {
                int looks = 0;
                Trace trace;
                do {
                    trace = recorder.trace();
                    long seen = trace.stepsSeen();
                    if (seen > 0) {
                        assertThat(iterations(trace)).isSorted().endsWith((int) seen - 1);
                    }
                    assertThat(series(trace, Quantity.LOSS, Series.RUN).buckets().stream()
                                    .mapToLong(Bucket::steps)
                                    .sum())
                            .isEqualTo(seen);
                    looks++;
                    reading.countDown();
                } while (trace.stepsSeen() < steps);
                return looks;
            });
            reading.await();
            for (int i = 0; i < steps; i++) {
                recorder.keep(light(i));
            }

            assertThat(reader.get()).isPositive();
        } finally {
            other.shutdownNow();
        }
    }
}
