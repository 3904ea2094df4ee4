package io.gradiometer.maven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradiometer.config.ConfigurationException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ArgLineTest {

    private static final Path JAR = Path.of("repository", "agent.jar");

    @Test
    void the_agent_is_appended_to_what_is_there() {
        assertThat(ArgLine.with(" -Xmx1g ", JAR, Map.of())).isEqualTo("-Xmx1g -javaagent:repository/agent.jar");
        assertThat(ArgLine.with(null, JAR, Map.of())).isEqualTo("-javaagent:repository/agent.jar");
    }

    @Test
    void settings_go_along_in_order_of_their_keys() {
        assertThat(ArgLine.with("", JAR, Map.of("gradiometer.b", "2", "gradiometer.a", "1")))
                .isEqualTo("-javaagent:repository/agent.jar -Dgradiometer.a=1 -Dgradiometer.b=2");
    }

    @Test
    void blanks_are_quoted_as_jacoco_does_it() {
        assertThat(ArgLine.with("", Path.of("a b", "agent.jar"), Map.of("gradiometer.output", "/c d,e")))
                .isEqualTo("\"-javaagent:a b/agent.jar\" \"-Dgradiometer.output=/c d,e\"");
    }

    @Test
    void each_kind_of_quote_stands_in_the_other() {
        assertThat(ArgLine.with("", JAR, Map.of("gradiometer.module", "it's")))
                .endsWith(" \"-Dgradiometer.module=it's\"");
        assertThat(ArgLine.with("", JAR, Map.of("gradiometer.module", "a\"b")))
                .endsWith(" '-Dgradiometer.module=a\"b'");
        assertThatThrownBy(() -> ArgLine.with("", JAR, Map.of("gradiometer.module", "'\"")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("both kinds of quotes");
    }

    @Test
    void a_second_time_changes_nothing() {
        String once = ArgLine.with("-ea", JAR, Map.of("gradiometer.module", "a"));

        assertThat(ArgLine.with(once, JAR, Map.of("gradiometer.module", "b"))).isEqualTo(once);
    }
}
