package io.gradiometer.report;

import static io.gradiometer.report.RunBuilder.aRun;
import static org.assertj.core.api.Assertions.assertThat;

import io.gradiometer.report.html.BuildPage;
import io.gradiometer.report.html.RunSummary;
import io.gradiometer.trace.RecordedRun;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;

class BuildPageTest {

    private static final Path OUTPUT = Path.of("out").toAbsolutePath();

    @Test
    void counts_every_outcome() throws IOException {
        Document page = page(Gallery.runs(OUTPUT));

        assertThat(page.select(".count").eachText())
                .containsExactly("2 ✕ sick", "1 ! suspect", "2 ✓ healthy", "1 ? inconclusive", "1 ? unreadable");
        assertThat(page.select(".lead").text()).isEqualTo("7 networks observed, 3 in trouble, 2 not judged.");
    }

    @Test
    void lists_the_worst_network_first_with_where_why_and_what_to_try() throws IOException {
        Element first = page(Gallery.runs(OUTPUT)).select(".run").get(0);

        assertThat(first.select(".name").text()).isEqualTo("FraudModelTest.explodes()");
        assertThat(first.text())
                .contains("exploding-gradient in dense_12, dense_13, dense_14, dense_15")
                .contains("This training is broken: gradients or steps")
                .contains("grew 4.1 decades")
                .contains("Try: learning rate 0.1 → 0.0032");
    }

    @Test
    void ranks_what_could_not_be_seen_before_what_is_well() throws IOException {
        assertThat(page(Gallery.runs(OUTPUT)).select(".run .badge").eachText())
                .containsExactly(
                        "✕ sick", "✕ sick", "! suspect", "? unreadable", "? inconclusive", "✓ healthy", "✓ healthy");
    }

    @Test
    void a_run_without_a_diagnosis_is_listed_with_its_problems() throws IOException {
        Element run = page(List.of(aRun().withoutDiagnosis()
                        .problem("diagnosis.json is damaged")
                        .at(OUTPUT.resolve("a/b-1"))))
                .select(".run")
                .get(0);

        assertThat(run.text()).contains("unreadable").contains("b-1").contains("diagnosis.json is damaged");
    }

    @Test
    void an_expected_finding_is_named_but_not_counted() throws IOException {
        Document page = page(Gallery.runs(OUTPUT));

        assertThat(page.select(".run:contains(RateTest)").text())
                .contains("healthy")
                .contains("Found, but not counted: exploding-gradient")
                .contains("expected by the test");
    }

    @Test
    void no_run_at_all_is_named_with_the_likely_reasons() throws IOException {
        Document page = page(List.of());

        assertThat(page.select(".lead").text()).isEqualTo("0 networks observed.");
        assertThat(page.text())
                .contains("@Diagnosed")
                .contains("argLine")
                .contains("forkCount=0")
                .contains("agent");
        assertThat(page.select(".run")).isEmpty();
    }

    @Test
    void runs_can_be_chosen_by_health_finding_severity_and_test_without_a_script() throws IOException {
        Document page = page(Gallery.runs(OUTPUT));

        assertThat(page.select(".filter select")).hasSize(3);
        assertThat(page.select("label:contains(health) option").eachText())
                .containsExactly("all", "healthy", "inconclusive", "sick", "suspect", "unreadable");
        assertThat(page.select("label:contains(severity) option").eachText())
                .containsExactly("all", "error", "warning");
        String chosen = page.select("option:contains(vanishing-gradient)").attr("class");
        assertThat(page.select(".run." + chosen + " .name").eachText()).containsExactly("DeepSigmoidTest.trains()");
        assertThat(page.select("style").html())
                .contains(".build:has(option." + chosen + ":checked) .run:not(." + chosen + "){display:none}");
    }

    @Test
    void nothing_is_offered_to_choose_where_all_runs_are_alike() throws IOException {
        assertThat(page(List.of(aRun().at(OUTPUT.resolve("a")))).select(".filter"))
                .isEmpty();
    }

    @Test
    void two_hundred_runs_with_long_names_make_a_page_of_one_megabyte_at_most() {
        List<RunSummary> runs = IntStream.range(0, 200)
                .mapToObj(i -> Gallery.exploding()
                        .title("T".repeat(300) + i)
                        .layers("l".repeat(300), "m".repeat(300))
                        .steps(60)
                        .at(OUTPUT.resolve("run-" + i)))
                .map(run -> RunSummary.of(
                        "runs/" + run.folder().getFileName(), run, Objects.requireNonNull(run.diagnosis()), "run.html"))
                .toList();

        assertThat(BuildPage.render("build", runs).getBytes(StandardCharsets.UTF_8))
                .hasSizeLessThan(1_000_000);
    }

    @Test
    void only_healthy_runs_make_a_healthy_build() throws IOException {
        assertThat(page(List.of(aRun().at(OUTPUT.resolve("a")))).select(".lead").text())
                .isEqualTo("1 network observed, all healthy.");
    }

    private static Document page(List<RecordedRun> runs) throws IOException {
        MemoryOutput output = new MemoryOutput();
        new HtmlReport().write(Report.of("build", OUTPUT, runs), output);
        return Jsoup.parse(String.valueOf(output.files().get("index.html")));
    }
}
