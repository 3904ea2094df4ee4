package io.gradiometer.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gradiometer.config.Format;
import io.gradiometer.finding.Json;
import io.gradiometer.finding.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** However many runs and findings there are, and whatever they are called, files stay of a size that their readers take. */
class FormatBoundsTest {

    private static final String LONG = FormatSamples.HOSTILE.repeat(120);

    @Test
    void markdown_fits_into_a_comment_and_says_how_much_it_leaves_out() throws IOException {
        String manyRuns = written(Format.MARKDOWN, FormatSamples.many(400, 4, LONG));
        String manyFindings = written(Format.MARKDOWN, FormatSamples.many(1, 3000, "dense"));

        assertThat(manyRuns.getBytes(UTF_8)).hasSizeBetween(20_000, 60_000);
        assertThat(manyRuns)
                .containsPattern("and \\d+ more runs, none of them worse")
                .containsPattern("and \\d+ more dis");
        assertThat(manyFindings.getBytes(UTF_8)).hasSizeBetween(20_000, 60_000);
    }

    @Test
    void markdown_tells_the_worst_runs_first() throws IOException {
        String text = written(Format.MARKDOWN, FormatSamples.everyKind());

        assertThat(text.lines().filter(line -> line.startsWith("| ")).skip(1))
                .extracting(row -> row.replaceAll("\\| . (\\w+) .*", "$1"))
                .containsExactly(
                        "sick", "sick", "suspect", "unreadable", "inconclusive", "healthy", "healthy", "healthy");
    }

    @Test
    void markdown_names_few_of_many_ids_in_its_table() throws IOException {
        String text = written(Format.MARKDOWN, FormatSamples.many(1, 50, "dense"));

        assertThat(text)
                .contains("| `Test0.dense()` | own-detector-0, own-detector-1,", "own-detector-11 and 38 more |");
    }

    @Test
    void annotations_are_ten_at_most_the_worst_and_how_many_more_there_are() throws IOException {
        List<String> few =
                written(Format.GITHUB, FormatSamples.many(1, 10, LONG)).lines().toList();
        List<String> many =
                written(Format.GITHUB, FormatSamples.many(7, 100, LONG)).lines().toList();

        assertThat(few).hasSize(10).allMatch(line -> line.startsWith("::error title=own-detector-"));
        assertThat(many).hasSize(10);
        assertThat(many.get(9)).startsWith("::notice title=Gradiometer::and 691 more findings");
        assertThat(many).allMatch(line -> line.length() < 20_000);
    }

    @Test
    void annotations_name_the_line_and_cannot_be_broken_out_of() throws IOException {
        List<String> lines =
                written(Format.GITHUB, FormatSamples.everyKind()).lines().toList();

        assertThat(lines.get(0))
                .startsWith("::error file=model tests/src/test/java/com/acme/FraudModelTest.java,line=42,"
                        + "title=exploding-gradient in FraudModelTest.explodes()::The gradient of layer");
        assertThat(lines).allMatch(line -> line.matches("::(error|warning|notice) [^:]*::.*"));
        assertThat(lines).anyMatch(line -> line.contains("title=own-detector") && line.contains("x%250A"));
    }

    @Test
    void sarif_holds_as_many_results_as_are_kept_and_says_how_many_more_there_are() throws IOException {
        JsonObject run = new JsonObject(Json.readObject(written(Format.SARIF, FormatSamples.many(3, 2000, "dense"))))
                .objects("runs")
                .get(0);

        assertThat(run.objects("results")).hasSize(5000);
        assertThat(run.object("tool").object("driver").objects("rules")).hasSize(50);
        assertThat(run.objects("invocations").get(0).objects("toolExecutionNotifications"))
                .extracting(n -> n.object("message").text("text"))
                .containsExactly("1000 more findings are not in this file");
    }

    @Test
    void junit_tells_thousands_of_findings_of_a_run_in_one_case() throws IOException {
        String text = written(Format.JUNIT, FormatSamples.many(1, 3000, LONG));

        assertThat(text).contains("tests=\"1\" failures=\"1\"");
        assertThat(text).hasSizeBetween(20_000, 120_000);
    }

    @ParameterizedTest
    @EnumSource(
            value = Format.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"HTML", "JSON"})
    void no_name_brings_in_what_nobody_sees(Format format) throws IOException {
        MemoryOutput output = new MemoryOutput();
        ReportFormats.writer(format).write(FormatSamples.everyKind(), output);

        assertThat(output.files().values()).allSatisfy(text -> assertThat(text.codePoints())
                .noneMatch(point -> point != '\n'
                        && (Character.getType(point) == Character.CONTROL
                                || Character.getType(point) == Character.FORMAT
                                || Character.getType(point) == Character.SURROGATE)));
    }

    @Test
    void markdown_of_hostile_names_has_no_markup_of_theirs() throws IOException {
        String text = written(
                Format.MARKDOWN,
                Report.of(
                        "build",
                        Path.of("build"),
                        List.of(FormatSamples.recorded(
                                "hostile-1", FormatSamples.hostile(FormatSamples.HOSTILE), null))));
        String prose = text.lines()
                .filter(line -> line.startsWith("- ") || line.startsWith("&#8203;"))
                .reduce("", (a, b) -> a + b + "\n");

        assertThat(prose)
                .contains("&lt;b&gt;", "\\[x\\]", "@&#8203;team", "#&#8203;1")
                .doesNotContain("<", "@team", "http://", " #1");
    }

    @Test
    void every_row_of_a_table_has_as_many_cells_and_none_is_a_formula() throws IOException {
        MemoryOutput output = new MemoryOutput();
        ReportFormats.writer(Format.CSV).write(FormatSamples.everyKind(), output);

        assertThat(output.files()).hasSize(4);
        assertThat(output.files().values()).allSatisfy(table -> {
            List<String[]> rows = table.lines().map(FormatBoundsTest::cells).toList();
            assertThat(rows).allSatisfy(row -> assertThat(row).hasSameSizeAs(rows.get(0)));
            assertThat(rows).allSatisfy(row -> assertThat(row).noneMatch(cell -> cell.matches("[=+@].*")));
        });
    }

    private static String[] cells(String line) {
        return line.split(",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)", -1);
    }

    private static String written(Format format, Report report) throws IOException {
        MemoryOutput output = new MemoryOutput();
        ReportFormats.writer(format).write(report, output);
        return Objects.requireNonNull(output.files().get(ReportFormats.file(format)));
    }
}
