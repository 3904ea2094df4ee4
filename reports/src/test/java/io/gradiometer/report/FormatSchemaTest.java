package io.gradiometer.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.gradiometer.config.Format;
import io.gradiometer.finding.DiagnosisJson;
import io.gradiometer.finding.Json;
import io.gradiometer.finding.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import javax.xml.XMLConstants;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.SchemaFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.xml.sax.SAXException;

/** Formats that others read are held to their schemas, whatever names there are. */
class FormatSchemaTest {

    private static Stream<Report> reports() {
        return Stream.of(
                FormatSamples.everyKind(),
                Report.of("", Path.of("build"), List.of()),
                FormatSamples.many(3, 2000, "dense"),
                FormatSamples.many(2, 3, FormatSamples.HOSTILE.repeat(100)));
    }

    @ParameterizedTest
    @MethodSource("reports")
    void sarif_keeps_the_schema_of_version_2_1_0(Report report) throws IOException {
        String schema = resource(getClass(), "/schema/sarif-schema-2.1.0.json");

        List<Error> errors = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
                .getSchema(schema, InputFormat.JSON)
                .validate(written(Format.SARIF, report), InputFormat.JSON);

        assertThat(errors).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("reports")
    void json_keeps_the_published_schemas(Report report) throws IOException {
        String diagnosis = resource(DiagnosisJson.class, "diagnosis-1.schema.json");
        SchemaRegistry registry = SchemaRegistry.withDefaultDialect(
                SpecificationVersion.DRAFT_2020_12,
                builder -> builder.schemas(Map.of("urn:gradiometer:diagnosis:1", diagnosis)));

        List<Error> errors = registry.getSchema(resource(ReportFormats.class, "report-1.schema.json"), InputFormat.JSON)
                .validate(written(Format.JSON, report), InputFormat.JSON);

        assertThat(errors).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("reports")
    void junit_keeps_to_what_its_readers_have_in_common(Report report) throws IOException, SAXException {
        SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
                .newSchema(getClass().getResource("junit-xml.xsd"))
                .newValidator()
                .validate(new StreamSource(new StringReader(written(Format.JUNIT, report))));
    }

    @Test
    void the_schema_of_json_is_one_that_can_fail() throws IOException {
        String diagnosis = resource(DiagnosisJson.class, "diagnosis-1.schema.json");
        SchemaRegistry registry = SchemaRegistry.withDefaultDialect(
                SpecificationVersion.DRAFT_2020_12,
                builder -> builder.schemas(Map.of("urn:gradiometer:diagnosis:1", diagnosis)));
        String damaged = written(Format.JSON, FormatSamples.everyKind()).replace("\"health\"", "\"illness\"");

        assertThat(registry.getSchema(resource(ReportFormats.class, "report-1.schema.json"), InputFormat.JSON)
                        .validate(damaged, InputFormat.JSON))
                .isNotEmpty();
    }

    @Test
    void every_diagnosis_is_read_back_from_the_json_of_the_build() throws IOException {
        Report report = FormatSamples.everyKind();

        List<JsonObject> runs = new JsonObject(Json.readObject(written(Format.JSON, report))).objects("runs");

        assertThat(runs).hasSameSizeAs(report.entries());
        for (int i = 0; i < runs.size(); i++) {
            JsonObject told = runs.get(i).objectOrNull("diagnosis");
            if (told != null) {
                assertThat(DiagnosisJson.read(Json.write(told.members())))
                        .isEqualTo(report.entries().get(i).run().diagnosis());
            }
        }
    }

    private static String written(Format format, Report report) throws IOException {
        MemoryOutput output = new MemoryOutput();
        ReportFormats.writer(format).write(report, output);
        return Objects.requireNonNull(output.files().get(ReportFormats.file(format)));
    }

    private static String resource(Class<?> beside, String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(beside.getResourceAsStream(name))) {
            return new String(in.readAllBytes(), UTF_8);
        }
    }
}
