package io.gradiometer.maven;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class NoRunsTest {

    private static final Path OUTPUT = Path.of("target", "gradiometer");

    @Test
    void names_the_folder_and_every_likely_reason() {
        assertThat(NoRuns.explain(OUTPUT, false))
                .startsWith("No training run was recorded in " + OUTPUT)
                .contains(
                        "recorder.watch(model)",
                        "agent",
                        "<argLine>",
                        "forkCount=0",
                        "another version of Deeplearning4j");
    }

    @Test
    void names_the_one_reason_where_it_is_certain() {
        assertThat(NoRuns.explain(OUTPUT, true))
                .contains("the tests were skipped")
                .doesNotContain("agent");
    }
}
