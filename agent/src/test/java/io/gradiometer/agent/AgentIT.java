package io.gradiometer.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradiometer.agent.programs.Hello;
import io.gradiometer.agent.programs.ListensToo;
import io.gradiometer.agent.programs.Loops;
import io.gradiometer.finding.Diagnosis;
import io.gradiometer.finding.Health;
import io.gradiometer.finding.RunInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The jar as users have it, on programs in JVMs of their own. */
class AgentIT {

    private static final String[] HARMLESS = {
        "network", "graph", "earlyStopping", "transfer", "clones", "restored", "pretrain"
    };

    @TempDir
    Path folder;

    private Fork fork() {
        return new Fork(folder);
    }

    @Test
    void every_loop_leaves_a_run_and_trains_as_it_would_without_the_agent() throws Exception {
        Fork.Ended without = fork().run(Loops.class, HARMLESS);
        Fork.Ended with = fork().agent("").run(Loops.class, HARMLESS);

        assertThat(with.exit()).as(with.console()).isZero();
        assertThat(with.said()).isEmpty();
        for (String loop : HARMLESS) {
            assertThat(with.printed(loop)).isNotNull().isEqualTo(without.printed(loop));
            assertThat(with.diagnosis("Loops." + loop + "-1").run().completed()).isTrue();
        }
        assertThat(with.names()).hasSize(HARMLESS.length);
        assertThat(with.diagnosis("Loops.network-1").run().iterations()).isEqualTo(24);
        assertThat(with.diagnosis("Loops.graph-1").run().iterations()).isEqualTo(24);
        assertThat(with.diagnosis("Loops.earlyStopping-1").run().iterations()).isEqualTo(24);
        assertThat(with.diagnosis("Loops.transfer-1").run().iterations()).isEqualTo(12);
        assertThat(with.diagnosis("Loops.network-1").run().title())
                .matches("Loops\\.network\\(\\) at Loops\\.java:\\d+");
        assertThat(with.diagnosis("Loops.pretrain-1").inconclusive())
                .anySatisfy(undecided -> assertThat(undecided.id()).isEqualTo("pretraining"));
    }

    @Test
    void workers_of_a_parallel_wrapper_are_runs_of_their_own() throws Exception {
        Fork.Ended ended = fork().agent("").run(Loops.class, "wrapper");

        assertThat(ended.exit()).as(ended.console()).isZero();
        assertThat(ended.runs()).hasSize(2);
        assertThat(ended.names()).allSatisfy(name -> {
            RunInfo run = ended.diagnosis(name).run();
            assertThat(run.iterations()).isEqualTo(6);
            assertThat(run.title()).startsWith("Loops: ").contains(" on thread ");
        });
    }

    @Test
    void a_listener_on_the_same_network_joins_the_agents_run() throws Exception {
        Fork.Ended ended = fork().agent("").run(ListensToo.class);

        assertThat(ended.console()).contains("iterations 10");
        assertThat(ended.names()).containsExactly("ListensToo.main-1");
        assertThat(ended.diagnosis("ListensToo.main-1").run().iterations()).isEqualTo(10);
    }

    @Test
    void fail_fast_throws_out_of_fit_and_the_run_is_kept() throws Exception {
        Fork.Ended ended = fork().agent("failFast").run(Loops.class, "sick");

        assertThat(ended.exit()).isEqualTo(1);
        assertThat(ended.console())
                .contains("TrainingFailedException: Loops.sick() was stopped after iteration")
                .contains("[exploding-gradient]")
                .doesNotContain("sick to the end");
        assertThat(ended.diagnosis("Loops.sick-1").health()).isEqualTo(Health.SICK);
    }

    @Test
    void without_fail_fast_the_sickest_training_goes_on() throws Exception {
        Fork.Ended ended = fork().agent("").run(Loops.class, "sick");

        assertThat(ended.exit()).as(ended.console()).isZero();
        assertThat(ended.console()).contains("sick to the end");
        assertThat(ended.diagnosis("Loops.sick-1").health()).isEqualTo(Health.SICK);
    }

    @Test
    void a_run_that_ends_in_exit_is_kept_and_said_to_be_broken_off() throws Exception {
        Fork.Ended ended = fork().agent("").run(Loops.class, "exits");

        assertThat(ended.exit()).isEqualTo(3);
        Diagnosis diagnosis = ended.diagnosis("Loops.exits-1");
        assertThat(diagnosis.run().iterations()).isEqualTo(5);
        assertThat(diagnosis.run().completed()).isFalse();
    }

