package io.gradiometer.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.gradiometer.finding.Finding;
import io.gradiometer.trace.Trace;
import java.nio.file.Path;
import java.util.Objects;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecorderTest {

    @TempDir
    Path output;

    @Test
    void tells_in_the_test_what_is_known_so_far() {
        Execution.of(AskingTestCase.class).into(output).hasTests(2, 0);
    }

    static class AskingTestCase {
        @Test
        @ExpectFinding("vanishing-gradient")
        void asks(Recorder recorder) {
            Training.fit(recorder.watch(Training.vanishing()));

            assertThat(recorder.diagnosis().findings())
                    .filteredOn(finding -> finding.id().equals("vanishing-gradient"))
                    .extracting(Finding::status)
                    .containsOnly(Finding.Status.EXPECTED);
            assertThat(recorder.diagnosis().run().title()).isEqualTo("RecorderTest.AskingTestCase.asks()");
        }

        @Test
        @Diagnosed
        void asks_too_early(Recorder recorder) {
            assertThatIllegalStateException()
                    .isThrownBy(recorder::diagnosis)
                    .withMessageContaining("call recorder.watch(model) before");
            Training.fit(recorder.watch(Training.healthy()));
        }
    }

    @Test
    void keeps_validation_scores_in_the_trace() {
        Execution execution =
                Execution.of(ValidatingTestCase.class).into(output).hasTests(1, 0);

        Trace trace = Objects.requireNonNull(execution.runs().get(0).trace());
        assertThat(trace.validations()).singleElement().satisfies(validation -> assertThat(validation.score())
                .isEqualTo(0.75));
    }

    static class ValidatingTestCase {
        @Test
        @Diagnosed
        void validates(Recorder recorder) {
            Training.fit(recorder.watch(Training.healthy()));
            recorder.validation(0.75);
        }
    }

    @Test
    void takes_a_network_from_any_thread() {
        Execution.of(ThreadedTestCase.class).into(output).hasTests(0, 1);
    }

    static class ThreadedTestCase {
        @Test
        @Diagnosed
        void trains_elsewhere(Recorder recorder) throws InterruptedException {
            MultiLayerNetwork network = Training.vanishing();
            Thread trainer = new Thread(() -> Training.fit(recorder.watch(network)));
            trainer.start();
            trainer.join();
        }
    }

    @Test
    void has_no_diagnosis_where_it_is_switched_off() {
        Execution execution = Execution.of(AskingTestCase.class)
                .with("gradiometer.skip", "true")
                .into(output);

        execution
                .tests()
                .assertStatistics(counts -> counts.started(2).aborted(1).failed(1));
    }

    @Test
    void watching_twice_is_watching_once() {
        Execution execution = Execution.of(TwiceTestCase.class).into(output).hasTests(1, 0);

        assertThat(execution.runs()).hasSize(1);
    }

    static class TwiceTestCase {
        @Test
        @Diagnosed
        void watches_twice(Recorder recorder) {
            MultiLayerNetwork network = recorder.watch(Training.healthy());
            Training.fit(recorder.watch(network));
        }
    }

    @Test
    void watches_same_diff_networks() {
        Execution execution = Execution.of(SameDiffTestCase.class).into(output).hasTests(2, 1);

        assertThat(execution.runs()).hasSize(3);
        assertThat(execution.failure()).contains("[vanishing-gradient]", "'dense_0'", "sigmoid");
    }

    static class SameDiffTestCase {
        @Test
        @Diagnosed
        void passes_for_a_healthy_one(Recorder recorder) {
            Training.fit(recorder.watch(Training.healthySameDiff()));

            assertThat(recorder.diagnosis().run().model()).isEqualTo("SameDiff");
            assertThat(recorder.diagnosis().findings()).isEmpty();
        }

        @Test
        @Diagnosed
        void fails_for_a_sick_one(Recorder recorder) {
            Training.fit(recorder.watch(Training.vanishingSameDiff()));
        }

        @Test
        @ExpectFinding("vanishing-gradient")
        void passes_for_one_that_is_meant_to_be_sick(Recorder recorder) {
            Training.fit(recorder.watch(Training.vanishingSameDiff()));
        }
    }

    @Test
    void leaves_a_same_diff_network_alone_where_it_is_switched_off() {
        Execution.of(UntouchedTestCase.class)
                .with("gradiometer.skip", "true")
                .into(output)
                .hasTests(1, 0);
    }

    static class UntouchedTestCase {
        @Test
        @Diagnosed
        void keeps_its_listeners(Recorder recorder) {
            assertThat(recorder.watch(Training.healthySameDiff()).getListeners())
                    .isEmpty();
        }
    }
}
