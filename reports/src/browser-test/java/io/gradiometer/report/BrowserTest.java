package io.gradiometer.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.AxeResults;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Media;
import io.gradiometer.trace.RecordedRun;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The pages as a person meets them: in a browser, on a telephone, in the dark, on paper. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BrowserTest {

    private static final String RUNS = "20261121-120000-1/1-4711/";

    /** Milliseconds that any one call may take. */
    private static final double PATIENCE = 30_000;

    private Playwright playwright;
    private Browser browser;
    private Path output;

    @BeforeAll
    void start(@TempDir Path folder) throws IOException {
        output = folder;
        List<RecordedRun> runs = new ArrayList<>(Gallery.runs(output));
        runs.add(Gallery.vast().at(output.resolve(RUNS + "VastTest.trains-1")));
        HtmlReport.write(output, runs, "fraud-model");
        HtmlReport.write(output.resolve("nothing"), List.of(), "nothing");
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(Path.of(Objects.requireNonNull(System.getenv("CHROMIUM_BIN"))))
                        .setChromiumSandbox(false)
                        .setArgs(List.of(
                                "--disable-gpu",
                                "--disable-quic",
                                "--no-first-run",
                                "--disable-background-networking",
                                "--disable-component-update",
                                "--disable-sync")));
    }

    @AfterAll
    void stop() {
        if (playwright != null) {
            playwright.close();
        }
    }

    static Stream<String> pages() {
        return Stream.of(
                "index.html",
                "nothing/index.html",
                RUNS + "FraudModelTest.explodes-1/index.html",
                RUNS + "DeepSigmoidTest.trains-1/index.html",
                RUNS + "RateTest.tooLarge-1/index.html",
                RUNS + "ShortTest.oneStep-1/index.html",
                RUNS + "BatchTest.small-1/index.html",
                RUNS + "VastTest.trains-1/index.html",
                RUNS + "FraudModelTest.learns-1/index.html");
    }

    @ParameterizedTest
    @MethodSource("pages")
    void nothing_is_said_on_the_console_and_nothing_is_asked_of_the_world(String name) {
        List<String> console = new ArrayList<>();
        List<String> requests = new ArrayList<>();
        try (BrowserContext context = browser.newContext()) {
            Page page = context.newPage();
            page.onConsoleMessage(message -> console.add(message.text()));
            page.onPageError(console::add);
            page.onRequest((Request request) -> requests.add(request.url()));
            page.navigate(url(name), new Page.NavigateOptions().setTimeout(PATIENCE));
        }

        assertThat(console).isEmpty();
        assertThat(requests).contains(url(name)).allMatch(url -> url.equals(url(name)) || url.startsWith("data:"));
    }

    @ParameterizedTest
    @MethodSource("pages")
    void the_page_never_scrolls_sideways(String name) {
        for (int width : new int[] {360, 768, 1280}) {
            visit(name, width, ColorScheme.LIGHT, page -> assertThat(widthOf(page)).isEqualTo(width));
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void paper_is_white_and_wide_enough_even_where_the_screen_is_dark(String name) {
        visit(name, 700, ColorScheme.DARK, page -> {
            page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));

            assertThat(background(page)).isEqualTo("rgb(255, 255, 255)");
            assertThat(widthOf(page)).isEqualTo(700);
        });
    }

    @ParameterizedTest
    @MethodSource("pages")
    void the_dark_page_is_dark(String name) {
        visit(name, 1280, ColorScheme.DARK, page -> assertThat(background(page)).isEqualTo("rgb(20, 23, 27)"));
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyone_can_read_it(String name) {
        visit(name, 360, ColorScheme.LIGHT, BrowserTest::isAccessible);
        visit(name, 1280, ColorScheme.DARK, BrowserTest::isAccessible);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "index.html",
                RUNS + "FraudModelTest.explodes-1/index.html",
                RUNS + "BatchTest.small-1/index.html"
            })
    void everyone_can_read_it_on_paper_and_with_everything_opened(String name) {
        visit(name, 1280, ColorScheme.LIGHT, page -> {
            page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)");
            isAccessible(page);
            page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
            isAccessible(page);
        });
    }

    @Test
    void the_page_of_a_build_shows_what_was_chosen() {
        visit("index.html", 1280, ColorScheme.LIGHT, page -> {
            int all = shown(page);

            page.locator("label:has-text('finding') select").selectOption("vanishing-gradient");
            assertThat(shown(page)).isEqualTo(1);
            assertThat(page.locator(".run:visible .name").innerText()).isEqualTo("DeepSigmoidTest.trains()");

            page.locator("button[type=reset]").click();
            assertThat(shown(page)).isEqualTo(all).isGreaterThan(5);

            page.locator("label:has-text('severity') select").selectOption("warning");
            page.locator("label:has-text('health') select").selectOption("suspect");
            assertThat(shown(page)).isEqualTo(2);
        });
    }

    private static int shown(Page page) {
        return page.locator(".run:visible").count();
    }

    @Test
    void a_story_shows_its_plot_at_its_size() {
        visit(RUNS + "FraudModelTest.explodes-1/index.html", 1280, ColorScheme.LIGHT, page -> {
            String size = "svg => { const b = svg.querySelector('use').getBBox(); return Math.round(b.width) }";

            assertThat((int) page.locator(".finding svg:has(use)").first().evaluate(size))
                    .isGreaterThan(500);
        });
    }

    @Test
    void everything_that_can_be_used_is_reached_by_the_keyboard() {
        visit(RUNS + "DeepSigmoidTest.trains-1/index.html", 1280, ColorScheme.LIGHT, page -> {
            int usable = (int) page.evaluate(
                    "[...document.querySelectorAll('a[href], summary, [tabindex], select, button')]"
                            + ".filter(e => e.checkVisibility()).length");
            String focus = "(seen => { const e = document.activeElement;"
                    + " if (e && e !== document.body) { e.dataset.reached = 'yes' }"
                    + " return document.querySelectorAll('[data-reached]').length })()";
            int reached = 0;
            for (int presses = 0; presses < usable; presses++) {
                page.keyboard().press("Tab");
                reached = (int) page.evaluate(focus);
            }

            assertThat(reached).isEqualTo(usable).isGreaterThan(20);
        });
    }

    @Test
    void a_link_to_what_comes_with_a_trouble_leads_there() {
        visit(RUNS + "FraudModelTest.explodes-1/index.html", 1280, ColorScheme.LIGHT, page -> {
            page.navigate(page.url() + "#exploding-gradient-dense_14");

            assertThat((boolean) page.evaluate("window.scrollY > 0")).isTrue();
        });
    }

    private static void isAccessible(Page page) {
        AxeResults results = new AxeBuilder(page).analyze();

        assertThat(results.getViolations()).as("violations").isEmpty();
        // A run that judged nothing also finds no violation.
        assertThat(results.getPasses()).as("passes").hasSizeGreaterThan(10);
    }

    private void visit(String name, int width, ColorScheme scheme, Consumer<Page> look) {
        try (BrowserContext context = browser.newContext(
                new Browser.NewContextOptions().setViewportSize(width, 900).setColorScheme(scheme))) {
            context.setDefaultTimeout(PATIENCE);
            Page page = context.newPage();
            page.navigate(url(name));
            look.accept(page);
        }
    }

    private String url(String name) {
        return output.resolve(name).toUri().toString();
    }

    private static int widthOf(Page page) {
        return (int) page.evaluate("document.documentElement.scrollWidth");
    }

    private static String background(Page page) {
        return (String) page.evaluate("getComputedStyle(document.body).backgroundColor");
    }
}
