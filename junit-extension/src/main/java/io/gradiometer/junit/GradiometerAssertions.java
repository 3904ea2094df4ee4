package io.gradiometer.junit;

import io.gradiometer.finding.Diagnosis;
import org.apiguardian.api.API;
import org.deeplearning4j.nn.api.Model;

/**
 * Assertions on diagnoses and on networks, for any test framework.
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

    /** Starts assertions on a {@code MultiLayerNetwork} or {@code ComputationGraph}. */
    public static ModelAssert assertThat(Model model) {
        return new ModelAssert(model);
    }
}
