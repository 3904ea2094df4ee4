package io.gradiometer.detector;

import static io.gradiometer.finding.Severity.ERROR;
import static io.gradiometer.finding.Severity.INFO;
import static io.gradiometer.finding.Severity.WARNING;
import static org.assertj.core.api.Assertions.assertThat;

import io.gradiometer.finding.Finding;
import io.gradiometer.finding.Remedy;
import io.gradiometer.finding.Severity;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CauseDetectorTest {

    /** Explains a loss that oscillates, and one that does not decrease. */
    private final CauseDetector cause = new BatchTooSmall(BatchTooSmall.Limits.DEFAULT);

    private static Finding symptom(String id, Severity severity) {
        return Finding.of(id, severity, "It is so.")
                .remedy(Remedy.untried("use-adam", "use Adam", ""))
                .build();
    }

    @Test
    void is_as_grave_as_the_gravest_symptom_that_it_explains() {
        assertThat(cause.gravest(List.of(
                        symptom("non-finite", ERROR),
                        symptom("loss-oscillating", INFO),
                        symptom("loss-not-decreasing", WARNING))))
                .isEqualTo(WARNING);
    }

    @Test
    void is_a_note_where_it_explains_nothing() {
        assertThat(cause.gravest(List.of(symptom("non-finite", ERROR)))).isEqualTo(INFO);
        assertThat(cause.gravest(List.of())).isEqualTo(INFO);
    }

    @Test
    void explains_nothing_else_once_it_is_narrowed_down() {
        cause.narrowTo(Set.of("loss-oscillating"));

        assertThat(cause.explains("loss-oscillating")).isTrue();
        assertThat(cause.explains("loss-not-decreasing")).isFalse();
    }
}
