package io.gradiometer.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LifecycleTest {

    @TempDir
    Path output;

    @Test
    void each_invocation_of_a_parameterized_test_is_judged_alone() {
        Execution execution =
                Execution.of(ParameterizedTestCase.class).into(output).hasTests(1, 1);

        assertThat(execution.titles())
                .containsExactlyInAnyOrder(
                        "LifecycleTest.ParameterizedTestCase.trains(boolean) [1] true",
                        "LifecycleTest.ParameterizedTestCase.trains(boolean) [2] false");
        assertThat(execution.failure())
                .startsWith("LifecycleTest.ParameterizedTestCase.trains(boolean) [2] false: sick");
    }

    static class ParameterizedTestCase {
        @Diagnosed
        @ParameterizedTest(name = "[{index}] {0}")
        @ValueSource(booleans = {true, false})
        void trains(boolean healthy, Recorder recorder) {
            Training.fit(recorder.watch(healthy ? Training.healthy() : Training.vanishing()));
        }
    }

    @Test
    void each_repetition_has_a_run_of_its_own() {
        Execution execution = Execution.of(RepeatedTestCase.class).into(output).hasTests(2, 0);

        assertThat(execution.titles())
                .containsExactly(
                        "LifecycleTest.RepeatedTestCase.trains() repetition 1 of 2",
                        "LifecycleTest.RepeatedTestCase.trains() repetition 2 of 2");
    }

    @Diagnosed
    static class RepeatedTestCase {
        @RepeatedTest(2)
        void trains(Recorder recorder) {
            Training.fit(recorder.watch(Training.healthy()));
        }
    }

    @Test
    void dynamic_tests_that_train_are_judged_one_by_one() {
        Execution execution = Execution.of(DynamicTestCase.class).into(output).hasTests(2, 1);

        assertThat(execution.failure()).startsWith("LifecycleTest.DynamicTestCase.trains() deep: sick");
        assertThat(execution.titles())
                .containsExactlyInAnyOrder(
                        "LifecycleTest.DynamicTestCase.trains() flat", "LifecycleTest.DynamicTestCase.trains() deep");
    }

    @Diagnosed
    static class DynamicTestCase {
        @TestFactory
        Stream<DynamicTest> trains(Recorder recorder) {
            return Stream.of(
                    dynamicTest("flat", () -> Training.fit(recorder.watch(Training.healthy()))),
                    dynamicTest("deep", () -> Training.fit(recorder.watch(Training.vanishing()))),
                    dynamicTest("neither", () -> assertThat(recorder).isNotNull()));
        }
    }

    @Test
    void a_factory_that_trains_before_its_tests_is_judged_after_them() {
        Execution execution = Execution.of(TrainingFactoryTestCase.class, SilentFactoryTestCase.class)
                .into(output);

        execution.tests().assertStatistics(counts -> counts.started(2).succeeded(2));
        assertThat(execution.failures().map(Throwable::getMessage))
                .satisfiesExactlyInAnyOrder(
                        trained ->
                                assertThat(trained).startsWith("LifecycleTest.TrainingFactoryTestCase.trains(): sick"),
                        silent -> assertThat(silent).contains("trains(): no network was observed"));
    }

    @Diagnosed
    static class TrainingFactoryTestCase {
        @TestFactory
        DynamicTest trains(Recorder recorder) {
            Training.fit(recorder.watch(Training.vanishing()));
            return dynamicTest(
                    "is deep",
                    () -> assertThat(recorder.diagnosis().run().layers()).hasSize(9));
        }
    }

    @Diagnosed
    static class SilentFactoryTestCase {
        @TestFactory
        DynamicTest trains() {
            return dynamicTest("nothing", () -> assertThat(output()).isEmpty());
        }

        private static String output() {
            return "";
        }
    }

    @Test
    void a_dynamic_test_that_failed_by_itself_keeps_its_failure_beside_ours() {
        Execution execution =
                Execution.of(DynamicFailureTestCase.class).into(output).hasTests(0, 1);

        Throwable failure = execution.failures().findFirst().orElseThrow();
        assertThat(failure).hasMessage("too slow");
        assertThat(failure.getSuppressed()).singleElement().isInstanceOf(DiagnosisError.class);
    }

    @Diagnosed
    static class DynamicFailureTestCase {
        @TestFactory
        DynamicTest trains(Recorder recorder) {
            return dynamicTest("deep", () -> {
                Training.fit(recorder.watch(Training.vanishing()));
                throw new AssertionError("too slow");
            });
        }
    }

    @Test
    void a_network_watched_for_the_whole_class_is_judged_after_all_tests() {
        Execution execution =
                Execution.of(ClassWideTestCase.class, PerClassTestCase.class).into(output);

        execution.tests().assertStatistics(counts -> counts.started(3).succeeded(3));
        assertThat(execution.failures().map(Throwable::getMessage))
                .satisfiesExactlyInAnyOrder(
                        first -> assertThat(first).startsWith("LifecycleTest.ClassWideTestCase: sick, "),
                        second -> assertThat(second).startsWith("LifecycleTest.PerClassTestCase: sick, "));
        assertThat(execution.titles())
                .containsExactlyInAnyOrder("LifecycleTest.ClassWideTestCase", "LifecycleTest.PerClassTestCase");
    }

    @Diagnosed
    static class ClassWideTestCase {
        private static MultiLayerNetwork network = Training.healthy();

        @BeforeAll
        static void watch(Recorder recorder) {
            network = recorder.watch(Training.vanishing());
            Training.fit(network);
        }

        @Test
        void is_deep() {
            assertThat(network.getnLayers()).isEqualTo(9);
        }

        @Test
        void is_known(Recorder recorder) {
            GradiometerAssertions.assertThat(recorder.diagnosis())
                    .hasFinding("vanishing-gradient")
                    .inLayer("dense_0");
        }
    }

    @Diagnosed
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    static class PerClassTestCase {
        private final MultiLayerNetwork network;

        PerClassTestCase(Recorder recorder) {
            network = recorder.watch(Training.vanishing());
        }

        @BeforeAll
        void train() {
            Training.fit(network);
        }

        @Test
        void is_trained() {
            assertThat(network.getIterationCount()).isPositive();
        }
    }

    @Test
    void tests_at_the_same_time_do_not_see_each_other() {
        Execution execution = Execution.of(ParallelTestCase.class, OtherParallelTestCase.class)
                .inParallel()
                .into(output)
                .hasTests(4, 4);

        assertThat(execution.runs()).hasSize(8).allSatisfy(run -> {
            String title = Runs.diagnosis(run).run().title();
            assertThat(Runs.diagnosis(run).run().layers()).hasSize(title.contains("healthy") ? 2 : 9);
        });
    }

    @Diagnosed
    static class ParallelTestCase {
        @RepeatedTest(2)
        void healthy(Recorder recorder) {
            Training.fit(recorder.watch(Training.healthy()));
        }

        @RepeatedTest(2)
        void vanishing(Recorder recorder) {
            Training.fit(recorder.watch(Training.vanishing()));
        }
    }

    @Diagnosed
    static class OtherParallelTestCase extends ParallelTestCase {}
}
