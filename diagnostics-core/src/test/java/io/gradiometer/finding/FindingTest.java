package io.gradiometer.finding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FindingTest {

    private static final Remedy REMEDY = Remedy.untried("lower-learning-rate", "lower it to 0.01", "");

    @Test
    void without_a_remedy_there_is_no_finding() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> Finding.of("dead-units", Severity.INFO, "Dead.").build())
                .withMessage("finding 'dead-units' offers no remedy");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\n\t"})
    void blank_texts_are_refused(String blank) {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        Finding.of(blank, Severity.INFO, "Dead.").remedy(REMEDY).build());
        assertThatIllegalArgumentException().isThrownBy(() -> Finding.of("dead-units", Severity.INFO, blank)
                .remedy(REMEDY)
                .build());
        assertThatIllegalArgumentException().isThrownBy(() -> Remedy.untried(blank, "lower it", ""));
        assertThatIllegalArgumentException().isThrownBy(() -> Remedy.untried("lower", blank, ""));
        assertThatIllegalArgumentException().isThrownBy(() -> Fact.of(blank, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Undecided(blank, "more steps"));
        assertThatIllegalArgumentException().isThrownBy(() -> new Undecided("dead-units", blank));
        assertThatIllegalArgumentException().isThrownBy(() -> Diagnoses.run(blank));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Dead-units", "dead_units", "dead units", "-dead", "dead-", "2-dead", "../dead"})
    void ids_are_in_kebab_case(String id) {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        Finding.of(id, Severity.INFO, "Dead.").remedy(REMEDY).build())
                .withMessageContaining("'" + id + "'");
        assertThatIllegalArgumentException().isThrownBy(() -> Remedy.untried(id, "lower it", ""));
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.01, 1.01, Double.NaN, Double.POSITIVE_INFINITY})
    void confidence_lies_between_nothing_and_all(double confidence) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Finding.of("dead-units", Severity.INFO, "Dead.")
                        .confidence(confidence)
                        .remedy(REMEDY)
                        .build())
                .withMessageContaining("confidence");
    }

    @Test
    void iterations_do_not_end_before_they_begin() {
        assertThat(new Iterations(3, 3).last()).isEqualTo(3);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Iterations(3, 2))
                .withMessage("iterations end (2) before they begin (3)");
    }

    @Test
    void a_finding_is_open_until_somebody_says_otherwise() {
        Finding finding =
                Finding.of("dead-units", Severity.INFO, "Dead.").remedy(REMEDY).build();

        assertThat(finding.isOpen()).isTrue();
        assertThat(finding.withStatus(Finding.Status.EXPECTED).isOpen()).isFalse();
        assertThat(finding.withStatus(Finding.Status.EXPECTED).withStatus(Finding.Status.OPEN))
                .isEqualTo(finding);
    }

    @Test
    void the_id_tells_whether_it_is_a_symptom_or_a_cause() {
        assertThat(Diagnoses.finding("dead-units", Severity.INFO, Finding.Status.OPEN)
                        .kind())
                .isEqualTo(Finding.Kind.SYMPTOM);
        assertThat(Diagnoses.finding("unused-layer", Severity.INFO, Finding.Status.OPEN)
                        .kind())
                .isEqualTo(Finding.Kind.CAUSE);
        assertThat(Diagnoses.finding("from-outside", Severity.INFO, Finding.Status.OPEN)
                        .kind())
                .isEqualTo(Finding.Kind.SYMPTOM);
    }

    @Test
    void every_promised_id_is_promised_once_and_can_be_used() {
        assertThat(FindingIds.all()).hasSize(38);
        assertThat(new HashSet<>(FindingIds.all())).hasSameSizeAs(FindingIds.all());
        assertThat(FindingIds.all())
                .allSatisfy(id -> assertThat(Diagnoses.finding(id, Severity.INFO, Finding.Status.OPEN)
                                .id())
                        .isEqualTo(id));
    }

    @Test
    void a_builder_that_goes_on_changes_nothing_that_was_built() {
        List<String> layers = new ArrayList<>(List.of("dense_0"));
        Finding.Builder builder =
                Finding.of("dead-units", Severity.INFO, "Dead.").layers(layers).remedy(REMEDY);
        Finding finding = builder.build();

        layers.add("dense_1");
        builder.evidence("more").remedy(REMEDY);

        assertThat(finding.layers()).containsExactly("dense_0");
        assertThat(finding.evidence()).isEmpty();
        assertThat(finding.remedies()).hasSize(1);
    }
}
