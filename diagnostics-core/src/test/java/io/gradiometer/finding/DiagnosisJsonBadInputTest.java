package io.gradiometer.finding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files come from outside: whatever is in them, the answer is a diagnosis or one sentence. */
class DiagnosisJsonBadInputTest {

    private static final String JSON = DiagnosisJson.write(Diagnoses.canonical());

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\n\n"})
    void an_empty_file_is_called_empty(String nothing) {
        assertThatThrownBy(() -> DiagnosisJson.read(nothing))
                .isInstanceOf(IOException.class)
                .hasMessage("is empty");
    }

    @Test
    void a_file_cut_off_anywhere_is_refused_in_one_sentence() {
        String whole = JSON.stripTrailing();
        for (int length = 0; length < whole.length(); length++) {
            assertOneSentence(whole.substring(0, length));
        }
    }

    @Test
    void a_file_with_any_character_changed_is_read_or_refused_in_one_sentence() {
        Random random = new Random(5);
        String replacements = "\"{}[],:0-eN\\ \u0000\ud800x";
        for (int position = 0; position < JSON.length(); position++) {
            StringBuilder changed = new StringBuilder(JSON);
            changed.setCharAt(position, replacements.charAt(random.nextInt(replacements.length())));
            assertReadOrOneSentence(changed.toString());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "7",
                "null",
                "{",
                "{}",
                "{\"schema\": null}",
                "{\"schema\": 1}",
                "{\"schema\": \"gradiometer/diagnosis/2\"}",
                "{\"schema\": \"gradiometer/diagnosis/1\"}",
                "{\"schema\": \"gradiometer/diagnosis/1\", \"run\": []}",
                "{\"schema\": \"gradiometer/diagnosis/1\", \"run\": {\"started\": \"yesterday\"}}",
                "{'schema': 'gradiometer/diagnosis/1'}",
                "<html></html>",
                "PK\u0003\u0004"
            })
    void a_foreign_file_is_refused_in_one_sentence(String foreign) {
        assertOneSentence(foreign);
    }

    @Test
    void another_version_is_named() {
        assertThatThrownBy(() -> DiagnosisJson.read(JSON.replace("diagnosis/1", "diagnosis/2")))
                .isInstanceOf(IOException.class)
                .hasMessage("is no diagnosis: its schema is 'gradiometer/diagnosis/2', not 'gradiometer/diagnosis/1'");
    }

    @ParameterizedTest
    @CsvSource({
        "\"severity\": \"error\", \"severity\": \"fatal\", 'fatal' is no severity",
        "\"kind\": \"symptom\", \"kind\": \"sign\", 'sign' is no kind",
        "\"status\": \"open\", \"status\": \"closed\", 'closed' is no status",
        "\"status\": \"cures\", \"status\": \"heals\", 'heals' is no status",
        "\"confidence\": 0.99, \"confidence\": 99, confidence must lie between 0 and 1",
        "\"remedies\", \"cures\", offers no remedy",
        "\"last\": 80, \"last\": -3, before they begin"
    })
    void a_value_outside_its_set_is_named(String good, String bad, String message) {
        assertThat(JSON).contains(good);

        assertThatThrownBy(() -> DiagnosisJson.read(JSON.replace(good, bad)))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("is a damaged diagnosis: ")
                .hasMessageContaining(message);
    }

    @Test
    void text_behind_the_document_is_damage() {
        assertOneSentence(JSON + JSON);
        assertOneSentence(JSON + "}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{\"a\":"})
    void deep_nesting_is_refused_before_it_hurts(String opening) {
        assertOneSentence("{\"schema\": \"gradiometer/diagnosis/1\", \"future\": " + opening.repeat(500_000));
    }

    @Test
    void endless_strings_and_numbers_are_refused() {
        assertOneSentence("{\"schema\": \"" + "x".repeat(900_000) + "\"}");
        assertOneSentence("{\"schema\": \"" + "x".repeat(2_000_000) + "\"}");
        assertOneSentence("{\"schema\": " + "9".repeat(2_000_000) + "}");
        assertOneSentence("{\"" + "x".repeat(2_000_000) + "\": 1}");
    }

    private static void assertOneSentence(String text) {
        assertThatThrownBy(() -> DiagnosisJson.read(text))
                .isExactlyInstanceOf(IOException.class)
                .satisfies(e -> assertSentence(String.valueOf(e.getMessage())));
    }

    private static void assertReadOrOneSentence(String text) {
        Throwable refusal = catchThrowable(() -> DiagnosisJson.read(text));
        if (refusal != null) {
            assertThat(refusal).isExactlyInstanceOf(IOException.class);
            assertSentence(String.valueOf(refusal.getMessage()));
        }
    }

    private static void assertSentence(String message) {
        assertThat(message).startsWith("is ").hasSizeBetween(8, 1100).doesNotContainPattern("\\p{Cntrl}");
    }
}
