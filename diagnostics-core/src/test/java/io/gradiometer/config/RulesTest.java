package io.gradiometer.config;

import static io.gradiometer.finding.Diagnoses.finding;
import static org.assertj.core.api.Assertions.assertThat;

import io.gradiometer.config.Configuration.Source;
import io.gradiometer.finding.Diagnoses;
import io.gradiometer.finding.Finding;
import io.gradiometer.finding.Finding.Status;
import io.gradiometer.finding.Remedy;
import io.gradiometer.finding.RunInfo;
import io.gradiometer.finding.Severity;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RulesTest {

    /** In {@code com.example.FraudModelTest.trains}, on the 2nd of January 2026. */
    private static final RunInfo RUN = Diagnoses.run("a-1");

    private static final Finding DEAD = Finding.of("dead-units", Severity.WARNING, "Dead.")
            .layers(List.of("dense_0", "dense_1"))
            .remedy(Remedy.untried("relu", "use ReLU", ""))
            .build();

    private static Configuration of(String... pairs) {
        Map<String, String> settings = new HashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            settings.put("gradiometer." + pairs[i], pairs[i + 1]);
        }
        return Configuration.of(new Source("pom.xml", settings));
    }

    private static FailOn failOn(String... pairs) {
        Configuration configuration = of(pairs);
        assertThat(configuration.mistakes()).isEmpty();
        return configuration.failOn(DEAD, RUN);
    }

    @Nested
    class A_rule {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "id=dead-units",
                    "test=FraudModelTest",
                    "test=com.example.FraudModelTest",
                    "test=FraudModelTest.trains",
                    "test=com.example.*.trains",
                    "test=*Fraud*",
                    "layer=dense_1",
                    "layer=dense_*",
                    "id=dead-units; test=*.trains; layer=*_0;"
                })
        void covers_what_all_of_its_patterns_match(String scope) {
            assertThat(failOn("rule.a", scope + "; severity=info")).isEqualTo(FailOn.INFO);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "id=non-finite",
                    "test=FraudModel",
                    "test=FraudModelTest.train",
                    "test=com.example.*.other",
                    "layer=dense_2",
                    "layer=dense",
                    "id=dead-units; test=*.trains; layer=out"
                })
        void covers_nothing_else(String scope) {
            assertThat(failOn("rule.a", scope + "; severity=info")).isEqualTo(FailOn.ERROR);
        }

        @Test
        void beats_what_is_set_for_an_id_which_beats_what_is_set_for_all() {
            assertThat(failOn("failOn", "info")).isEqualTo(FailOn.INFO);
            assertThat(failOn("failOn", "info", "failOn.dead-units", "never")).isEqualTo(FailOn.NEVER);
            assertThat(failOn(
                            "failOn", "info", "failOn.dead-units", "never", "rule.a", "layer=dense_0; severity=error"))
                    .isEqualTo(FailOn.ERROR);
        }

        @Test
        void that_says_more_beats_one_that_says_less() {
            assertThat(failOn(
                            "rule.a", "id=dead-units; severity=info",
                            "rule.b", "id=dead-units; test=*Fraud*; severity=never",
                            "rule.c", "layer=dense_0; severity=info"))
                    .isEqualTo(FailOn.NEVER);
        }

        @Test
        void that_is_stricter_beats_one_that_says_as_much() {
            assertThat(failOn(
                            "rule.a", "test=*Fraud*; severity=never",
                            "rule.b", "layer=dense_0; severity=error",
                            "rule.c", "id=dead-units; severity=warning"))
                    .isEqualTo(FailOn.ERROR);
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "severity=info | has no id, no test and no layer; gradiometer.failOn is for all findings",
                    "id=dead-unit; severity=info | 'dead-unit' is no finding id; did you mean 'dead-units'?",
                    "id=dead-units | severity: '' is not one of error, warning, info, never",
                    "id=dead-units; severity=eror | severity: 'eror' is not one of error, warning, info, never; did you mean 'error'?",
                    "id=dead-units; sevrity=info | 'sevrity' is not one of id, test, layer, severity; did you mean 'severity'?",
                    "dead-units; severity=info | 'dead-units' has no value; written are key=value, separated by semicolons",
                    "id=dead-units; id=non-finite; severity=info | 'id' stands there twice"
                })
        void with_a_mistake_is_told_with_its_place(String text, String mistake) {
            assertThat(of("rule.a", text).mistakes())
                    .singleElement()
                    .asString()
                    .startsWith("gradiometer.rule.a (pom.xml): ")
                    .contains(mistake);
        }

        @Test
        void with_a_mistake_counts_for_nothing() {
            assertThat(of("rule.a", "id=dead-units; sevrity=info").failOn(DEAD, RUN))
                    .isEqualTo(FailOn.ERROR);
        }

        @Test
        void about_tests_that_did_not_run_or_layers_that_no_network_has_is_idle() {
            Judge judge = new Judge(
                    of(
                            "rule.a", "test=Gone*; severity=info",
                            "rule.b", "layer=gone; severity=info",
                            "rule.c", "test=Fraud*; layer=dense_0; id=non-finite; severity=info"),
                    List.of());

            assertThat(judge.idle(List.of(Diagnoses.of(DEAD))))
                    .containsExactly(
                            "Rule 'a' matches nothing: no run has a test 'Gone*' with a layer '*'.",
                            "Rule 'b' matches nothing: no run has a test '*' with a layer 'gone'.");
        }

        @Test
        void names_an_id_that_a_detector_of_the_users_may_have() {
            assertThat(of("rule.a", "id=leftover-batch; severity=info", "suppress.b", valid("leftover-labels"))
                            .namedIds())
                    .containsExactly("leftover-batch", "leftover-labels");
        }
    }

    private static String valid(String id) {
        return "id=" + id + "; until=2026-01-02; reason=is replaced";
    }

    @Nested
    class A_suppression {

        private static Status status(String text) {
            Configuration configuration = of("suppress.old-model", text);
            assertThat(configuration.mistakes()).isEmpty();
            return new Judge(configuration, List.of())
                    .mark(Diagnoses.of(DEAD))
                    .findings()
                    .get(0)
                    .status();
        }

        @Test
        void holds_back_what_it_covers_up_to_its_last_day() {
            assertThat(status("id=dead-units; until=2026-01-02; reason=known")).isEqualTo(Status.SUPPRESSED);
            assertThat(status("id=dead-units; until=2026-01-01; reason=known")).isEqualTo(Status.OPEN);
        }

        @Test
        void holds_back_nothing_else() {
            assertThat(status("id=non-finite; until=2030-01-01; reason=known")).isEqualTo(Status.OPEN);
            assertThat(status("id=dead-units; test=Other*; until=2030-01-01; reason=known"))
                    .isEqualTo(Status.OPEN);
            assertThat(status("id=dead-units; layer=out; until=2030-01-01; reason=known"))
                    .isEqualTo(Status.OPEN);
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "until=2026-01-02; reason=known | has no id; it takes the id of the findings that are known",
                    "id=dead-units; until=2026-01-02 | has no reason; say why these findings may stay",
                    "id=dead-units; reason=known | until='' is no day; written is until=2027-01-31",
                    "id=dead-units; until=31.1.2027; reason=known | until='31.1.2027' is no day; written is until=2027-01-31",
                    "id=dead-units; until=2027-02-30; reason=known | until='2027-02-30' is no day",
                    "id=dead-unit; until=2026-01-02; reason=known | 'dead-unit' is no finding id; did you mean 'dead-units'?"
                })
        void with_a_mistake_is_told_with_its_place(String text, String mistake) {
            assertThat(of("suppress.a", text).mistakes())
                    .singleElement()
                    .asString()
                    .startsWith("gradiometer.suppress.a (pom.xml): ")
                    .contains(mistake);
        }

        @Test
        void that_has_expired_or_matches_nothing_is_idle() {
            Judge judge = new Judge(
                    of(
                            "suppress.a", "id=dead-units; until=2026-01-01; reason=due in January",
                            "suppress.b", "id=non-finite; until=2030-01-01; reason=known",
                            "suppress.c", "id=dead-units; until=2030-01-01; reason=known"),
                    List.of());

            assertThat(judge.idle(List.of(Diagnoses.of(DEAD))))
                    .containsExactly(
                            "Suppression 'a' (due in January) has expired on 2026-01-01: what it held back counts again.",
                            "Suppression 'b' (known) matches nothing: remove it, unless its tests did not run.");
        }
    }

    @Nested
    class Judging_again {

        private static final Finding OFF = finding("dead-units", Severity.WARNING, Status.SUPPRESSED);

        @Test
        void opens_what_nothing_holds_back_any_more() {
            Judge judge = new Judge(of(), List.of());

            assertThat(judge.remark(Diagnoses.of(OFF)).findings().get(0).status())
                    .isEqualTo(Status.OPEN);
        }

        @Test
        void leaves_what_the_run_itself_had_switched_off_or_expected() {
            Judge judge = new Judge(of("ignore", "non-finite"), List.of());
            Finding expected = finding("vanishing-gradient", Severity.ERROR, Status.EXPECTED);

            var again = judge.remark(
                    Diagnoses.of(OFF, expected).withConfiguration(Map.of("gradiometer.ignore", "dead-units")));

            assertThat(again.findings())
                    .extracting(Finding::status)
                    .containsExactly(Status.SUPPRESSED, Status.EXPECTED);
            assertThat(again.configuration()).containsEntry("gradiometer.ignore", "dead-units,non-finite");
            assertThat(judge.remark(again)).isEqualTo(again);
        }

        @Test
        void states_the_settings_that_it_judged_by_and_leaves_the_others() {
            Judge judge =
                    new Judge(of("failOn", "info", "rule.b", "layer=x; severity=info", "exact", "true"), List.of());

            var again = judge.remark(Diagnoses.of()
                    .withConfiguration(Map.of(
                            "gradiometer.exact", "false",
                            "gradiometer.rule.a", "layer=y; severity=info",
                            "gradiometer.failOn", "error")));

            assertThat(again.configuration())
                    .containsEntry("gradiometer.exact", "false")
                    .containsEntry("gradiometer.failOn", "info")
                    .containsEntry("gradiometer.rule.b", "layer=x; severity=info")
                    .doesNotContainKey("gradiometer.rule.a");
        }
    }
}
