package io.gradiometer.maven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradiometer.config.Configuration;
import io.gradiometer.config.ConfigurationException;
import io.gradiometer.config.FailOn;
import io.gradiometer.config.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GoalConfigurationTest {

    @TempDir
    Path testClasses;

    @Test
    void a_system_property_beats_the_element_which_beats_the_property_in_the_pom_which_beats_the_file()
            throws IOException {
        Files.writeString(testClasses.resolve(Configuration.FILE), "gradiometer.failOn = info");

        GoalConfiguration told = new GoalConfiguration().file(testClasses);
        assertThat(told.build().text(Setting.FAIL_ON)).isEqualTo("info");

        told.pomProperties(properties("gradiometer.failOn", "never"));
        assertThat(told.build().text(Setting.FAIL_ON)).isEqualTo("never");

        told.element(Setting.FAIL_ON, "warning");
        assertThat(told.build().text(Setting.FAIL_ON)).isEqualTo("warning");

        told.systemProperties(properties("gradiometer.failOn", "error"));
        assertThat(told.build().text(Setting.FAIL_ON)).isEqualTo("error");
    }

    @Test
    void an_element_that_the_pom_does_not_have_leaves_the_default() {
        Configuration configuration =
                new GoalConfiguration().element(Setting.HALT_ON_FAILURE, null).build();

        assertThat(configuration.flag(Setting.HALT_ON_FAILURE)).isTrue();
    }

    @Test
    void a_missing_file_is_no_mistake() throws IOException {
        Configuration configuration = new GoalConfiguration()
                .file(testClasses.resolve("nowhere"))
                .defaultOutput("build/gradiometer")
                .build();

        assertThat(configuration.text(Setting.OUTPUT)).isEqualTo("build/gradiometer");
    }

    @Test
    void a_rule_concerns_its_own_id_alone() {
        Configuration configuration = new GoalConfiguration()
                .rules(List.of(new Rule(" vanishing-gradient\n", " warning "), new Rule("non-finite", "never")))
                .build();

        assertThat(configuration.failOn("vanishing-gradient")).isEqualTo(FailOn.WARNING);
        assertThat(configuration.failOn("non-finite")).isEqualTo(FailOn.NEVER);
        assertThat(configuration.failOn("exploding-gradient")).isEqualTo(FailOn.ERROR);
    }

    @Test
    void a_rule_for_a_test_or_a_layer_becomes_one_with_a_name() {
        Configuration configuration = new GoalConfiguration()
                .rules(List.of(
                        new Rule("non-finite", "never"),
                        new Rule(null, "*Legacy*", " ", "warning"),
                        new Rule("dead-units", "Fraud*;", "dense_*", "info")))
                .build();

        assertThat(configuration.effective())
                .containsEntry("gradiometer.failOn.non-finite", "never")
                .containsEntry("gradiometer.rule.pom-2", "test=*Legacy*; severity=warning")
                .containsEntry("gradiometer.rule.pom-3", "id=dead-units; test=Fraud*,; layer=dense_*; severity=info");
    }

    @Test
    void a_rule_on_the_command_line_beats_the_same_rule_in_the_pom() {
        Configuration configuration = new GoalConfiguration()
                .rules(List.of(new Rule("non-finite", "never")))
                .systemProperties(properties("gradiometer.failOn.non-finite", "info"))
                .build();

        assertThat(configuration.failOn("non-finite")).isEqualTo(FailOn.INFO);
    }

    @Test
    void all_mistakes_are_told_at_once_with_the_place_of_each() throws IOException {
        Files.writeString(testClasses.resolve(Configuration.FILE), "gradiometer.failIfNoDate = true");
        GoalConfiguration told = new GoalConfiguration()
                .systemProperties(properties("gradiometer.failOn", "errors"))
                .element(Setting.HALT_ON_FAILURE, "maybe")
                .element(Setting.IGNORE, "non-finit")
                .rules(List.of(
                        new Rule("dead-unit", "error"),
                        new Rule("non-finite", "fatal"),
                        new Rule(null, "error"),
                        new Rule("overfitting", " "),
                        new Rule("non-finite", "error")))
                .pomProperties(properties("gradiometer.skipped", "true"))
                .file(testClasses);

        assertThatThrownBy(told::build)
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("has 10 mistakes")
                .hasMessageContaining("gradiometer.failOn (system property): 'errors' is not one of")
                .hasMessageContaining("gradiometer.haltOnFailure (pom.xml, <haltOnFailure>): 'maybe' is not one of")
                .hasMessageContaining("(pom.xml, <ignore>): 'non-finit' is no finding id; did you mean 'non-finite'?")
                .hasMessageContaining("(pom.xml, <rules>): 'dead-unit' is no finding id; did you mean 'dead-units'?")
                .hasMessageContaining("(pom.xml, <rules>): 'fatal' is not one of error, warning, info, never")
                .hasMessageContaining("<rule> (pom.xml, <rules>): has no <id>")
                .hasMessageContaining("<rule> 'overfitting' (pom.xml, <rules>): has no <severity>")
                .hasMessageContaining("<rule> 'non-finite' (pom.xml, <rules>): stands there twice")
                .hasMessageContaining("gradiometer.skipped (pom.xml, <properties>): no such setting")
                .hasMessageContaining(
                        "gradiometer.failIfNoDate (gradiometer.properties): no such setting; did you mean 'gradiometer.failIfNoData'?");
    }

    @Test
    void a_mistake_in_a_property_is_not_told_again_of_the_element_that_maven_filled_from_it() {
        GoalConfiguration told = new GoalConfiguration()
                .systemProperties(properties("gradiometer.failOn", "errors"))
                .element(Setting.FAIL_ON, "errors");

        assertThatThrownBy(told::build).hasMessageContaining("has a mistake: gradiometer.failOn (system property)");
    }

    @Test
    void an_id_that_resembles_none_of_ours_may_be_of_a_custom_detector() {
        Configuration configuration = new GoalConfiguration()
                .element(Setting.IGNORE, "leftover-batch")
                .rules(List.of(new Rule("colour-of-the-sky", "never")))
                .build();

        assertThat(configuration.ignored()).containsExactly("leftover-batch");
        assertThat(configuration.failOn("colour-of-the-sky")).isEqualTo(FailOn.NEVER);
    }

    @Test
    void an_id_that_nobody_could_have_is_a_mistake() {
        GoalConfiguration told = new GoalConfiguration().element(Setting.IGNORE, "Leftover_Batch");

        assertThatThrownBy(told::build).hasMessageContaining("'Leftover_Batch' is no finding id");
    }

    @Test
    void skipping_skips_the_mistakes_too() {
        Configuration configuration = new GoalConfiguration()
                .systemProperties(properties("gradiometer.skip", "true"))
                .element(Setting.FAIL_ON, "errors")
                .build();

        assertThat(configuration.flag(Setting.SKIP)).isTrue();
    }

    @Test
    void a_version_kept_in_a_property_and_properties_of_others_are_no_mistakes() {
        Properties properties = properties("gradiometer.version", "0.1.0");
        properties.setProperty("surefire.forkCount", "1");

        Configuration configuration =
                new GoalConfiguration().pomProperties(properties).build();

        assertThat(configuration.effective()).doesNotContainKeys("gradiometer.version", "surefire.forkCount");
    }

    @Test
    void what_the_command_line_and_the_pom_say_is_handed_on_and_the_file_is_not() throws IOException {
        Files.writeString(testClasses.resolve(Configuration.FILE), "gradiometer.failIfInconclusive = true");

        GoalConfiguration told = new GoalConfiguration()
                .file(testClasses)
                .systemProperties(properties("gradiometer.failOn", "info"))
                .pomProperties(properties("gradiometer.limit.dead-units.zeroFraction", "0.5"))
                .element(Setting.FAIL_ON, "warning")
                .element(Setting.IGNORE, "dead-units")
                .rules(List.of(new Rule("non-finite", "never")));

        assertThat(told.withoutFile())
                .containsOnly(
                        Map.entry("gradiometer.failOn", "info"),
                        Map.entry("gradiometer.failOn.non-finite", "never"),
                        Map.entry("gradiometer.ignore", "dead-units"),
                        Map.entry("gradiometer.limit.dead-units.zeroFraction", "0.5"));
    }

    private static Properties properties(String key, String value) {
        Properties properties = new Properties();
        properties.setProperty(key, value);
        return properties;
    }
}
