package io.gradiometer.agent;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;

import io.gradiometer.agent.programs.Hello;
import io.gradiometer.agent.programs.InChildLoader;
import io.gradiometer.agent.programs.ListensToo;
import io.gradiometer.agent.programs.Loads;
import io.gradiometer.agent.programs.Loops;
import io.gradiometer.agent.programs.RunsTests;
import io.gradiometer.agent.programs.Scoped;
import io.gradiometer.agent.programs.SeesIterations;
import io.gradiometer.finding.Diagnosis;
import io.gradiometer.finding.Finding;
import io.gradiometer.finding.Health;
import io.gradiometer.finding.RunInfo;
import io.gradiometer.trace.RunStore;
import io.gradiometer.trace.Trace;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import net.bytebuddy.ByteBuddy;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The jar as users have it, on programs in JVMs of their own. */
class AgentIT {

    private static final String[] HARMLESS = {
        "network", "graph", "sameDiff", "earlyStopping", "transfer", "clones", "restored", "pretrain", "pretrainGraph"
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
        assertThat(with.diagnosis("Loops.sameDiff-1").run().iterations()).isEqualTo(24);
        assertThat(with.diagnosis("Loops.earlyStopping-1").run().iterations()).isEqualTo(24);
        assertThat(with.diagnosis("Loops.transfer-1").run().iterations()).isEqualTo(12);
        assertThat(with.diagnosis("Loops.network-1").run().title())
                .matches("Loops\\.network\\(\\) at Loops\\.java:\\d+");
        assertThat(List.of("Loops.pretrain-1", "Loops.pretrainGraph-1"))
                .allSatisfy(run -> assertThat(with.diagnosis(run).inconclusive())
                        .anySatisfy(undecided -> assertThat(undecided.id()).isEqualTo("pretraining")));
    }

