package io.gradiometer.finding;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class DiseaseTest {

    private static final Finding VANISHING =
            symptom("vanishing-gradient").because(List.of("activation-too-deep"), List.of());
    private static final Finding STUCK =
            symptom("loss-not-decreasing").because(List.of("unscaled-input", "activation-too-deep"), List.of());
    private static final Finding TOO_DEEP = cause("activation-too-deep");
    private static final Finding UNSCALED = cause("unscaled-input");
    private static final Finding DEAD = symptom("dead-units");

    @Test
    void symptoms_that_share_a_cause_are_one_disease_with_it() {
        assertThat(Disease.of(List.of(VANISHING, STUCK, TOO_DEEP)))
                .containsExactly(new Disease(VANISHING, List.of(STUCK, TOO_DEEP)));
    }

    @Test
    void a_cause_of_a_later_symptom_belongs_to_the_disease_as_well() {
        assertThat(Disease.of(List.of(VANISHING, STUCK, UNSCALED)))
                .containsExactly(new Disease(VANISHING, List.of(STUCK, UNSCALED)));
    }

    @Test
    void what_has_no_cause_in_common_stands_alone() {
        assertThat(Disease.of(List.of(DEAD, VANISHING, UNSCALED)))
                .containsExactly(
                        new Disease(DEAD, List.of()),
                        new Disease(VANISHING, List.of()),
                        new Disease(UNSCALED, List.of()));
        assertThat(Disease.of(List.of(DEAD, symptom("saturated-units")))).hasSize(2);
    }

    @Test
    void nothing_found_is_no_disease() {
        assertThat(Disease.of(List.of())).isEmpty();
        assertThat(Disease.of(List.of(VANISHING, STUCK)).get(0).size()).isEqualTo(2);
    }

    private static Finding symptom(String id) {
        return Finding.of(id, Severity.ERROR, "It is there.")
                .remedy(Remedy.untried("lower-learning-rate", "lower it", ""))
                .build();
    }

    private static Finding cause(String id) {
        return Finding.of(id, Severity.ERROR, "It is so.")
                .remedy(Remedy.untried("lower-learning-rate", "lower it", ""))
                .build();
    }
}
