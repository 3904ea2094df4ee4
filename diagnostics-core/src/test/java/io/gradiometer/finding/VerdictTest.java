package io.gradiometer.finding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class VerdictTest {

    private static final Finding FINDING = Diagnoses.finding("dead-units", Severity.INFO, Finding.Status.OPEN);

    @Test
    void fold_hands_each_case_to_its_own_function() {
        assertThat(name(new Verdict.Clear(7))).isEqualTo("clear 7");
        assertThat(name(Verdict.Found.one(FINDING))).isEqualTo("found dead-units");
        assertThat(name(new Verdict.Inconclusive("3 more steps"))).isEqualTo("inconclusive 3 more steps");
        assertThat(name(new Verdict.NotApplicable("no weights"))).isEqualTo("not applicable no weights");
    }

    private static String name(Verdict verdict) {
        return verdict.fold(
                clear -> "clear " + clear.stepsSeen(),
                found -> "found " + found.findings().get(0).id(),
                inconclusive -> "inconclusive " + inconclusive.missing(),
                notApplicable -> "not applicable " + notApplicable.why());
    }

    @Test
    void to_find_nothing_is_no_finding() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Verdict.Found(List.of()));
    }

    @Test
    void silence_must_say_what_is_missing() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Verdict.Inconclusive(" "));
        assertThatIllegalArgumentException().isThrownBy(() -> new Verdict.NotApplicable(""));
    }
}
