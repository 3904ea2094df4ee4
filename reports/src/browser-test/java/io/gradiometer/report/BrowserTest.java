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
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

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
        HtmlReport.write(output, Gallery.runs(output), "fraud-model");
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