    @Test
    void a_run_that_ends_in_an_exception_is_kept_and_said_to_be_broken_off() throws Exception {
        Fork.Ended ended = fork().agent("").run(Loops.class, "throwsInLoop");

        assertThat(ended.console()).contains("broken on purpose");
        assertThat(ended.diagnosis("Loops.throwsInLoop-1").run().completed()).isFalse();
    }

    @Test
    void a_run_that_is_terminated_from_outside_is_kept() throws Exception {
        Fork fork = fork().agent("");
        Process process = fork.start(Loops.class, "forever");
        while (process.isAlive() && !fork.console().contains("ready")) {
            Thread.sleep(50);
        }
        process.destroy();
        Fork.Ended ended = fork.end(process);

        assertThat(ended.diagnosis("Loops.forever-1").run().iterations()).isGreaterThanOrEqualTo(12);
    }

    @Test
    void networks_that_are_thrown_away_are_kept_as_runs() throws Exception {
        Fork.Ended ended = fork().agent("").run(Loops.class, "many");

        assertThat(ended.names()).containsExactlyInAnyOrder("Loops.many-1", "Loops.many-2", "Loops.many-3");
    }

    @Test
    void an_unknown_option_is_told_and_the_program_runs_on() throws Exception {
        Fork.Ended ended = fork().agent("outptu=elsewhere").run(Loops.class, "network");

        assertThat(ended.said())
                .containsExactly("gradiometer: unknown agent option 'outptu' is ignored; did you mean 'output'?");
        assertThat(ended.exit()).isZero();
        assertThat(ended.runs()).hasSize(1);
    }

    @Test
    void blanks_and_commas_in_the_output_folder_work() throws Exception {
        Path odd = folder.resolve("a b, c,d");
        Fork.Ended ended = fork().agentWith("output=" + odd + ",verbose=false").run(Loops.class, "network");

        assertThat(ended.said()).isEmpty();
        assertThat(odd).isDirectory();
    }

    @Test
    void excluded_callers_are_left_out() throws Exception {
        Fork.Ended ended = fork().agent("exclude=*.programs.*").run(Loops.class, "network");

        assertThat(ended.exit()).isZero();
        assertThat(ended.runs()).isEmpty();
    }

    @Test
    void an_output_that_cannot_be_written_is_told_and_the_program_runs_on() throws Exception {
        Path file = Files.writeString(folder.resolve("taken"), "");
        Fork.Ended ended = fork().agentWith("output=" + file).run(Loops.class, "network");

        assertThat(ended.exit()).isZero();
        assertThat(ended.printed("network")).isNotNull();
        assertThat(ended.said()).singleElement().asString().contains("cannot be written below");
    }

    @Test
    void a_program_without_dl4j_meets_neither_byte_buddy_nor_a_word_of_ours() throws Exception {
        Fork.Ended ended = fork().agent("").jvm("-Xlog:class+load").runAlone(Hello.class);

        assertThat(ended.exit()).isZero();
        assertThat(ended.said()).isEmpty();
        assertThat(ended.console()).contains("GradiometerAgent").doesNotContain("bytebuddy");
    }

    @Test
    void a_second_agent_stands_aside() throws Exception {
        Fork.Ended ended = fork().agent("").agent("").run(Loops.class, "network");

        assertThat(ended.said())
                .containsExactly("gradiometer: the agent is already in this JVM; the second one stands aside");
        assertThat(ended.runs()).hasSize(1);
    }

    @Test
    void jacocos_agent_beside_ours_changes_nothing() throws Exception {
        Fork.Ended before = fork().jvm(jacoco()).agent("").run(Loops.class, "network");
        Fork.Ended after = fork().agent("").jvm(jacoco()).run(Loops.class, "graph");

        assertThat(before.diagnosis("Loops.network-1").run().iterations()).isEqualTo(24);
        assertThat(after.diagnosis("Loops.graph-1").run().iterations()).isEqualTo(24);
    }

    private String jacoco() {
        return "-javaagent:" + Fork.jacoco() + "=destfile=" + folder.resolve("jacoco.exec");
    }

    @Test
    void in_the_jar_only_our_own_packages_keep_their_names() throws IOException {
        try (java.util.jar.JarFile jar =
                new java.util.jar.JarFile(Fork.agentJar().toFile())) {
            List<String> classes = jar.stream()
                    .map(ZipEntry::getName)
                    .filter(name -> name.endsWith(".class"))
                    .toList();

            assertThat(classes).allMatch(name -> name.startsWith("io/gradiometer/"));
            assertThat(classes).anyMatch(name -> name.startsWith("io/gradiometer/agent/shaded/bytebuddy/"));
            assertThat(classes).doesNotHaveDuplicates();
        }
    }
}
