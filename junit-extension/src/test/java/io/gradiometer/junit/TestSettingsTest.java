package io.gradiometer.junit;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradiometer.config.FailOn;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestSettingsTest {

    @TempDir
    Path output;

    @Test
    void a_member_left_at_its_default_lets_the_system_property_decide() {
        Execution.of(SickTestCase.class)
                .with("gradiometer.failOn", "never")
                .into(output)
                .hasTests(1, 0);
    }

    @Test
    void an_annotation_beats_the_system_property() {
        Execution.of(StrictTestCase.class)
                .with("gradiometer.failOn", "never")
                .into(output)
                .hasTests(0, 1);
    }

    @Test
    void all_mistakes_come_in_one_message() {
        String failure = Execution.of(MistakenTestCase.class)
                .with("gradiometer.failOn", "errors")
                .with("gradiometer.limit.vanishing-gradient.dacay", "0.1")
                .into(output)
                .hasTests(0, 1)
                .failure();

        assertThat(failure)
                .startsWith("Gradiometer's configuration has 4 mistakes:")
                .contains("gradiometer.failOn (system property): 'errors' is not one of error, warning, info, never; "
                        + "did you mean 'error'?")
                .contains("gradiometer.ignore (@Diagnosed on TestSettingsTest.MistakenTestCase.trains): "
                        + "'dead-unit' is no finding id; did you mean 'dead-units'?")
                .contains("@ExpectFinding on TestSettingsTest.MistakenTestCase.trains: 'nan' is no finding id")
                .contains("gradiometer.limit.vanishing-gradient.dacay");
    }

    @Test
    void a_blank_reason_is_no_reason() {
        String failure =
                Execution.of(NoReasonTestCase.class).into(output).hasTests(0, 1).failure();

        assertThat(failure)
                .isEqualTo("Gradiometer's configuration has a mistake: "
                        + "@Undiagnosed on TestSettingsTest.NoReasonTestCase.trains: "
                        + "the reason is blank; say why nothing is diagnosed there");
    }

    static class SickTestCase {
        @Test
        @Diagnosed
        void trains(Recorder recorder) {
            Training.fit(recorder.watch(Training.vanishing()));
        }
    }

    static class StrictTestCase {
        @Test
        @Diagnosed(failOn = FailOn.WARNING)
        void trains(Recorder recorder) {
            Training.fit(recorder.watch(Training.vanishing()));
        }
    }

    static class MistakenTestCase {
        @Test
        @Diagnosed(ignore = "dead-unit")
        @ExpectFinding("nan")
        void trains(Recorder recorder) {
            Training.fit(recorder.watch(Training.healthy()));
        }
    }

    static class NoReasonTestCase {
        @Test
        @Diagnosed
        @Undiagnosed(" ")
        void trains() {
            Training.fit(Training.healthy());
        }
    }
}
