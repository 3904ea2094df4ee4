package io.gradiometer.maven;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgentJarTest {

    @TempDir
    Path folder;

    @Test
    void a_jar_is_no_trouble() throws IOException {
        assertThat(AgentJar.trouble(
                        Files.createFile(folder.resolve("agent.jar")).toFile()))
                .isEmpty();
    }

    @Test
    void classes_in_a_reactor_that_has_yet_to_pack_them_are_refused() {
        assertThat(AgentJar.trouble(folder.toFile()))
                .hasValueSatisfying(why -> assertThat(why).contains("not yet a jar but " + folder, "mvn package"));
    }

    @Test
    void a_plugin_without_its_agent_is_refused() {
        assertThat(AgentJar.trouble(null))
                .hasValueSatisfying(why -> assertThat(why).contains("excluded"));
    }
}
