package io.gradiometer.report;

import static io.gradiometer.report.RunBuilder.aRun;
import static org.assertj.core.api.Assertions.assertThat;

import io.gradiometer.finding.Finding;
import io.gradiometer.finding.PreflightReport;
import io.gradiometer.finding.Remedy;
import io.gradiometer.finding.Severity;
import io.gradiometer.signal.Smell;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.select.Elements;
import org.junit.jupiter.api.Test;

class RunPageTest {

    private static final String EVIL = "<script>alert(\"x\")</script>'&\u0000\u202e";

    @Test
    void says_the_verdict_before_anything_else() throws IOException {
        Document page = page(Gallery.exploding());

        assertThat(page.select("h1, h2").eachText())
                .containsExactly(
                        "FraudModelTest.explodes()",
                        "What is wrong, worst first",
                        "Instruments",
                        "The network",
                        "What was measured, and what was not",
                        "The run");
        assertThat(page.select(".verdict").text())
                .contains("sick")
                .contains("2 errors, 1 warning")
                .contains("This training is broken: gradients or steps are so large that they destroy what was learned,"
                        + " most likely because the learning rate is too high.")
                .contains("Where dense_12, dense_13, dense_14, dense_15")
                .contains("grew 4.1 decades")
                .contains("Try first learning rate 0.1 → 0.0032");
    }

    @Test
    void tells_one_trouble_as_one_story_with_its_cause_and_its_company() throws IOException {
        Finding cause = Finding.of("learning-rate-too-high", Severity.ERROR, "The learning rate is 32 times too high.")
                .layers(List.of("dense_12"))
                .remedy(Remedy.untried("lower-learning-rate", "learning rate 0.1 → 0.0032", ""))
                .build();
        Finding company = Finding.of("dead-units", Severity.ERROR, "Half of the units are dead.")
                .because("learning-rate-too-high")
                .remedy(Remedy.untried("lower-learning-rate", "learning rate 0.1 → 0.0032", ""))
                .build();

        Document page = page(Gallery.exploding().finding(cause).finding(company));

        Element story = page.select(".finding").get(0);
        assertThat(story.select("li:contains(Cause:)").text())
                .isEqualTo("Cause: learning-rate-too-high – The learning rate is 32 times too high.");
        assertThat(story.select(".part > summary").eachText())
                .anySatisfy(line -> assertThat(line).contains("dead-units error Half of the units are dead."))
                .anySatisfy(line -> assertThat(line).contains("learning-rate-too-high"));
        assertThat(page.select(".verdict").text()).contains("Likely cause The learning rate is 32 times too high.");
        assertThat(element(page, "dead-units").is(".part")).isTrue();
    }

    @Test
    void a_story_shows_its_one_plot_without_drawing_it_again() throws IOException {
        Element plot = page(Gallery.vanishing()).select(".finding figure").get(0);

        assertThat(plot.select("use").attr("href")).isEqualTo("#plot-depth");
        assertThat(plot.select("svg[role=img]").attr("aria-label")).contains("Error signal from input to output.");
        assertThat(plot.text()).contains("A level line is good").contains("Error signal over the depth");
    }

    @Test
    void words_of_the_trade_are_explained_where_they_occur() throws IOException {
        assertThat(page(Gallery.vanishing()).select(".verdict").text())
                .contains("skill: 0 knows no more than the average label")
                .contains("decades: powers of ten.")
                .doesNotContain("clip:");
        assertThat(page(Gallery.healthy()).select(".verdict").text()).doesNotContain("skill:");
    }

    @Test
    void a_detector_from_outside_speaks_for_itself() throws IOException {
        Finding own = Finding.of("leftover-batch", Severity.WARNING, "4 of 64 examples are left over.")
                .remedy(Remedy.untried("drop-last", "drop the last batch", ""))
                .build();

        assertThat(page(aRun().finding(own)).select(".lead").text())
                .isEqualTo("This training suffers: 4 of 64 examples are left over.");
    }

