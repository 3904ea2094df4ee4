package io.gradiometer.report;

import static io.gradiometer.report.RunBuilder.aRun;
import static org.assertj.core.api.Assertions.assertThat;

import io.gradiometer.trace.RecordedRun;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HtmlReportTest {

    @TempDir
    Path folder;

    @Test
    void writes_the_page_of_the_build_and_one_for_each_diagnosed_run() throws IOException {
        Path output = folder.resolve("gradiometer");

        Path page = HtmlReport.write(output, Gallery.runs(output), "fraud-model");

        assertThat(page).isEqualTo(output.resolve("index.html")).exists();
        try (Stream<Path> files = Files.walk(output)) {
            assertThat(files.filter(Files::isRegularFile)).hasSize(7).allMatch(f -> f.endsWith("index.html"));
        }
    }

    @Test
    void every_link_leads_to_a_page_that_is_there_and_to_a_place_on_it() throws IOException {
        Path output = folder.resolve("gradiometer");
        Path page = HtmlReport.write(output, Gallery.runs(output), "fraud-model");

        assertThat(linksOf(page)).isNotEmpty().allSatisfy(HtmlReportTest::leadsSomewhere);
    }

    @Test
    void links_also_reach_runs_outside_the_output_and_folders_with_odd_names() throws IOException {
        RecordedRun run = aRun().at(folder.resolve("else where/100% #1?/run-1"));

        Path page = HtmlReport.write(folder.resolve("out/deep"), List.of(run), "build");

        assertThat(linksOf(page)).hasSize(1).allSatisfy(HtmlReportTest::leadsSomewhere);
        Path runPage = run.folder().resolve("index.html");
        assertThat(linksOf(runPage))
                .anySatisfy(link -> assertThat(link.getPath()).isEqualTo(page.toString()));
    }

    @Test
    void a_run_that_no_relative_link_reaches_gets_its_page_beside_the_builds() throws IOException {
        Path output = folder.resolve("out");
        try (FileSystem zip = FileSystems.newFileSystem(
                URI.create("jar:" + folder.resolve("runs.zip").toUri()), Map.of("create", "true"))) {
            HtmlReport.write(output, List.of(aRun().at(zip.getPath("/run-1"))), "build");
        }

        assertThat(linksOf(output.resolve("index.html"))).hasSize(1).allSatisfy(HtmlReportTest::leadsSomewhere);
    }

    @Test
    void a_run_in_the_output_itself_does_not_take_the_place_of_the_build() throws IOException {
        Path page = HtmlReport.write(folder, List.of(aRun().title("Here.run()").at(folder)), "the build");

        assertThat(Jsoup.parse(page).select("h1").text()).isEqualTo("the build");
        assertThat(linksOf(page)).hasSize(1).allSatisfy(HtmlReportTest::leadsSomewhere);
    }

    @Test
    void a_page_that_cannot_be_written_is_named_and_does_not_keep_the_others_back() throws IOException {
        Path blocked = Files.writeString(folder.resolve("blocked"), "a file, not a folder");
        RecordedRun run = aRun().title("Blocked.run()").at(blocked);

        Path page = HtmlReport.write(folder.resolve("out"), List.of(run), "build");

        Document html = Jsoup.parse(page);
        assertThat(html.select(".problems").text()).contains("its page could not be written");
        assertThat(html.select(".run a")).isEmpty();
    }

    @Test
    void leaves_no_drafts_behind_and_replaces_what_was_there() throws IOException {
        Files.writeString(folder.resolve("index.html"), "old");

        HtmlReport.write(folder, List.of(), "build");

        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(folder.resolve("index.html"));
        }
        assertThat(Jsoup.parse(folder.resolve("index.html")).text()).contains("0 networks observed");
    }

    @Test
    void equal_runs_give_equal_pages_in_any_order() throws IOException {
        List<RecordedRun> runs = Gallery.runs(folder);
        List<RecordedRun> reversed = Stream.iterate(runs.size() - 1, i -> i >= 0, i -> i - 1)
                .map(runs::get)
                .toList();

        assertThat(pages(reversed)).isEqualTo(pages(runs));
    }

    @Test
    void a_name_that_is_no_text_is_still_written() throws IOException {
        Path page = HtmlReport.write(folder, List.of(), "half a \ud83d");

        assertThat(Jsoup.parse(page).select("h1").text()).startsWith("half a");
    }

    private Map<String, String> pages(List<RecordedRun> runs) throws IOException {
        MemoryOutput output = new MemoryOutput();
        new HtmlReport().write(Report.of("build", folder, runs), output);
        return output.files();
    }

    private static List<URI> linksOf(Path page) throws IOException {
        return Jsoup.parse(page).select("a[href]").stream()
                .map(a -> page.toUri().resolve(a.attr("href")))
                .toList();
    }

    private static void leadsSomewhere(URI link) throws IOException {
        Path page = Path.of(link.getPath());
        assertThat(page).exists();
        if (link.getFragment() != null) {
            assertThat(Jsoup.parse(page).getElementById(link.getFragment())).isNotNull();
        }
    }
}