    @Test
    void steps_that_the_program_takes_itself_leave_no_run_and_are_not_disturbed() throws Exception {
        String[] loops = {"errorsFromOutside", "gradientsFromOutside", "errorsFromOutsideOfGraph"};
        Fork.Ended without = fork().run(Loops.class, loops);
        Fork.Ended with = fork().agent("").run(Loops.class, loops);

        assertThat(with.exit()).as(with.console()).isZero();
        assertThat(with.said()).isEmpty();
        assertThat(with.runs()).isEmpty();
        assertThat(List.of(loops))
                .allSatisfy(loop -> assertThat(with.printed(loop)).isNotNull().isEqualTo(without.printed(loop)));
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
    void a_detector_on_the_users_class_path_takes_part(@TempDir Path path) throws Exception {
        Path services = Files.createDirectories(path.resolve("META-INF/services"));
        Files.writeString(services.resolve("io.gradiometer.detector.Detector"), SeesIterations.class.getName());

        Fork.Ended ended = fork().onPath(path).agent("").run(ListensToo.class);

        assertThat(ended.said()).isEmpty();
        assertThat(ended.diagnosis("ListensToo.main-1").findings())
                .filteredOn(finding -> finding.id().equals("sees-iterations"))
                .singleElement()
                .extracting(Finding::summary)
                .isEqualTo("Saw 10 iterations.");
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
    void fail_fast_throws_out_of_the_fit_of_same_diff_as_well() throws Exception {
        Fork.Ended ended = fork().agent("failFast").run(Loops.class, "sickSameDiff");

        assertThat(ended.exit()).isEqualTo(1);
        assertThat(ended.console())
                .contains("TrainingFailedException: Loops.sickSameDiff() was stopped after iteration")
                .doesNotContain("sick to the end");
        assertThat(ended.diagnosis("Loops.sickSameDiff-1").run().completed()).isFalse();
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
    void a_jvm_that_is_killed_leaves_the_trace() throws Exception {
        Fork fork = fork().agent("");
        Process process = fork.start(Loops.class, "forever");
        while (process.isAlive() && !fork.console().contains("a second later")) {
            Thread.sleep(50);
        }
        process.destroyForcibly();
        Fork.Ended ended = fork.end(process);

        Trace trace = ended.run("Loops.forever-1").trace();
        assertThat(trace)
                .isNotNull()
                .extracting(Trace::stepsSeen, as(InstanceOfAssertFactories.LONG))
                .isGreaterThanOrEqualTo(12);
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
    void an_exception_between_two_iterations_breaks_a_run_off_as_well() throws Exception {
        Fork.Ended ended = fork().agent("").run(Loops.class, "throwsInData");

        assertThat(ended.console()).contains("no more data");
        assertThat(ended.diagnosis("Loops.throwsInData-1").run().iterations()).isEqualTo(3);
        assertThat(ended.diagnosis("Loops.throwsInData-1").run().completed()).isFalse();
    }

    @Test
    void what_a_scope_gathers_is_not_kept_twice() throws Exception {
        Fork.Ended ended = fork().agent("").run(Scoped.class);

        assertThat(ended.console()).contains("gathered 10");
        assertThat(ended.runs()).isEmpty();
    }

    @Test
    void another_dl4j_is_told_and_left_alone() throws Exception {
        Path other = folder.resolve("other");
        String network = "org.deeplearning4j.nn.multilayer.MultiLayerNetwork";
        new ByteBuddy().subclass(Object.class).name(network).make().saveIn(other.toFile());

        Fork.Ended ended = fork().agent("").onPath(other).run(Loads.class, network);

        assertThat(ended.console()).contains("loaded " + network);
        assertThat(ended.said())
                .singleElement()
                .asString()
                .startsWith("gradiometer: not observed: this is not the Deeplearning4j 1.0.0-M2.1 that the agent knows")
                .contains("no method ffToLayerActivationsInWs like ours in " + network);
        assertThat(RunStore.readRemarks(folder, session -> true))
                .singleElement()
                .asString()
                .startsWith("not observed: this is not the Deeplearning4j");
    }

    @Test
    void another_version_of_ours_on_the_class_path_is_told_and_left_alone() throws Exception {
        Path jar = folder.resolve("core-of-old.jar");
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.IMPLEMENTATION_VERSION, "0.0.1");
        String setting = "io/gradiometer/config/Setting.class";
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest);
                InputStream in = AgentIT.class.getClassLoader().getResourceAsStream(setting)) {
            out.putNextEntry(new ZipEntry(setting));
            assertThat(in).isNotNull();
            in.transferTo(out);
        }

        Fork.Ended ended = fork().agent("").onPath(jar).run(Loops.class, "network");

        assertThat(ended.exit()).isZero();
        assertThat(ended.printed("network")).isNotNull();
        assertThat(ended.said())
                .singleElement()
                .asString()
                .endsWith("but the class path has Gradiometer 0.0.1; the agent stands aside");
        assertThat(RunStore.readRemarks(folder, session -> true))
                .singleElement()
                .asString()
                .endsWith("the agent stands aside");
    }

    @Test
    void dl4j_in_a_loader_that_does_not_see_us_is_told() throws Exception {
        Fork.Ended ended = fork().agent("").runAlone(InChildLoader.class, Fork.programsPath());

        assertThat(ended.exit()).as(ended.console()).isZero();
        assertThat(ended.printed("network")).isNotNull();
        assertThat(ended.said()).singleElement().asString().contains("not observed: Deeplearning4j is loaded by");
        assertThat(ended.runs()).isEmpty();
    }

    @Test
    void as_a_test_dependency_the_agent_attaches_itself_and_names_runs_after_tests() throws Exception {
        Fork.Ended ended = fork().onPath(Fork.agentJar())
                .jvm("-Dgradiometer.output=" + folder)
                .withJunit()
                .run(RunsTests.class);

        assertThat(ended.console()).contains("passed 4");
        assertThat(ended.said()).isEmpty();
        assertThat(ended.names())
                .containsExactlyInAnyOrder(
                        "SampleCase-1",
                        "SampleCase.trains-1",
                        "SampleCase.trains_on_another_thread-1",
                        "SampleCase.trains_again-1",
                        "SampleCase.trains_again-2",
                        "SampleCase.trains_again-3");
        RunInfo run = ended.diagnosis("SampleCase.trains-1").run();
        assertThat(run.title()).isEqualTo("SampleCase.trains()");
        assertThat(run.iterations()).isEqualTo(8);
        assertThat(run.test())
                .extracting("className", "method")
                .containsExactly("io.gradiometer.agent.programs.SampleCase", "trains");
        assertThat(ended.diagnosis("SampleCase.trains_again-1").run().title())
                .startsWith("SampleCase.trains_again(int) [1]");
    }

    @Test
    void an_agent_that_comes_late_hooks_classes_that_are_already_loaded() throws Exception {
        Fork.Ended ended = fork().onPath(Fork.agentJar())
                .jvm("-Dgradiometer.output=" + folder)
                .withJunit()
                .run(RunsTests.class, "early");

        assertThat(ended.said()).isEmpty();
        assertThat(ended.names()).hasSize(7);
        assertThat(ended.diagnosis("RunsTests.main-1").run().iterations()).isEqualTo(6);
    }

    @Test
    void under_the_agent_junit_names_runs_as_well() throws Exception {
        Fork.Ended ended = fork().agent("").withJunit().run(RunsTests.class);

        assertThat(ended.said()).isEmpty();
        assertThat(ended.names()).hasSize(6).contains("SampleCase.trains-1");
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
            assertThat(jar.stream().map(ZipEntry::getName))
                    .contains("META-INF/LICENSE", "META-INF/licenses/ASM", "META-INF/FastDoubleParser-LICENSE")
                    .doesNotContain("module-info.class");
        }
    }
}