    @Test
    void shows_a_finding_with_facts_evidence_what_was_ruled_out_and_remedies() throws IOException {
        Element finding = element(page(Gallery.exploding()), "exploding-gradient-dense_12");

        assertThat(finding.select("h3").text()).contains("1 exploding-gradient error");
        assertThat(finding.select(".facts tbody tr").eachText())
                .containsExactly("growth in decades 4.1 2", "update ratio 0.31 0.1", "skill at the end NaN –");
        assertThat(finding.select(".where").text())
                .contains("dense_12, dense_13, dense_14, dense_15")
                .contains("212 to 420")
                .contains("iteration 240")
                .contains("learning-rate-too-high");
        assertThat(finding.text())
                .contains("Gradient and loss grow together")
                .contains("Ruled out")
                .contains("tried: cures it – held-out skill -2.3 → 0.81")
                .contains("computed, not yet tried");
        assertThat(finding.select("pre").eachText()).anyMatch(code -> code.contains("new Sgd(0.0032)"));
    }

    @Test
    void tells_what_was_told_before_training() throws IOException {
        Document page = page(Gallery.vanishing());

        assertThat(page.select("h2").eachText())
                .containsSubsequence("What is wrong", "Instruments", "The network", "Before training");
        Elements section = page.select("section:has(> h2:contains(Before training))");
        assertThat(section.text())
                .contains("inputs of size 1.02, labels of size 0.71, a skill of -0.04")
                .contains("activation-too-deep in dense_0: the back-propagated signal is foretold to fall by 7.4");
        assertThat(section.select("tbody tr").eachText())
                .hasSize(10)
                .startsWith("dense_0 0.5 0.5 -7.38 -7.2")
                .contains("dense_4 – 0.54 – -4");
    }

    @Test
    void says_so_where_nothing_was_odd_and_no_formula_fits() throws IOException {
        PreflightReport unknown = new PreflightReport(
                Double.NaN,
                Double.NaN,
                Double.NaN,
                List.of(new PreflightReport.OfLayer(
                        "lstm", new PreflightReport.Pair(Double.NaN, 0.3), new PreflightReport.Pair(Double.NaN, 0))),
                List.of());

        assertThat(page(aRun().preflight(unknown)).text())
                .contains("Nothing is odd in the configuration")
                .contains("No formula foretells")
                .doesNotContain("The first batch");
    }

    @Test
    void oddities_do_not_change_the_verdict() throws IOException {
        List<Smell> many = IntStream.range(0, 9)
                .mapToObj(i -> new Smell("poor-initialization", "l" + i, "odd " + i))
                .toList();
        PreflightReport odd = new PreflightReport(1, 1, 0, List.of(), many);

        Document page = page(aRun().preflight(odd));

        assertThat(page.select(".verdict").text()).contains("healthy").doesNotContain("info");
        assertThat(page.text()).contains("odd 8").contains("and 3 more");
    }

    @Test
    void every_layer_of_a_finding_can_be_linked_to() throws IOException {
        Document page = page(Gallery.exploding());

        for (String layer : List.of("dense_12", "dense_13", "dense_14", "dense_15")) {
            assertThat(page.getElementById("exploding-gradient-" + layer)).isNotNull();
        }
        assertThat(page.getElementById("non-finite")).isNotNull();
    }

    @Test
    void findings_that_do_not_count_stand_apart_and_marked() throws IOException {
        Document page = page(aRun().finding(Gallery.explosion().withStatus(Finding.Status.SUPPRESSED)));

        assertThat(page.select(".verdict").text()).contains("healthy").contains("1 not counted");
        assertThat(page.select("h2").eachText()).contains("Found, but not counted");
        assertThat(page.select(".finding.settled h3").text()).contains("switched off in the configuration");
    }

    @Test
    void draws_every_instrument_and_says_the_finding_in_their_labels() throws IOException {
        Document page = page(Gallery.exploding().spread());

        assertThat(page.select("svg.plot:not(:has(use))[role=img]")).hasSize(7).allSatisfy(svg -> assertThat(
                        svg.attr("aria-label"))
                .contains("exploding-gradient in dense_12")
                .contains("known from iteration 240"));
        assertThat(page.select("figcaption").text())
                .contains("Skill is 1 − loss")
                .contains("-29100");
        assertThat(page.text()).contains("No gradient is clipped.", "The learning rate was 0.1 in every layer");
    }

    @Test
    void every_plot_says_what_to_see_in_it() throws IOException {
        Document page = page(Gallery.exploding()
                .spread()
                .clipping(0.01)
                .rate(step -> 1 / (1 + step))
                .silent((l, s) -> 0.5));

        assertThat(page.select("figure[id^=instrument-]")).hasSize(11);
        assertThat(page.select("figure[id^=instrument-]"))
                .allSatisfy(
                        figure -> assertThat(figure.select("figcaption").text()).hasSizeGreaterThan(40));
    }

