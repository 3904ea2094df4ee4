package io.gradiometer.finding;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.gradiometer.Golden;
import io.gradiometer.Locales;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DiagnosisJsonTest {

    private static Schema schema;

    @BeforeAll
    static void read_the_published_schema() throws IOException {
        try (InputStream in = DiagnosisJson.class.getResourceAsStream("diagnosis-1.schema.json")) {
            schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(Objects.requireNonNull(in), InputFormat.JSON);
        }
    }

    static Stream<Diagnosis> diagnoses() {
        Finding finding = Diagnoses.finding("dead-units", Severity.INFO, Finding.Status.OPEN);
        return Stream.of(
                Diagnoses.canonical(),
                Diagnoses.of(),
                Diagnoses.of(finding),
                Diagnoses.of(finding).withRun(Diagnoses.run("no-test-1", null, null)),
                Diagnoses.of(finding)
                        .withRun(Diagnoses.run("again-1", new RunInfo.TestRef("A", "b", "b()", "A.b", 2), null)),
                new Diagnosis(
                        Diagnoses.run("undecided-1"),
                        List.of(),
                        List.of(new Undecided("non-finite", "a step")),
                        new Cost(0, 0),
                        Map.of("gradiometer.limit.dead-units.zeroFraction", "0.5")));
    }

    @ParameterizedTest
    @ValueSource(strings = {Locales.ROOT, Locales.GERMAN, Locales.ARABIC})
    void the_file_is_the_same_everywhere(String locale) throws IOException {
        String json = Locales.in(locale, () -> DiagnosisJson.write(Diagnoses.canonical()));

        Golden.assertMatches("diagnosis.json", json);
    }

    @ParameterizedTest
    @MethodSource("diagnoses")
    void what_is_read_is_what_was_written(Diagnosis diagnosis) throws IOException {
        String json = DiagnosisJson.write(diagnosis);

        assertThat(DiagnosisJson.read(json)).isEqualTo(diagnosis);
        assertThat(DiagnosisJson.write(DiagnosisJson.read(json))).isEqualTo(json);
    }

    @ParameterizedTest
    @MethodSource("diagnoses")
    void what_is_written_keeps_the_published_schema(Diagnosis diagnosis) {
        assertThat(schema.validate(DiagnosisJson.write(diagnosis), InputFormat.JSON))
                .isEmpty();
    }

    @Test
    void the_schema_refuses_what_it_does_not_promise() {
        String json = DiagnosisJson.write(Diagnoses.canonical());

        assertThat(List.of(
                        json.replace("gradiometer/diagnosis/1", "gradiometer/diagnosis/2"),
                        json.replace("\"sick\"", "\"ill\"").replace("\"health\": ", "\"health\": \"x"),
                        json.replace("\"baseline\"", "\"known\""),
                        json.replace("\"no-effect\"", "\"none\""),
                        json.replace("\"parameters\": 8070", "\"parameters\": -1"),
                        json.replace("\"NaN\"", "\"nan\""),
                        json.replace("\"remedies\"", "\"cures\"")))
                .allSatisfy(broken -> assertThat(validates(broken)).isFalse());
    }

    private static boolean validates(String json) {
        try {
            return schema.validate(json, InputFormat.JSON).isEmpty();
        } catch (RuntimeException notEvenJson) {
            return false;
        }
    }

    @Test
    void numbers_that_json_lacks_are_strings() {
        assertThat(DiagnosisJson.write(Diagnoses.canonical()))
                .contains("\"value\": \"NaN\"")
                .contains("\"value\": \"Infinity\"")
                .contains("\"value\": \"-Infinity\"")
                .contains("\"after\": \"NaN\"");
    }

    @Test
    void members_of_a_later_version_are_passed_over() throws IOException {
        Diagnosis diagnosis = Diagnoses.canonical();
        String extra = "\"future\": [{\"a\": {\"b\": null}}, 1e999, 123456789012345678901234567890, true, [[]]],\n";
        String json = DiagnosisJson.write(diagnosis)
                .replaceAll("(?m)^( *)(\"(id|schema|status|class|file)\":)", "$1" + extra + "$2");

        assertThat(json).contains("\"future\"");
        assertThat(DiagnosisJson.read(json)).isEqualTo(diagnosis);
    }

    @Test
    void members_that_may_be_absent_have_a_sane_default() throws IOException {
        Diagnosis diagnosis = DiagnosisJson.read(
                """
                {"schema": "gradiometer/diagnosis/1",
                 "run": {"id": "a-1", "title": "A", "started": "2026-01-02T03:04:05Z"},
                 "findings": [{"id": "dead-units", "kind": "symptom", "severity": "info", "status": "open",
                               "summary": "Dead.", "confidence": 1,
                               "remedies": [{"id": "wait", "summary": "wait", "proof": {"status": "not-tried"}}]}]}
                """);

        assertThat(diagnosis.run().test()).isNull();
        assertThat(diagnosis.run().source()).isNull();
        assertThat(diagnosis.cost()).isEqualTo(Cost.UNKNOWN);
        assertThat(diagnosis.findings().get(0).remedies().get(0).proof()).isEqualTo(Proof.NOT_TRIED);
    }
}
