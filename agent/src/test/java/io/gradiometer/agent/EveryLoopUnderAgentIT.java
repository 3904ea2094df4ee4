package io.gradiometer.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradiometer.finding.Diagnosis;
import io.gradiometer.signal.Step;
import io.gradiometer.trace.RecordedRun;
import io.gradiometer.trace.Trace;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The agent in every training loop: what {@code docs/loops.md} says of it. */
class EveryLoopUnderAgentIT {

    private static final Path LOOPS = Path.of(System.getProperty("loops.classes"));
    private static final String PROGRAM = "io.gradiometer.loops.EveryLoop";

    @TempDir
    Path with;

    @TempDir
    Path without;

    @Test
    void every_loop_trains_bit_by_bit_as_without_the_agent_and_leaves_a_run_with_every_iteration() throws Exception {
        Fork.Ended observed = new Fork(with).onPath(LOOPS).agent("").run(PROGRAM);
        Fork.Ended alone = new Fork(without).onPath(LOOPS).run(PROGRAM);

        assertThat(observed.exit()).as(observed.console()).isZero();
        assertThat(observed.said()).isEmpty();
        List<String> loops = alone.console()
                .lines()
                .filter(line -> line.matches("[A-Z_]+ -?\\d+"))
                .toList();
        assertThat(loops).hasSizeGreaterThan(15);
        assertThat(observed.console().lines()).containsAll(loops);
        for (int i = 0; i < loops.size(); i++) {
            // Each loop is a class in the body of an enum, and the compiler numbers these.
            String folder = "TrainingLoop_" + (i + 1) + ".train-";
            List<RecordedRun> runs = observed.runs().stream()
                    .filter(run -> String.valueOf(run.folder().getFileName()).startsWith(folder))
                    .toList();
            assertThat(runs).as(loops.get(i)).isNotEmpty().allSatisfy(EveryLoopUnderAgentIT::assertWhole);
        }
    }

    private static void assertWhole(RecordedRun run) {
        Diagnosis diagnosis = Objects.requireNonNull(run.diagnosis());
        Trace trace = Objects.requireNonNull(run.trace());
        assertThat(run.problems()).isEmpty();
        assertThat(diagnosis.run().completed()).isTrue();
        assertThat(diagnosis.run().iterations()).isPositive();
        assertThat(trace.stepsSeen()).isEqualTo(diagnosis.run().iterations());
        assertThat(trace.fullSteps()).isNotEmpty().allSatisfy((Step step) -> {
            assertThat(step.loss()).isFinite();
            assertThat(step.gradient(trace.model()).isRead()).isTrue();
        });
    }
}
