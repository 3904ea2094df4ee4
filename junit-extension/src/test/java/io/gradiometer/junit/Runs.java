package io.gradiometer.junit;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradiometer.finding.Diagnosis;
import io.gradiometer.trace.RecordedRun;
import java.util.Objects;

/** Reads recorded runs that must be whole. */
final class Runs {

    private Runs() {}

    static Diagnosis diagnosis(RecordedRun run) {
        assertThat(run.problems()).isEmpty();
        return Objects.requireNonNull(run.diagnosis());
    }
}
