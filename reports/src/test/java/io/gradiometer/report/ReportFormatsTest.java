package io.gradiometer.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradiometer.config.Format;
import io.gradiometer.finding.Json;
import io.gradiometer.finding.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportFormatsTest {

    @TempDir
    Path folder;

    @Test
    void every_format_has_a_file_of_its_own_and_the_page_is_opened_first() throws IOException {
        Path first = ReportFormats.write(EnumSet.allOf(Format.class), FormatSamples.everyKind(), folder);

        assertThat(first).isEqualTo(folder.resolve("index.html"));
        assertThat(Stream.of(Format.values()).map(ReportFormats::file)).doesNotHaveDuplicates();
        assertThat(Format.values()).allSatisfy(f -> assertThat(folder.resolve(ReportFormats.file(f)))
                .isNotEmptyFile());
    }

    @Test
    void without_the_page_the_first_of_the_others_is_opened() throws IOException {
        Path first = ReportFormats.write(List.of(Format.CSV, Format.SARIF), FormatSamples.everyKind(), folder);

        assertThat(first).isEqualTo(folder.resolve("gradiometer.sarif"));
        assertThat(folder.resolve("index.html")).doesNotExist();
    }

    @Test
    void one_that_cannot_be_written_keeps_no_other_back() throws IOException {
        Files.createDirectories(folder.resolve("gradiometer.sarif/in the way"));
        Files.createDirectories(folder.resolve("gradiometer.md/in the way"));

        assertThatThrownBy(() -> ReportFormats.write(
                        List.of(Format.SARIF, Format.JUNIT, Format.MARKDOWN), FormatSamples.everyKind(), folder))
                .isInstanceOf(IOException.class)
                .satisfies(e -> assertThat(e.getSuppressed()).hasSize(1));
        assertThat(folder.resolve("gradiometer.xml")).isNotEmptyFile();
    }

    @Test
    void a_folder_that_takes_nothing_is_told() throws IOException {
        Path file = Files.createFile(folder.resolve("taken"));

        assertThatThrownBy(() -> ReportFormats.write(List.of(Format.JSON), FormatSamples.everyKind(), file))
                .isInstanceOf(IOException.class);
    }

    @Test
    void a_series_that_cannot_be_written_is_told_in_the_table_of_the_runs() throws IOException {
        Files.createFile(folder.resolve("20261121-120000-1"));

        ReportFormats.write(List.of(Format.CSV), FormatSamples.everyKind(), folder);

        assertThat(folder.resolve("gradiometer.csv")).content().contains("its series could not be written");
    }

    @Test
    void code_scanning_is_told_of_what_does_not_count_as_suppressed() throws IOException {
        MemoryOutput output = new MemoryOutput();
        ReportFormats.writer(Format.SARIF).write(FormatSamples.everyKind(), output);
        List<JsonObject> results = new JsonObject(
                        Json.readObject(Objects.requireNonNull(output.files().get("gradiometer.sarif"))))
                .objects("runs")
                .get(0)
                .objects("results");

        assertThat(results)
                .filteredOn(result -> !result.objects("suppressions").isEmpty())
                .extracting(result -> result.object("properties").text("status"))
                .containsExactlyInAnyOrder("expected", "baseline", "suppressed");
        assertThat(results).extracting(r -> r.text("level")).contains("error", "warning", "note");
        assertThat(results.get(0).objects("locations").get(0).object("physicalLocation"))
                .satisfies(place -> assertThat(place.object("artifactLocation").text("uri"))
                        .isEqualTo("model%20tests/src/test/java/com/acme/FraudModelTest.java"))
                .satisfies(place ->
                        assertThat(place.object("region").integer("startLine")).isEqualTo(42));
    }
}
