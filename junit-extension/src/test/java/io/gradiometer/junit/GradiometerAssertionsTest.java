package io.gradiometer.junit;

import static io.gradiometer.junit.GradiometerAssertions.assertThat;
// Both at once on purpose: the compiler must tell them apart.
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradiometer.finding.Diagnosis;
import io.gradiometer.finding.Finding;
import io.gradiometer.finding.Severity;
import org.deeplearning4j.nn.api.Model;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.dataset.DataSet;

class GradiometerAssertionsTest {

    private final Diagnosis healthy = Diagnoses.of();
    private final Diagnosis suspect = Diagnoses.of(Diagnoses.vanishing(Severity.WARNING));
    private final Diagnosis sick =
            Diagnoses.of(Diagnoses.exploding(Severity.ERROR), Diagnoses.vanishing(Severity.WARNING));
    private final Diagnosis undecided = Diagnoses.undecided("vanishing-gradient", "12 more steps");

    @Test
    void stand_beside_those_of_assertj() {
        assertThat(healthy).isHealthy();
        assertThat("text").isNotEmpty();
    }

    @Test
    void a_healthy_diagnosis_has_no_errors_and_is_healthy() {
        assertThat(healthy).hasNoErrors().isHealthy();
    }

    @Test
    void a_warning_is_no_error_but_not_healthy() {
        assertThat(suspect).hasNoErrors();

        assertThatThrownBy(() -> assertThat(suspect).isHealthy())
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith("FraudModelTest.trains(): suspect, 1 warning; health was expected")
                .hasMessageContaining("[vanishing-gradient] The signal shrinks");
    }

    @Test
    void errors_are_told_and_warnings_left_out() {
        assertThatThrownBy(() -> assertThat(sick).hasNoErrors())
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith("FraudModelTest.trains(): sick, 1 error, 1 warning; no errors were expected")
                .hasMessageContaining("[exploding-gradient]")
                .hasMessageNotContaining("[vanishing-gradient]");
    }

    @Test
    void what_could_not_be_judged_has_no_errors_but_is_not_healthy() {
        assertThat(undecided).hasNoErrors();

        assertThatThrownBy(() -> assertThat(undecided).isHealthy())
                .hasMessageStartingWith("FraudModelTest.trains(): inconclusive; health was expected")
                .hasMessageEndingWith("[vanishing-gradient] could not be judged, for want of 12 more steps");
    }

    @Test
    void expected_findings_do_not_count_as_trouble_but_are_there() {
        Diagnosis expected = sick.withFindings(finding -> finding.withStatus(Finding.Status.EXPECTED));

        assertThat(expected).hasNoErrors().isHealthy();
        assertThat(expected).hasFinding("exploding-gradient").inLayer("dense_1");
    }

    @Test
    void a_missing_finding_is_told_with_what_is_there_instead() {
        assertThatThrownBy(() -> assertThat(sick).hasFinding("non-finite"))
                .hasMessage("[non-finite] was expected and was not found; found instead: "
                        + "[exploding-gradient] (error) in 'dense_1', [vanishing-gradient] (warning) in 'dense_0'");
    }

    @Test
    void a_finding_in_another_layer_is_not_the_one() {
        assertThat(sick).hasFinding("exploding-gradient").inLayer("dense_1");

        assertThatThrownBy(
                        () -> assertThat(sick).hasFinding("exploding-gradient").inLayer("dense_0"))
                .hasMessageStartingWith("[exploding-gradient] was expected in layer 'dense_0' and was not found");
    }

    @Test
    void names_that_do_not_exist_get_a_suggestion() {
        assertThatThrownBy(() -> assertThat(sick).hasFinding("exploding-gradients"))
                .hasMessageContaining("did you mean 'exploding-gradient'?");
        assertThatThrownBy(
                        () -> assertThat(sick).hasFinding("exploding-gradient").inLayer("dens_1"))
                .hasMessageContaining("there is no layer 'dens_1'; did you mean 'dense_");
    }

    @Test
    void a_detector_that_could_not_decide_is_named_where_its_finding_is_missing() {
        assertThatThrownBy(() -> assertThat(undecided).hasFinding("vanishing-gradient"))
                .hasMessageContaining("found instead: nothing")
                .hasMessageEndingWith("  it could not be judged, for want of 12 more steps");
    }

    @Test
    void claims_on_a_network_hold_and_stand_beside_those_of_assertj() {
        DataSet batch = Training.blobs().batchBy(8).get(0);

        assertThat(Training.healthy())
                .gradientsAreCorrect(batch)
                .dependsOnInput(batch)
                .canOverfitOneBatch(batch)
                .isDeterministic(batch)
                .trainAndEvaluationAgree(batch);
        assertThat(Training.healthy().toComputationGraph())
                .gradientsAreCorrect(batch.toMultiDataSet())
                .dependsOnInput(batch.toMultiDataSet())
                .canOverfitOneBatch(batch.toMultiDataSet())
                .isDeterministic(batch.toMultiDataSet())
                .trainAndEvaluationAgree(batch.toMultiDataSet());
    }

    @Test
    void a_claim_on_a_network_that_does_not_hold_is_told_with_numbers_and_what_to_try() {
        DataSet batch = Training.blobs().batchBy(8).get(0);

        assertThatThrownBy(() -> assertThat(Training.vanishing()).canOverfitOneBatch(batch))
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith("[canOverfitOneBatch] Trained on the same 8 examples for 300 iterations")
                .hasMessageContaining("(limit 0.9)")
                .hasMessageContaining("  try ");
    }

    @Test
    @SuppressWarnings("NullAway") // Callers elsewhere are not checked for null.
    void what_cannot_be_checked_is_refused_and_no_claim_that_failed() {
        assertThatThrownBy(() -> assertThat(Training.healthy()).dependsOnInput((DataSet) null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the batch has no features");
        assertThatThrownBy(() -> assertThat((Model) null).dependsOnInput(Training.blobs()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("there is no network to check");
    }
}
