package io.gradiometer.maven;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradiometer.finding.Finding;
import io.gradiometer.finding.Remedy;
import io.gradiometer.finding.Severity;
import java.util.List;
import org.junit.jupiter.api.Test;

class FindingWarningTest {

    @Test
    void says_what_where_on_which_numbers_and_what_to_try_first() {
        assertThat(FindingWarning.of("FraudModelTest.trains()", SampleRuns.EXPLODING)
                        .lines())
                .containsExactly(
                        "[exploding-gradient] FraudModelTest.trains(): The gradient grew 4000 times from layer 'out' to 'dense_2'.",
                        "  where      layers 'dense_2', 'out', iterations 12 to 80 (error)",
                        "  observed   gradient growth 4000 (limit 1000), loss NaN",
                        "  try        lower the learning rate: 0.1 -> 0.0032");
    }

    @Test
    void names_a_single_layer_and_a_single_iteration_as_such() {
        assertThat(FindingWarning.of("T", SampleRuns.VANISHING))
                .contains("  where      layer 'dense_0', iteration 0 (warning)");
    }

    @Test
    void names_the_causes() {
        assertThat(FindingWarning.of("T", SampleRuns.VANISHING.because(List.of("activation-too-deep"), List.of())))
                .contains("  because    activation-too-deep");
    }

    @Test
    void leaves_out_what_there_is_not() {
        Finding bare = Finding.of("overfitting", Severity.INFO, "The network knows its examples by heart.")
                .remedy(Remedy.untried("more-data", "train on more examples", ""))
                .build();

        assertThat(FindingWarning.of("T", bare))
                .contains("the whole network, iteration 0 (info)")
                .doesNotContain("observed", "because");
    }

    @Test
    void names_from_outside_can_neither_forge_a_line_nor_steer_the_terminal() {
        Finding forged = Finding.of("overfitting", Severity.ERROR, "a\r\n[INFO] fine\u001b[2J\u202e")
                .layers(List.of("x\n[INFO] BUILD SUCCESS"))
                .remedy(Remedy.untried("r", "b\u2028c", ""))
                .build();

        String warning = FindingWarning.of("T\n[ERROR] no", forged);

        assertThat(warning.lines()).hasSize(3).noneMatch(line -> line.startsWith("[INFO]"));
        assertThat(warning).doesNotContain("\u001b", "\u202e", "\u2028");
    }
}
