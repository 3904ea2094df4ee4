package io.gradiometer.maven;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradiometer.config.Configuration;
import io.gradiometer.config.Judge;
import io.gradiometer.finding.Finding;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GateTest {

    @TempDir
    Path output;

    private SampleRuns samples;

    @BeforeEach
    void open_a_session() {
        samples = SampleRuns.in(output);
    }

    @Nested
    class Breaks {

        @Test
        void on_an_open_error_and_warns_of_it_alone() throws IOException {
            samples.exploding("A").vanishing("B").healthy("C");

            Gate.Result result = judge();

            assertThat(result.broken()).isTrue();
            assertThat(result.warnings()).singleElement().asString().startsWith("[exploding-gradient] A: ");
            assertThat(result.counts())
                    .isEqualTo(
                            "3 training runs: 1 healthy, 1 suspect, 1 sick; 1 error, 1 warning; 1 finding breaks a rule");
        }

        @Test
        void on_every_finding_that_a_rule_hits() throws IOException {
            samples.exploding("A").vanishing("B");

            Gate.Result result = judge("gradiometer.failOn.vanishing-gradient", "warning");

            assertThat(result.warnings()).hasSize(2);
            assertThat(result.counts()).endsWith("2 findings break a rule");
        }

        @Test
        void on_runs_that_could_not_be_judged_if_asked() throws IOException {
            samples.inconclusive("A").withDiagnosisCutOff("B").healthy("C");

            Gate.Result result = judge("gradiometer.failIfInconclusive", "true");

            assertThat(result.broken()).isTrue();
            assertThat(result.warnings())
                    .hasSize(2)
                    .contains("A could not be judged: vanishing-gradient lacks 40 more iterations");
            assertThat(result.counts())
                    .isEqualTo(
                            "3 training runs: 1 healthy, 1 inconclusive, 1 unreadable; no finding; 2 runs could not be judged");
        }
    }

    @Nested
    class Passes {

        @Test
        void healthy_runs() throws IOException {
            samples.healthy("A");

            assertThat(judge()).isEqualTo(new Gate.Result(List.of(), "1 training run: 1 healthy; no finding", false));
        }

        @Test
        void an_error_that_is_exempt_but_counts_it() throws IOException {
            samples.exploding("A");

            Gate.Result result = judge("gradiometer.failOn.exploding-gradient", "never");

            assertThat(result.broken()).isFalse();
            assertThat(result.warnings()).isEmpty();
            assertThat(result.counts()).isEqualTo("1 training run: 1 sick; 1 error");
        }

        @Test
        void an_error_that_is_ignored_and_counts_it_apart() throws IOException {
            samples.exploding("A");

            Gate.Result result = judge("gradiometer.ignore", "exploding-gradient");

            assertThat(result.broken()).isFalse();
            assertThat(result.counts()).isEqualTo("1 training run: 1 healthy; 1 suppressed");
        }

        @Test
        void an_error_that_its_test_expected() throws IOException {
            samples.with(samples.diagnosis("A", SampleRuns.EXPLODING.withStatus(Finding.Status.EXPECTED)));

            Gate.Result result = judge();

            assertThat(result.broken()).isFalse();
            assertThat(result.counts()).isEqualTo("1 training run: 1 healthy; 1 expected");
        }

        @Test
        void inconclusive_and_unreadable_runs_unless_asked_but_names_the_unreadable() throws IOException {
            samples.inconclusive("A").withDiagnosisCutOff("B");

            Gate.Result result = judge();

            assertThat(result.broken()).isFalse();
            assertThat(result.warnings()).singleElement().asString().contains("B-1", "diagnosis.json");
            assertThat(result.counts()).isEqualTo("2 training runs: 1 inconclusive, 1 unreadable; no finding");
        }
    }

    private Gate.Result judge(String... keyAndValue) {
        Configuration configuration = Configuration.of(new Configuration.Source(
                "test", keyAndValue.length == 0 ? Map.of() : Map.of(keyAndValue[0], keyAndValue[1])));
        return new Gate(configuration)
                .judge(BuildRuns.read(output, new BuildRuns.Build("", Instant.EPOCH, false))
                        .judgedBy(new Judge(configuration, List.of()))
                        .runs());
    }
}
