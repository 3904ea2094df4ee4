package io.gradiometer.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradiometer.Locales;
import io.gradiometer.config.Configuration.Source;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigurationTest {

    private static Configuration of(String... keysAndValues) {
        return Configuration.of(source("pom.xml", keysAndValues));
    }

    private static Source source(String name, String... keysAndValues) {
        Map<String, String> settings = new HashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            settings.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        return new Source(name, settings);
    }

    @Nested
    class Precedence {

        @Test
        void the_first_source_that_states_a_setting_decides_it() {
            Configuration configuration = Configuration.of(
                    source("annotation", "gradiometer.failOn", "info"),
                    source("system property", "gradiometer.failOn", "never", "gradiometer.skip", "true"),
                    source("pom.xml", "gradiometer.skip", "false", "gradiometer.module", "fraud"));

            assertThat(configuration.text(Setting.FAIL_ON)).isEqualTo("info");
            assertThat(configuration.flag(Setting.SKIP)).isTrue();
            assertThat(configuration.text(Setting.MODULE)).isEqualTo("fraud");
        }

        @Test
        void what_nobody_states_is_the_default() {
            Configuration configuration = of();

            assertThat(Setting.values()).allSatisfy(setting -> assertThat(configuration.text(setting))
                    .isEqualTo(setting.defaultValue()));
            assertThat(configuration.mistakes()).isEmpty();
            assertThat(configuration.failOn("dead-units")).isEqualTo(FailOn.ERROR);
        }

        @Test
        void every_default_is_itself_accepted() {
            String[] defaults = Arrays.stream(Setting.values())
                    .flatMap(s -> Arrays.stream(new String[] {s.key(), s.defaultValue()}))
                    .toArray(String[]::new);

            assertThat(of(defaults).mistakes()).isEmpty();
        }

        @Test
        void other_peoples_keys_are_none_of_our_business() {
            Configuration configuration = of("java.home", "x", "gradiometerish", "y");

            assertThat(configuration.mistakes()).isEmpty();
            assertThat(configuration.effective()).doesNotContainKeys("java.home", "gradiometerish");
        }

        @Test
        void the_record_holds_every_setting_as_it_counts() {
            Configuration configuration =
                    of("gradiometer.failOn", " warning ", "gradiometer.limit.dead-units.zeroFraction", "0.5");

            assertThat(configuration.effective())
                    .hasSize(Setting.values().length + 1)
                    .containsEntry("gradiometer.failOn", "warning")
                    .containsEntry("gradiometer.skip", "false")
                    .containsEntry("gradiometer.limit.dead-units.zeroFraction", "0.5");
        }
    }

    @Test
    void formats_are_named_in_any_order_and_written_in_one() {
        assertThat(of().formats()).containsExactly(Format.HTML);
        assertThat(of("gradiometer.formats", " csv,sarif\n html sarif ").formats())
                .containsExactly(Format.HTML, Format.SARIF, Format.CSV);
        assertThat(of("gradiometer.formats", "sarif, pdf").formats()).containsExactly(Format.SARIF);
    }

    @Nested
    class Mistakes {

        @Test
        void formats_that_do_not_exist_are_told_with_those_that_do() {
            assertThat(of("gradiometer.formats", "html, jnuit").mistakes())
                    .containsExactly(
                            "gradiometer.formats (pom.xml): 'jnuit' is not one of html, json, sarif, junit, markdown,"
                                    + " github, csv; did you mean 'junit'?");
            assertThat(of("gradiometer.formats", " ").mistakes())
                    .containsExactly(
                            "gradiometer.formats (pom.xml): names no format: it takes one or more of html, json,"
                                    + " sarif, junit, markdown, github, csv");
        }

        @Test
        void all_are_told_at_once_each_with_source_and_suggestion() {
            Configuration configuration = Configuration.of(
                    source("system property", "gradiometer.failOn", "eror"),
                    source("pom.xml", "gradiometer.ignore", "dead-unit, non-finite", "gradiometer.skipp", "true"));

            assertThat(configuration.mistakes())
                    .containsExactly(
                            "gradiometer.failOn (system property): 'eror' is not one of error, warning, info, never;"
                                    + " did you mean 'error'?",
                            "gradiometer.ignore (pom.xml): 'dead-unit' is no finding id; did you mean 'dead-units'?",
                            "gradiometer.skipp (pom.xml): no such setting; did you mean 'gradiometer.skip'?");
        }

        @Test
        void two_in_one_value_are_both_told() {
            assertThat(of("gradiometer.ignore", "dead-unit,vanished-gradient").mistakes())
                    .singleElement()
                    .asString()
                    .contains("'dead-units'", "'vanishing-gradient'");
        }

        @Test
        void one_that_a_better_source_hides_is_still_told() {
            Configuration configuration = Configuration.of(
                    source("system property", "gradiometer.skip", "true"),
                    source("pom.xml", "gradiometer.skip", "yes"));

            assertThat(configuration.mistakes()).hasSize(1);
            assertThat(configuration.flag(Setting.SKIP)).isTrue();
        }

        @ParameterizedTest
        @CsvSource({
            "gradiometer.skip, yes",
            "gradiometer.skip, ''",
            "gradiometer.failIfInconclusive, 1",
            "gradiometer.expectations, off",
            "gradiometer.failOn, ''",
            "gradiometer.failOn.dead-units, sometimes",
            "gradiometer.failOn.dead-unit, error",
            "gradiometer.failOn., error",
            "gradiometer.limit.dead-units.zeroFraction, half",
            "gradiometer.limit.dead-units.zeroFraction, '0,5'",
            "gradiometer.limit.dead-units.zeroFraction, NaN",
            "gradiometer.limit.dead-units.zeroFraction, ''",
            "gradiometer.ignore, all",
            "gradiometer., x",
            "gradiometer.FAILON, error"
        })
        void each_is_told(String key, String value) {
            assertThat(of(key, value).mistakes()).singleElement().asString().startsWith(key + " (pom.xml): ");
        }

        @ParameterizedTest
        @CsvSource({
            "gradiometer.skip, ' true '",
            "gradiometer.failOn, Warning",
            "gradiometer.failOn.dead-units, never",
            "gradiometer.expectations, ignore",
            "gradiometer.ignore, 'dead-units non-finite,,overfitting '",
            "gradiometer.limit.dead-units.zeroFraction, ' 0.5 '",
            "gradiometer.limit.dead-units.zeroFraction, 1e-7",
            "gradiometer.limit.dead-units.zeroFraction, Infinity",
            "gradiometer.output, any text"
        })
        void what_is_accepted_is_none(String key, String value) {
            assertThat(of(key, value).mistakes()).isEmpty();
        }

        @ParameterizedTest
        @ValueSource(strings = {Locales.ROOT, Locales.GERMAN, Locales.ARABIC, "tr-TR"})
        void the_language_of_the_machine_makes_none(String locale) {
            assertThat(Locales.in(locale, () -> of("gradiometer.failOn", "INFO").failOn("dead-units")))
                    .isEqualTo(FailOn.INFO);
            assertThat(Locales.in(
                            locale, () -> of("gradiometer.limit.a.b", "0.5").limits("a")))
                    .containsEntry("b", 0.5);
        }

        @Test
        void one_is_a_sentence_and_more_are_a_list() {
            assertThat(new ConfigurationException(of("gradiometer.skip", "yes").mistakes()))
                    .hasMessage("Gradiometer's configuration has a mistake:"
                            + " gradiometer.skip (pom.xml): 'yes' is not one of true, false");
            assertThat(new ConfigurationException(of("gradiometer.skip", "1", "gradiometer.failOn", "2")
                            .mistakes()))
                    .hasMessageStartingWith("Gradiometer's configuration has 2 mistakes:\n  - gradiometer.failOn")
                    .hasMessageContaining("\n  - gradiometer.skip");
        }
    }

    @Nested
    class Rules {

        @Test
        void an_id_of_its_own_beats_the_rule_for_all() {
            Configuration configuration = of("gradiometer.failOn", "warning", "gradiometer.failOn.dead-units", "never");

            assertThat(configuration.failOn("dead-units")).isEqualTo(FailOn.NEVER);
            assertThat(configuration.failOn("non-finite")).isEqualTo(FailOn.WARNING);
        }

        @Test
        void a_rule_that_cannot_be_read_is_the_strict_default() {
            assertThat(of("gradiometer.failOn", "nevver").failOn("dead-units")).isEqualTo(FailOn.ERROR);
        }

        @Test
        void ids_are_listed_with_commas_or_blanks() {
            assertThat(of("gradiometer.ignore", " dead-units, non-finite\n overfitting")
                            .ignored())
                    .isEqualTo(Set.of("dead-units", "non-finite", "overfitting"));
            assertThat(of("gradiometer.ignore", "").ignored()).isEmpty();
        }

        @Test
        void limits_belong_to_one_detector() {
            Configuration configuration = of(
                    "gradiometer.limit.dead-units.zeroFraction", " 0.5 ",
                    "gradiometer.limit.dead-units.minSteps", "10",
                    "gradiometer.limit.dead-units-too.zeroFraction", "0.9",
                    "gradiometer.limit.dead-units.broken", "x");

            assertThat(configuration.limits("dead-units")).isEqualTo(Map.of("zeroFraction", 0.5, "minSteps", 10.0));
            assertThat(configuration.limits("dead")).isEmpty();
            assertThat(configuration.limitSources()).hasSize(4).containsEntry("dead-units.zeroFraction", "pom.xml");
        }
    }

    @Nested
    class Sources {

        @Test
        void the_file_is_read_from_the_class_path_and_may_be_absent() {
            ClassLoader with = classPath(Map.of(Configuration.FILE, "gradiometer.failOn = never\nother = x"));

            assertThat(Source.file(with).settings()).containsEntry("gradiometer.failOn", "never");
            assertThat(Source.file(classPath(Map.of())).settings()).isEmpty();
        }

        @Test
        void a_file_with_a_broken_escape_is_named() {
            ClassLoader broken = classPath(Map.of(Configuration.FILE, "gradiometer.module = \\u00zz"));

            assertThatThrownBy(() -> Source.file(broken))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("gradiometer.properties is no properties file");
        }

        @Test
        void a_file_that_cannot_be_read_is_named() {
            ClassLoader unreadable = new ClassLoader(null) {
                @Override
                public InputStream getResourceAsStream(String name) {
                    return new InputStream() {
                        @Override
                        public int read() throws IOException {
                            throw new IOException("disk on fire");
                        }

                        @Override
                        public int read(byte[] into, int offset, int length) throws IOException {
                            return read();
                        }
                    };
                }
            };

            assertThatThrownBy(() -> Source.file(unreadable))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessage("Gradiometer's configuration has a mistake:"
                            + " gradiometer.properties cannot be read: disk on fire");
        }

        @Test
        void system_properties_beat_the_file() {
            Thread thread = Thread.currentThread();
            ClassLoader before = thread.getContextClassLoader();
            thread.setContextClassLoader(
                    classPath(Map.of(Configuration.FILE, "gradiometer.failOn = info\ngradiometer.module = m")));
            System.setProperty("gradiometer.failOn", "never");
            try {
                Configuration configuration = Configuration.ofThisJvm();

                assertThat(configuration.text(Setting.FAIL_ON)).isEqualTo("never");
                assertThat(configuration.text(Setting.MODULE)).isEqualTo("m");
            } finally {
                System.clearProperty("gradiometer.failOn");
                thread.setContextClassLoader(before);
            }
        }

        @Test
        void a_thread_without_a_class_path_still_gets_a_configuration() {
            Thread thread = Thread.currentThread();
            ClassLoader before = thread.getContextClassLoader();
            thread.setContextClassLoader(null);
            try {
                assertThat(Configuration.ofThisJvm().text(Setting.OUTPUT)).isEqualTo("target/gradiometer");
            } finally {
                thread.setContextClassLoader(before);
            }
        }

        @Test
        void a_property_that_another_thread_removes_meanwhile_is_absent() {
            Properties before = System.getProperties();
            Properties vanishing = new Properties() {
                private static final long serialVersionUID = 1;

                @Override
                public @Nullable String getProperty(String key) {
                    return key.equals("gradiometer.module") ? null : super.getProperty(key);
                }
            };
            vanishing.putAll(before);
            vanishing.setProperty("gradiometer.module", "gone");
            System.setProperties(vanishing);
            try {
                assertThat(Source.systemProperties().settings()).doesNotContainKey("gradiometer.module");
            } finally {
                System.setProperties(before);
            }
        }

        private ClassLoader classPath(Map<String, String> files) {
            return new ClassLoader(null) {
                @Override
                public @Nullable InputStream getResourceAsStream(String name) {
                    String content = files.get(name);
                    return content == null
                            ? null
                            : new ByteArrayInputStream(content.getBytes(StandardCharsets.ISO_8859_1));
                }
            };
        }
    }
}
