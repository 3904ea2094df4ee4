package io.gradiometer.maven;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradiometer.maven.NoRuns.Agent;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class NoRunsTest {

    private static final Path OUTPUT = Path.of("target", "gradiometer");

    private static String explained(
            boolean skipped, boolean tests, Agent agent, List<String> blind, List<String> remarks) {
        return new NoRuns(OUTPUT, skipped, tests, true, agent, blind, remarks).explain();
    }

    @Test
    void names_the_folder_and_what_is_missing_where_nobody_asked_for_the_agent() {
        assertThat(explained(false, true, Agent.NOT_ASKED_FOR, List.of(), List.of()))
                .startsWith("0 networks observed: no training run was recorded in " + OUTPUT)
                .contains(
                        "prepare-agent is not among this plugin's goals",
                        "recorder.watch(model)",
                        "gradiometer.output");
    }

    @Test
    void names_the_one_reason_where_it_is_certain() {
        assertThat(explained(true, true, Agent.PREPARED, List.of("blind"), List.of()))
                .endsWith("The likely reason: the tests were skipped");
        assertThat(explained(false, false, Agent.PREPARED, List.of(), List.of()))
                .endsWith("The likely reason: this module has no tests");
        assertThat(explained(false, true, Agent.SKIPPED, List.of(), List.of())).contains("prepare-agent was skipped");
        assertThat(explained(false, true, Agent.NOT_THIS_TIME, List.of(), List.of()))
                .contains("run the tests first");
    }

    @Test
    void what_the_agent_said_itself_comes_before_guesses() {
        assertThat(explained(
                        false, true, Agent.PREPARED, List.of("blind"), List.of("not observed: another Deeplearning4j")))
                .endsWith("The likely reason: not observed: another Deeplearning4j");
    }

    @Test
    void what_keeps_the_agent_out_is_a_reason() {
        assertThat(explained(false, true, Agent.PREPARED, List.of("surefire has a hard-coded argLine"), List.of()))
                .endsWith("The likely reason: surefire has a hard-coded argLine");
    }

    @Test
    void a_test_plugin_that_found_no_test_is_a_reason() {
        assertThat(new NoRuns(OUTPUT, false, true, false, Agent.PREPARED, List.of(), List.of()).explain())
                .contains("The likely reason: no test ran");
    }

    @Test
    void where_nothing_keeps_the_agent_out_no_test_trained() {
        assertThat(explained(false, true, Agent.PREPARED, List.of(), List.of()))
                .contains("no test trained a MultiLayerNetwork");
    }
}
