package io.gradiometer.finding;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradiometer.Golden;
import io.gradiometer.Locales;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FindingTextTest {

    private static final Finding FINDING = Finding.of(
                    "dead-units",
                    Severity.WARNING,
                    "Layer 'dense_2': 141 of 256 units gave zero in all 50 sampled steps.")
            .layers(List.of("dense_2"))
            .seen(120, 999, 170)
            .fact(Fact.of("zero fraction", 0.5508, 0.3))
            .fact(Fact.of("steps sampled", 50))
            .evidence("these units receive no gradient and can no longer learn")
            .evidence("the learning rate is 0.1")
            .ruledOut("unscaled input")
            .remedy(Remedy.untried(
                    "lower-learning-rate", "lower the learning rate from 0.1 to 0.0032", "new Sgd(0.0032)"))
            .remedy(Remedy.untried("use-leaky-relu", "use LeakyReLU", ""))
            .build();

    @ParameterizedTest
    @ValueSource(strings = {Locales.ROOT, Locales.GERMAN, Locales.ARABIC})
    void says_what_observed_why_and_what_to_try(String locale) throws IOException {
        String text = Locales.in(locale, () -> FindingText.render(FINDING, 42));

        Golden.assertMatches("finding.txt", onUnix(text) + "\n");
    }

    @Test
    void a_finding_without_facts_or_evidence_leaves_no_holes() {
        Finding bare = Finding.of("non-finite", Severity.ERROR, "Layer 'out': NaN.")
                .seen(3, 7, 3)
                .remedy(Remedy.untried("lower-learning-rate", "lower the learning rate to 0.01", ""))
                .build();

        assertThat(onUnix(FindingText.render(bare, 7)))
                .isEqualTo(
                        """
                        [non-finite] Layer 'out': NaN.
                          observed   iterations 3 to 7
                          try        lower the learning rate to 0.01
                          more       docs/detectors/non-finite.md      rerun with seed 7""");
    }

    @Test
    void symptoms_of_one_cause_are_told_in_a_line_each() {
        Finding stuck =
                bare("loss-not-decreasing", "The loss did not fall.").because(List.of("unscaled-input"), List.of());
        Finding dead = bare("dead-units", "Layer 'in': dead.").because(List.of("unscaled-input"), List.of());
        Finding unscaled = bare("unscaled-input", "Column 3 is 1e4 times as large.");
        Finding other = bare("overfitting", "It learns by heart.");

        assertThat(onUnix(FindingText.render(List.of(dead, stuck, unscaled, other), 7)))
                .isEqualTo(
                        """
                        [dead-units] Layer 'in': dead.
                          observed   iterations 3 to 7
                          because    unscaled-input
                          try        standardise it
                          also       [loss-not-decreasing] The loss did not fall.
                                     [unscaled-input] Column 3 is 1e4 times as large.
                          more       docs/detectors/dead-units.md      rerun with seed 7
                        [overfitting] It learns by heart.
                          observed   iterations 3 to 7
                          try        standardise it
                          more       docs/detectors/overfitting.md      rerun with seed 7""");
    }

    private static Finding bare(String id, String summary) {
        return Finding.of(id, Severity.ERROR, summary)
                .seen(3, 7, 3)
                .remedy(Remedy.untried("standardise-input", "standardise it", ""))
                .build();
    }

    @Test
    void numbers_that_are_none_are_shown_as_such() {
        Finding finding = Finding.of("non-finite", Severity.ERROR, "Layer 'out': NaN.")
                .fact(Fact.of("loss", Double.NaN, Double.POSITIVE_INFINITY))
                .remedy(Remedy.untried("lower-learning-rate", "lower the learning rate to 0.01", ""))
                .build();

        assertThat(FindingText.render(finding, 1)).contains("loss NaN (limit Infinity)");
    }

    @Test
    void a_name_from_outside_cannot_speak_to_the_terminal() {
        Finding finding = Finding.of("dead-units", Severity.INFO, "Layer '\u001b[2J\u0007\r\nBUILD SUCCESS': dead.")
                .remedy(Remedy.untried("lower-learning-rate", "lower it\u001b[31m", ""))
                .build();

        String text = onUnix(FindingText.render(finding, 1));

        assertThat(text.lines()).hasSize(4);
        assertThat(text.replace("\n", "")).doesNotContainPattern("\\p{Cntrl}");
    }

    private static String onUnix(String text) {
        return text.replace(System.lineSeparator(), "\n");
    }
}
