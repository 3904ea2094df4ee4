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
    private static final String LISTENING = "io.gradiometer.dl4j.ListenedLoops";

    @TempDir
    Path with;

    @TempDir
    Path without;

    @TempDir
    Path listening;

    @Test
    void every_loop_trains_bit_by_bit_as_without_the_agent_which_sees_each_step_as_a_listener_does() throws Exception {
        Fork.Ended observed = new Fork(with).onPath(LOOPS).agent("").run(PROGRAM);
        Fork.Ended alone = new Fork(without).onPath(LOOPS).run(PROGRAM);
        Fork.Ended listened =
                new Fork(listening).onPath(LOOPS).onPath(Fork.agentJar()).run(LISTENING, listening.toString());

        assertThat(observed.exit()).as(observed.console()).isZero();
        assertThat(alone.exit()).as(alone.console()).isZero();
        assertThat(listened.exit()).as(listened.console()).isZero();
        assertThat(observed.said()).isEmpty();
        List<String> loops = results(alone);
        assertThat(results(observed)).isEqualTo(loops);
        assertThat(loops).hasSameSizeAs(listened.runs()).hasSizeGreaterThan(15);
        for (int i = 0; i < loops.size(); i++) {
            String loop = loops.get(i).replaceFirst(" .*", "");
            // Each loop is a class in the body of an enum, and the compiler numbers these.
            String folder = "TrainingLoop_" + (i + 1) + ".train-";
            List<RecordedRun> runs = observed.runs().stream()
                    .filter(run -> String.valueOf(run.folder().getFileName()).startsWith(folder))
                    .toList();
            assertThat(runs).as(loop).isNotEmpty().allSatisfy(EveryLoopUnderAgentIT::assertWhole);
            assertThat(runs).as(loop).anySatisfy(run -> assertSameSeen(run, listened.run(loop + "-1")));
        }
    }

    /** Returns what the program printed of each loop: its name, and a number for all bits that came out. */
    private static List<String> results(Fork.Ended ended) {
        return ended.console()
                .lines()
                .filter(line -> line.matches("[A-Z_]+ -?\\d+"))
                .toList();
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

    /** The listener's numbers are held against Deeplearning4j's own by the core's tests. */
    private static void assertSameSeen(RecordedRun byAgent, RecordedRun byListener) {
        Trace agent = Objects.requireNonNull(byAgent.trace());
        Trace listener = Objects.requireNonNull(byListener.trace());
        assertThat(agent.stepsSeen()).isEqualTo(listener.stepsSeen());
        assertThat(agent.model()).isEqualTo(listener.model());
        assertThat(agent.steps()).isEqualTo(listener.steps());
    }
}