    @Test
    void draws_the_signal_over_the_depth_at_three_times_and_as_foretold() throws IOException {
        Element depth = element(page(Gallery.vanishing()), "instrument-depth");

        assertThat(depth.select("text").eachText())
                .contains("foretold", "start", "middle", "end", "dense_0", "dense_9");
        assertThat(depth.select("figcaption strong").text())
                .contains("at 'dense_1'")
                .contains("at 'dense_9'");
    }

    @Test
    void says_where_the_signal_was_lost_to_nan() throws IOException {
        assertThat(element(page(Gallery.exploding()), "instrument-depth").text())
                .contains("At the end it was not finite in 9 layers.");
    }

    @Test
    void draws_the_network_coloured_by_health_with_a_card_for_each_layer() throws IOException {
        Document page = page(Gallery.exploding());

        assertThat(page.select(".network > .layer")).hasSize(20);
        assertThat(page.select(".network > .layer.sick strong").eachText())
                .containsExactly(
                        "dense_11",
                        "dense_12",
                        "dense_13",
                        "dense_14",
                        "dense_15",
                        "dense_16",
                        "dense_17",
                        "dense_18",
                        "dense_19");
        assertThat(page.select(".network > .layer.suspect strong").eachText()).containsExactly("dense_3");
        Element card = page.select(".network > .layer").get(12);
        assertThat(card.text()).contains("XAVIER").contains("update ratio");
        assertThat(card.select("a").attr("href")).isEqualTo("#exploding-gradient-dense_12");
        assertThat(card.select("svg.spark")).hasSize(1);
    }

    @Test
    void a_layer_of_which_nothing_was_read_is_not_called_well() throws IOException {
        Document page = page(aRun().gradient((layer, step) -> layer).steps(0));

        assertThat(page.select(".network > .layer")).hasSize(3).allMatch(layer -> layer.hasClass("inconclusive"));
    }

    @Test
    void says_what_was_measured_and_how_to_see_it_again() throws IOException {
        String text = page(Gallery.healthy().thinned(100, 4).inconclusive("overfitting", "validation scores"))
                .text();

        assertThat(text)
                .contains("40000 iterations seen, 400 kept for the plots, 100 of them read in full")
                .contains("In the others the loss was read")
                .contains("How magnitudes are spread was read 12 times.")
                .contains("Could not be judged: overfitting for want of validation scores")
                .contains("mvn test '-Dtest=com.acme.FraudModelTest#trains'");
    }

    @Test
    void thousands_of_findings_make_a_page_that_can_be_opened() throws IOException {
        RunBuilder run = aRun();
        for (int i = 0; i < 3000; i++) {
            run.finding(Finding.of("custom-" + i, Severity.ERROR, "Trouble number " + i + ".")
                    .remedy(Remedy.untried("do-something", "do something", ""))
                    .build());
        }

        String html = html(run);

        assertThat(html.length()).isLessThan(400_000);
        assertThat(html).contains("And 2980 more", "2780 more, in diagnosis.json");
    }

    @Test
    void names_without_end_do_not_burst_the_page() throws IOException {
        String endless = "n".repeat(10_000);
        Finding finding = Finding.of("dead-units", Severity.ERROR, "Units of '" + endless + "' are dead.")
                .layers(List.of(endless + "1", endless + "2"))
                .evidence(endless)
                .remedy(Remedy.untried("lower-learning-rate", endless, ""))
                .build();

        String html =
                html(aRun().title(endless).layers(endless + "1", endless + "2").finding(finding));

        assertThat(html.length()).isLessThan(300_000);
        assertThat(Jsoup.parse(html).select("[id]").eachAttr("id")).doesNotHaveDuplicates();
    }

    @Test
    void ten_million_iterations_of_fifty_layers_make_a_page_of_two_megabytes_at_most() throws IOException {
        RunBuilder run = aRun().layers(50)
                .steps(9_000)
                .thinned(1_111, 20)
                .spread()
                .clipping(0.01)
                .rate(step -> 0.1 / (1 + step))
                .silent((layer, step) -> (layer + step) % 16 / 16)
                .gradient((layer, step) -> 0.01 * (1.5 + Math.sin(step * (layer + 1))))
                .finding(Gallery.explosion());

        byte[] html = html(run).getBytes(StandardCharsets.UTF_8);

        assertThat(html).hasSizeLessThan(2_000_000);
        assertThat(new String(html, StandardCharsets.UTF_8)).contains("9999000 iterations seen");
    }

