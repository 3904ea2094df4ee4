package io.gradiometer.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradiometer.finding.FindingIds;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuggestionTest {

    @ParameterizedTest
    @CsvSource({
        "'', '', 0",
        "'', abc, 3",
        "dead-units, dead-units, 0",
        "dead-unit, dead-units, 1",
        "kitten, sitting, 3",
        "flaw, lawn, 2",
        "Dead-Units, dead-units, 0"
    })
    void the_distance_counts_letters_to_change(String a, String b, int distance) {
        assertThat(Suggestion.distance(a, b)).isEqualTo(distance);
        assertThat(Suggestion.distance(b, a)).isEqualTo(distance);
    }

    @Test
    void the_distance_is_that_of_the_definition() {
        Random random = new Random(23);
        for (int trial = 0; trial < 500; trial++) {
            String a = word(random);
            String b = word(random);

            assertThat(Suggestion.distance(a, b)).as(a + " to " + b).isEqualTo(byDefinition(a, b));
        }
    }

    private static String word(Random random) {
        return random.ints(random.nextInt(7), 'a', 'd')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static int byDefinition(String a, String b) {
        if (a.isEmpty() || b.isEmpty()) {
            return a.length() + b.length();
        }
        String restA = a.substring(1);
        String restB = b.substring(1);
        if (a.charAt(0) == b.charAt(0)) {
            return byDefinition(restA, restB);
        }
        return 1 + Math.min(byDefinition(restA, restB), Math.min(byDefinition(restA, b), byDefinition(a, restB)));
    }

    @ParameterizedTest
    @CsvSource({
        "dead-unit, dead-units",
        "DEAD-UNITS, dead-units",
        "vanishing-gradients, vanishing-gradient",
        "exploding_gradient, exploding-gradient",
        "non-finit, non-finite",
        "learning-rate-to-high, learning-rate-too-high"
    })
    void a_slip_gets_the_id_that_was_meant(String given, String meant) {
        assertThat(Suggestion.of(given, FindingIds.all())).isEqualTo("; did you mean '" + meant + "'?");
    }

    @Test
    void something_far_from_everything_gets_none() {
        assertThat(Suggestion.of("colour-of-the-sky", FindingIds.all())).isEmpty();
        assertThat(Suggestion.of("x", List.of())).isEmpty();
    }
}
