package io.gradiometer.maven;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TestPluginTest {

    @Test
    void a_pom_that_says_nothing_lets_the_agent_in() {
        assertThat(new TestPlugin("surefire", null, null).blindness("argLine")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"@{argLine} -Xmx1g", "-Xmx1g ${argLine}"})
    void an_arg_line_that_names_the_property_lets_it_in(String argLine) {
        assertThat(new TestPlugin("surefire", argLine, "1C").blindness("argLine"))
                .isEmpty();
    }

    @Test
    void a_hard_coded_arg_line_keeps_it_out_and_the_way_out_is_said() {
        assertThat(new TestPlugin("surefire", "\n  -Xmx1g\n  -ea ", null).blindness("testArgs"))
                .hasValueSatisfying(why -> assertThat(why).contains("<argLine>@{testArgs} -Xmx1g -ea</argLine>"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", " 0 ", "0C", "never"})
    void without_a_fork_there_is_no_jvm_to_attach_to(String forkCount) {
        assertThat(new TestPlugin("surefire", "@{argLine}", forkCount).blindness("argLine"))
                .hasValueSatisfying(why -> assertThat(why).contains("takes 1 or more"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "2", "0.5C", "1.5C"})
    void any_fork_will_do(String forkCount) {
        assertThat(new TestPlugin("surefire", null, forkCount).blindness("argLine"))
                .isEmpty();
    }
}
