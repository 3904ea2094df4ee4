package io.gradiometer.junit;

import io.gradiometer.finding.Diagnosis;
import org.apiguardian.api.API;

/**
 * Assertions on diagnoses, for any test framework.
 *
 * <p>May be imported beside AssertJ's: {@code assertThat(recorder.diagnosis()).isHealthy()} finds this one.
 */
@API(status = API.Status.EXPERIMENTAL)
public final class GradiometerAssertions {

    private GradiometerAssertions() {}

    /** Starts assertions on a diagnosis. */
    public static DiagnosisAssert assertThat(Diagnosis diagnosis) {
        return new DiagnosisAssert(diagnosis);
    }
}
