package io.gradiometer.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.gradiometer.config.FailOn;
import io.gradiometer.dl4j.GradiometerListener;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.nio.file.Path;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiagnosedTest {

    @TempDir
    Path output;

    @Test
    void a_healthy_training_passes() {
        Execution.of(HealthyTestCase.class).into(output).hasTests(1, 0);
    }

    @Diagnosed
    static class HealthyTestCase {
        @Test
        void trains(Recorder recorder) {
            Training.fit(recorder.watch(Training.healthy()));
        }
    }

    @Test
    void a_sick_training_fails_with_what_where_why_and_what_to_try() {
        Execution execution = Execution.of(SickTestCase.class).into(output).hasTests(0, 1);

        assertThat(execution.failures()).singleElement().isInstanceOf(DiagnosisError.class);
        assertThat(execution.failure())
                .startsWith("DiagnosedTest.SickTestCase.trains(): sick, ")
                .containsPattern("(?m)^\\[vanishing-gradient\\] .*'dense_0'")
                .containsPattern("(?m)^  observed   ")
                .containsPattern("(?m)^  try        ")
                .containsPattern("(?m)^  more       docs/detectors/vanishing-gradient.md      rerun with seed 42$");
    }

    @Test
    void the_last_line_is_the_path_of_the_page() {
        Execution execution = Execution.of(SickTestCase.class).into(output);

        Path page = execution.runs().get(0).folder().resolve("index.html");
        assertThat(execution.failure().lines().toList()).last().isEqualTo("page  " + page.toUri());
        assertThat(page).exists();
    }

    static class SickTestCase {
        @Test
        @Diagnosed
        void trains(Recorder recorder) {
            Training.fit(recorder.watch(Training.vanishing()));
        }
    }

    @Test
    void a_listener_of_the_tests_own_is_enough() {
        Execution.of(OwnListenerTestCase.class).into(output).hasTests(0, 1);
    }

    @Diagnosed
    static class OwnListenerTestCase {
        @Test
        void trains() {
            MultiLayerNetwork network = Training.vanishing();
            network.setListeners(new GradiometerListener());
            Training.fit(network);
        }
    }

    @Test
    void a_test_in_which_no_network_was_observed_fails() {
        Execution execution =
                Execution.of(UnobservedTestCase.class).into(output).hasTests(0, 1);

        assertThat(execution.failure())
                .startsWith("DiagnosedTest.UnobservedTestCase.trains(): no network was observed; "
                        + "call recorder.watch(model) or add the agent");
        assertThat(execution.runs()).isEmpty();
        assertThat(execution.console()).startsWith("Gradiometer: 0 networks observed");
    }

    @Diagnosed
    static class UnobservedTestCase {
        @Test
        void trains() {
            Training.fit(Training.healthy());
        }
    }

    @Test
    void a_network_that_never_trained_is_not_called_healthy() {
        Execution execution = Execution.of(UntrainedTestCase.class).into(output).hasTests(0, 1);

        assertThat(execution.failure())
                .startsWith(
                        "DiagnosedTest.UntrainedTestCase.watches(): the network was watched but fit was never called");
    }

    @Diagnosed
    static class UntrainedTestCase {
        @Test
        void watches(Recorder recorder) {
            recorder.watch(Training.healthy());
        }
    }

    @Test
    void a_test_that_failed_by_itself_keeps_its_failure_beside_ours() {
        Execution execution = Execution.of(BothFailTestCase.class).into(output).hasTests(0, 1);

        Throwable failure = execution.failures().findFirst().orElseThrow();
        assertThat(failure).hasMessage("accuracy is too low");
        assertThat(failure.getSuppressed()).singleElement().satisfies(ours -> assertThat(ours)
                .isInstanceOf(DiagnosisError.class)
                .hasMessageContaining("[vanishing-gradient]"));
    }

    @Diagnosed
    static class BothFailTestCase {
        @Test
        void trains(Recorder recorder) {
            Training.fit(recorder.watch(Training.vanishing()));
            throw new AssertionError("accuracy is too low");
        }
    }

    @Test
    void a_test_that_failed_before_it_observed_anything_is_left_alone() {
        Execution execution =
                Execution.of(FailsEarlyTestCase.class).into(output).hasTests(0, 2);

        assertThat(execution.failures().map(Throwable::getMessage)).containsOnly("no data");
    }

    @Diagnosed
    static class FailsEarlyTestCase {
        @Test
        void before_watching() {
            throw new IllegalStateException("no data");
        }

        @Test
        void after_watching(Recorder recorder) {
            recorder.watch(Training.healthy());
            throw new IllegalStateException("no data");
        }
    }

    @Test
    void an_aborted_test_stays_aborted() {
        Execution execution = Execution.of(AbortedTestCase.class).into(output);

        execution
                .tests()
                .assertStatistics(counts -> counts.started(1).aborted(1).failed(0));
    }

    @Diagnosed
    static class AbortedTestCase {
        @Test
        void trains(Recorder recorder) {
            Training.fit(recorder.watch(Training.vanishing()));
            assumeThat(false).isTrue();
        }
    }

    @Test
    void all_sick_networks_of_a_test_are_told_in_one_message() {
        String failure = Execution.of(SeveralNetworksTestCase.class)
                .into(output)
                .hasTests(0, 1)
                .failure();

        assertThat(failure)
                .containsPattern(
                        "^DiagnosedTest.SeveralNetworksTestCase.trains\\(\\): sick, \\d+ errors(, \\d+ infos?)? in 3 networks")
                .contains("network 2 of 3, MultiLayerNetwork with 9 layers")
                .contains("network 3 of 3, MultiLayerNetwork with 9 layers")
                .doesNotContain("network 1 of 3");
    }

    @Diagnosed
    static class SeveralNetworksTestCase {
        @Test
        void trains(Recorder recorder) {
            Training.fit(recorder.watch(Training.healthy()));
            Training.fit(recorder.watch(Training.vanishing()));
            Training.fit(recorder.watch(Training.vanishing()));
        }
    }

    @Test
    void the_nearest_annotation_decides() {
        Execution.of(NearestDecidesTestCase.class).into(output).hasTests(2, 1);
    }

    @Diagnosed(failOn = FailOn.NEVER)
    static class NearestDecidesTestCase {
        @Test
        void as_the_class_says(Recorder recorder) {
            Training.fit(recorder.watch(Training.vanishing()));
        }

        @Test
        @Diagnosed(failOn = FailOn.WARNING)
        void as_the_method_says(Recorder recorder) {
            Training.fit(recorder.watch(Training.vanishing()));
        }

        @Test
        @Diagnosed(
                failOn = FailOn.WARNING,
                ignore = {
                    "activation-too-deep",
                    "class-collapse",
                    "loss-not-decreasing",
                    "unchanged-weights",
                    "vanishing-gradient"
                })
        void ignores_what_it_knows(Recorder recorder) {
            Training.fit(recorder.watch(Training.vanishing()));
        }
    }

    @Test
    void works_as_meta_annotation_by_inheritance_and_in_nested_classes() {
        Execution.of(MetaAnnotatedTestCase.class, InheritingTestCase.class)
                .into(output)
                .hasTests(0, 4);
    }

    @Retention(RetentionPolicy.RUNTIME)
    @Diagnosed
    @interface Healthy {}

    static class MetaAnnotatedTestCase {
        @Test
        @Healthy
        void trains(Recorder recorder) {
            Training.fit(recorder.watch(Training.vanishing()));
        }
    }

    @Healthy
    abstract static class Base {}

    static class InheritingTestCase extends Base {
        @Test
        void trains(Recorder recorder) {
            Training.fit(recorder.watch(Training.vanishing()));
        }

        @Nested
        class Inside {
            private MultiLayerNetwork network = Training.healthy();

            @BeforeEach
            void watch(Recorder recorder) {
                network = recorder.watch(Training.vanishing());
            }

            @Test
            void trains_what_the_set_up_watched() {
                Training.fit(network);
            }

            @Test
            void trains_nothing() {
                assertThat(network.numParams()).isPositive();
            }
        }
    }

    @Test
    void what_is_undiagnosed_is_neither_observed_nor_judged() {
        Execution execution =
                Execution.of(UndiagnosedTestCase.class).into(output).hasTests(3, 0);

        assertThat(execution.runs()).isEmpty();
    }

    @Diagnosed
    static class UndiagnosedTestCase {
        @Test
        @Undiagnosed("shows that")
        void trains(Recorder recorder) {
            MultiLayerNetwork network = Training.vanishing();
            assertThat(recorder.watch(network)).isSameAs(network);
            assertThat(network.getListeners()).isEmpty();
            Training.fit(network);
        }

        @Test
        @Undiagnosed("its own listener is its own business")
        void trains_with_a_listener() {
            MultiLayerNetwork network = Training.vanishing();
            network.setListeners(new GradiometerListener());
            Training.fit(network);
        }

        @Nested
        @Undiagnosed("nothing trains here")
        class Inside {
            @Test
            void trains_nothing() {
                assertThat(Training.healthy().getListeners()).isEmpty();
            }
        }
    }

    @Test
    void everything_can_be_skipped_from_outside() {
        Execution execution = Execution.of(SickTestCase.class, UnobservedTestCase.class)
                .with("gradiometer.skip", "true")
                .into(output)
                .hasTests(2, 0);

        assertThat(execution.runs()).isEmpty();
        assertThat(execution.console()).isEmpty();
    }
}