    @Test
    void marks_what_is_not_finite_apart_from_every_number() throws IOException {
        Document page = page(Gallery.exploding());

        assertThat(page.select("svg [mask=url(#heat-bad-mask)]")).hasSize(1);
        assertThat(page.select("svg text:containsOwn(NaN or ∞)")).isNotEmpty();
        assertThat(page.select("#heat-zero-mask")).isEmpty();
    }

    @Test
    void marks_exact_zeros_apart_from_small_numbers() throws IOException {
        Document page = page(Gallery.vanishing());

        assertThat(page.select("svg [mask=url(#heat-zero-mask)]")).hasSize(1);
        assertThat(page.select("svg text:containsOwn(exactly 0)")).hasSize(3);
        assertThat(page.select("#heat-bad-mask")).isEmpty();
    }

    @Test
    void tells_every_layer_in_a_table_and_points_at_the_offending_ones() throws IOException {
        Document page = page(Gallery.vanishing());

        assertThat(page.select(".layers tbody tr")).hasSize(10);
        assertThat(page.select(".layers tr.ill")).hasSize(6);
        assertThat(page.select(".layers tbody tr").get(1).text())
                .startsWith("▶ dense_1 DenseLayer sigmoid XAVIER Sgd 0.1 272 ")
                .endsWith(" 0 % 0");
    }

    @Test
    void no_plot_follows_its_own_colours() throws IOException {
        String svg = page(Gallery.exploding()).select("svg.plot").outerHtml();

        assertThat(svg).contains("var(--offender)").contains("var(--d0)").doesNotContain("rgb(1,");
    }

    @Test
    void all_ids_are_different() throws IOException {
        List<String> ids = page(Gallery.exploding()).select("[id]").eachAttr("id");

        assertThat(new HashSet<>(ids)).hasSize(ids.size());
    }

    @Test
    void nothing_is_fetched_and_nothing_runs() throws IOException {
        Document page = page(Gallery.exploding());

        assertThat(page.select("meta[http-equiv=Content-Security-Policy]").attr("content"))
                .isEqualTo("default-src 'none'; img-src data:; style-src 'unsafe-inline'");
        assertThat(page.select("script, link[href^=http], img, iframe, [onclick]"))
                .isEmpty();
        assertThat(page.select("image")).isNotEmpty().allMatch(i -> i.attr("href")
                .startsWith("data:image/png"));
    }

    @Test
    void names_from_outside_are_text_everywhere() throws IOException {
        Finding finding = Finding.of("exploding-gradient", Severity.ERROR, EVIL)
                .layers(List.of(EVIL))
                .evidence(EVIL)
                .remedy(Remedy.untried("lower-learning-rate", EVIL, EVIL))
                .build();

        Document page = page(aRun().title(EVIL)
                .layers(EVIL, "b\" onload=\"x")
                .finding(finding)
                .problem(EVIL));

        assertThat(page.select("script")).isEmpty();
        assertThat(page.select("[onload]")).isEmpty();
        assertThat(page.select("h1").text()).startsWith("<script>alert(\"x\")</script>");
        assertThat(page.select("svg text").eachText()).anyMatch(text -> text.startsWith("<scri"));
    }

    @Test
    void a_run_without_a_trace_says_why_there_are_no_plots() throws IOException {
        Document page = page(Gallery.exploding().withoutTrace());

        assertThat(page.select(".notice").text()).contains("trace is missing");
        assertThat(page.select("svg")).isEmpty();
        assertThat(page.select(".facts")).isNotEmpty();
    }

    @Test
    void a_run_without_steps_is_readable() throws IOException {
        Document page = page(aRun().steps(0).inconclusive("non-finite", "one iteration"));

        assertThat(page.select(".notice").text()).contains("no iteration was recorded");
        assertThat(page.select(".lead").text()).contains("could not be judged").contains("one iteration");
        assertThat(page.select(".layers tbody tr")).hasSize(3);
    }

    @Test
    void what_detectors_lack_stands_once_for_all_that_lack_it() throws IOException {
        Document page = page(aRun().inconclusive("dead-units", "12 more steps")
                .inconclusive("overfitting", "validation scores")
                .inconclusive("class-collapse", "12 more steps"));

        assertThat(page.select("section:has(h2:contains(What was measured)) li").eachText())
                .containsExactly(
                        "dead-units class-collapse for want of 12 more steps",
                        "overfitting for want of validation scores");
    }

