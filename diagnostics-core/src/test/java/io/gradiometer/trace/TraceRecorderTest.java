package io.gradiometer.trace;

import static io.gradiometer.Runs.aNetwork;
import static io.gradiometer.Runs.aStep;
import static org.assertj.core.api.Assertions.assertThat;

import io.gradiometer.NetworkBuilder;
import io.gradiometer.signal.DataStep;
import io.gradiometer.signal.ModelView;
import io.gradiometer.signal.Step;
import io.gradiometer.signal.TensorStats;
import io.gradiometer.signal.Validation;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class TraceRecorderTest {

    private static final ModelView SMALL =
            aNetwork().dense("dense_0", 2, 2, "relu").output("out", 2, 2, "mse").build();

    /** So wide that the recorder keeps as few steps as it ever does. */
    private static final ModelView DEEP = deep();

    private static final int FEWEST = 2 * TraceRecorder.WHOLE;

    private static ModelView deep() {
        NetworkBuilder network = aNetwork();
        for (int i = 0; i < 300; i++) {
            network.dense("dense_" + i, 2, 2, "relu");
        }
        return network.build();
    }

    private static Step step(int iteration) {
        return new Step(iteration, 0, 1, 0.5, 0.5, 1, true, TensorStats.EMPTY, DataStep.UNREAD, List.of());
    }

    private static List<Long> iterations(Trace trace) {
        return trace.steps().stream().map(s -> (long) s.iteration()).toList();
    }

    /** The rule in its plainest form: the first 64, every s-th with the least power of two that fits, and the last. */
    private static List<Long> expected(long count, int capacity) {
        long stride = 1;
        while (kept(count, stride).count() > capacity) {
            stride *= 2;
        }
        List<Long> expected = new ArrayList<>(kept(count, stride).boxed().toList());
        if (count > 0 && expected.get(expected.size() - 1) != count - 1) {
            expected.add(count - 1);
        }
        return expected;
    }

    private static LongStream kept(long count, long stride) {
        return LongStream.range(0, count).filter(i -> i < TraceRecorder.WHOLE || i % stride == 0);
    }

    @Test
    void what_is_kept_depends_on_the_number_of_steps_alone() {
        TraceRecorder recorder = new TraceRecorder(DEEP);
        for (int count = 0; count <= 12 * FEWEST; count++) {
            Trace trace = recorder.trace();

            assertThat(iterations(trace)).as("after %d steps", count).isEqualTo(expected(count, FEWEST));
            assertThat(trace.stepsSeen()).isEqualTo(count);
            assertThat(trace.whole()).isTrue();
            recorder.keep(step(count));
        }
    }

    @Test
    void a_long_run_of_a_small_network_keeps_the_same_rule() {
        TraceRecorder recorder = new TraceRecorder(SMALL);
        for (int i = 0; i < 10_000; i++) {
            recorder.keep(step(i));
        }

        assertThat(iterations(recorder.trace())).isEqualTo(expected(10_000, 2048));
    }

    @Test
    void memory_does_not_grow_with_the_run() {
        TraceRecorder recorder = new TraceRecorder(DEEP);
        for (int i = 0; i < 100_000; i++) {
            recorder.keep(step(i));
        }

        List<Long> kept = iterations(recorder.trace());
        assertThat(kept).hasSizeBetween(FEWEST / 2, FEWEST + 1).endsWith(99_999L);
        assertThat(kept.subList(0, TraceRecorder.WHOLE))
                .isEqualTo(LongStream.range(0, TraceRecorder.WHOLE).boxed().toList());
    }

    @Test
    void iterations_may_begin_anywhere() {
        TraceRecorder fromZero = new TraceRecorder(DEEP);
        TraceRecorder resumed = new TraceRecorder(DEEP);
        for (int i = 0; i < 1000; i++) {
            fromZero.keep(step(i));
            resumed.keep(step(i + 5000));
        }

        assertThat(iterations(resumed.trace()))
                .isEqualTo(
                        iterations(fromZero.trace()).stream().map(i -> i + 5000).toList());
    }

    @Test
    void equal_runs_leave_equal_traces() {
        assertThat(record(700)).isEqualTo(record(700));
    }

    private static Trace record(int steps) {
        TraceRecorder recorder = new TraceRecorder(SMALL);
        for (int i = 0; i < steps; i++) {
            recorder.keep(aStep(SMALL, i).build());
            if (i % 100 == 0) {
                recorder.keep(new Validation(i, 1.0 / (i + 1)));
            }
        }
        return recorder.trace();
    }

    @Test
    void validation_scores_are_kept_in_order_and_bounded() {
        TraceRecorder recorder = new TraceRecorder(SMALL);
        for (int i = 0; i < 10_000; i++) {
            recorder.keep(new Validation(i, i));
        }

        assertThat(recorder.trace().validations())
                .hasSizeLessThan(5000)
                .startsWith(new Validation(0, 0), new Validation(1, 1))
                .isSortedAccordingTo((a, b) -> Integer.compare(a.iteration(), b.iteration()));
    }

    @Test
    void a_trace_once_taken_does_not_change() {
        TraceRecorder recorder = new TraceRecorder(SMALL);
        recorder.keep(step(0));
        Trace before = recorder.trace();

        recorder.keep(step(1));

        assertThat(iterations(before)).containsExactly(0L);
        assertThat(iterations(recorder.trace())).containsExactly(0L, 1L);
    }

    @Test
    void a_reader_on_another_thread_always_sees_a_whole_trace() throws InterruptedException, ExecutionException {
        TraceRecorder recorder = new TraceRecorder(DEEP);
        CountDownLatch reading = new CountDownLatch(1);
        int steps = 20_000;
        ExecutorService other = Executors.newSingleThreadExecutor();
        try {
            Future<Integer> reader = other.submit(() -> {
                int looks = 0;
                Trace trace;
                do {
                    trace = recorder.trace();
                    assertThat(iterations(trace)).isEqualTo(expected(trace.stepsSeen(), FEWEST));
                    looks++;
                    reading.countDown();
                } while (trace.stepsSeen() < steps);
                return looks;
            });
            reading.await();
            for (int i = 0; i < steps; i++) {
                recorder.keep(step(i));
            }

            assertThat(reader.get()).isPositive();
        } finally {
            other.shutdownNow();
        }
    }
}