    @Test
    void a_single_step_is_drawn() throws IOException {
        assertThat(page(aRun().steps(1)).select("svg.plot")).hasSize(6);
    }

    @Test
    void a_network_without_layers_is_readable() throws IOException {
        Document page = page(aRun().layers(0));

        assertThat(page.text()).contains("This network has no layers.").contains("no kept step has one");
        assertThat(page.select("svg.plot")).hasSize(2);
    }

    @Test
    void steps_that_are_all_nan_are_drawn_as_such() throws IOException {
        Document page = page(aRun().loss(step -> Double.NaN).gradient((layer, step) -> Double.NaN));

        assertThat(page.text())
                .contains("no kept step has a loss that is a number")
                .contains("the signal is known in fewer than three layers");
        assertThat(page.select("svg.plot")).hasSize(3);
        assertThat(page.select("#heat-bad-mask")).hasSize(1);
    }

    @Test
    void extreme_numbers_are_drawn() throws IOException {
        Document page = page(aRun().loss(step -> step % 2 == 0 ? Double.MAX_VALUE : Double.MIN_VALUE)
                .gradient((layer, step) -> layer == 0 ? 1e-300 : 1e150));

        assertThat(page.select("svg.plot")).hasSize(6);
        assertThat(page.select(".notice")).isEmpty();
    }

    @Test
    void a_trace_that_was_cut_off_says_so() throws IOException {
        assertThat(page(aRun().cutOff()).select(".verdict").text()).contains("cut off");
    }

    @Test
    void three_hundred_layers_with_long_names_stay_readable() throws IOException {
        String[] names = new String[300];
        for (int i = 0; i < names.length; i++) {
            names[i] = "a_block_with_a_name_that_nobody_would_want_to_type_" + i;
        }
        Document page = page(aRun().layers(names).finding(Gallery.explosion()));

        assertThat(page.select(".layers tbody tr")).hasSize(300);
        assertThat(page.select("figcaption").text()).contains("Of 300 layers");
        assertThat(page.select(".network > .layer")).hasSize(300);
        assertThat(page.select("svg text").eachText()).allMatch(text -> text.length() <= 40);
        assertThat(page.select("svg text").size()).isLessThan(250);
    }

    @Test
    void twenty_layers_with_two_thousand_steps_make_a_small_page() throws IOException {
        int bytes = html(Gallery.exploding().steps(2048)).getBytes(StandardCharsets.UTF_8).length;

        assertThat(bytes).isLessThan(600_000);
    }

    @Test
    void numbers_look_the_same_in_every_locale() throws IOException {
        String expected = html(Gallery.exploding());
        Locale before = Locale.getDefault();
        try {
            for (String tag : List.of("de-DE", "ar-EG", "tr-TR")) {
                Locale.setDefault(Locale.forLanguageTag(tag));
                assertThat(html(Gallery.exploding())).isEqualTo(expected);
            }
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void headings_never_skip_a_level() throws IOException {
        int level = 0;
        for (Element heading : page(Gallery.exploding()).select("h1, h2, h3, h4")) {
            int next = heading.tagName().charAt(1) - '0';
            assertThat(next).isLessThanOrEqualTo(level + 1);
            level = next;
        }
        assertThat(level).isPositive();
    }

    @Test
    void shows_validation_scores_settings_cost_and_seed() throws IOException {
        String text = page(Gallery.healthy()).text();

        assertThat(text)
                .contains("Validation scores")
                .contains("399 0.93")
                .contains("gradiometer.failOn error")
                .contains("1.23 % of the run's time")
                .contains("Seed 42")
                .contains("FraudModelTest.java:42");
    }

    private static Element element(Document page, String id) {
        Element found = page.getElementById(id);
        assertThat(found).isNotNull();
        return found == null ? page : found;
    }

    private static Document page(RunBuilder run) throws IOException {
        return Jsoup.parse(html(run));
    }

    private static String html(RunBuilder run) throws IOException {
        Path output = Path.of("out").toAbsolutePath();
        MemoryOutput pages = new MemoryOutput();
        new HtmlReport().write(Report.of("build", output, List.of(run.at(output.resolve("run-1")))), pages);
        return String.valueOf(pages.files().get("run-1/index.html"));
    }
}
