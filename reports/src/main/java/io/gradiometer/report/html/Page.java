package io.gradiometer.report.html;

import static j2html.TagCreator.a;
import static j2html.TagCreator.body;
import static j2html.TagCreator.div;
import static j2html.TagCreator.document;
import static j2html.TagCreator.each;
import static j2html.TagCreator.footer;
import static j2html.TagCreator.head;
import static j2html.TagCreator.html;
import static j2html.TagCreator.link;
import static j2html.TagCreator.main;
import static j2html.TagCreator.meta;
import static j2html.TagCreator.p;
import static j2html.TagCreator.rawHtml;
import static j2html.TagCreator.span;
import static j2html.TagCreator.style;
import static j2html.TagCreator.text;
import static j2html.TagCreator.title;

import io.gradiometer.report.chart.Viridis;
import j2html.tags.DomContent;
import j2html.tags.specialized.DivTag;
import j2html.tags.specialized.SpanTag;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What all pages share: one file, no script, nothing fetched, readable on every screen and on paper. */
final class Page {

    private static final String STYLE = loadStyle();

    /** Nothing from outside; styles are inline because the file stands alone and because plots carry theirs. */
    private static final String POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'";

    private Page() {}

    private static String loadStyle() {
        try (InputStream css = Page.class.getResourceAsStream("page.css")) {
            if (css == null) {
                throw new IllegalStateException("page.css is missing from the jar");
            }
            return new String(css.readAllBytes(), StandardCharsets.UTF_8)
                    .replace("/*depth-on-light*/", Viridis.depthVariables(false))
                    .replace("/*depth-on-dark*/", Viridis.depthVariables(true));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String render(String title, List<DomContent> content) {
        return render(title, "", content);
    }

    /** Returns a page with style rules of its own. */
    static String render(String title, String rules, List<DomContent> content) {
        return document(html(
                        head(
                                meta().withCharset("utf-8"),
                                meta().attr("http-equiv", "Content-Security-Policy")
                                        .withContent(POLICY),
                                meta().withName("viewport").withContent("width=device-width, initial-scale=1"),
                                meta().withName("color-scheme").withContent("light dark"),
                                // Otherwise a browser asks the server for one.
                                link().withRel("icon").withHref("data:,"),
                                title(title),
                                style(rawHtml(STYLE + rules))),
                        body(main(each(content, c -> c)), footer(p("Written by Gradiometer."))))
                .withLang("en"));
    }

    /** Returns the sign and word of an outcome. */
    static SpanTag badge(Outcome outcome) {
        return span(span(outcome.sign()).attr("aria-hidden", "true"), text(" "), span(outcome.word()))
                .withClasses("badge", outcome.word());
    }

    /** Returns a region that scrolls sideways by itself, so that the page never does. */
    static DivTag scrolling(String name, DomContent content) {
        return div(content)
                .withClass("scroll")
                .withTabindex(0)
                .attr("role", "region")
                .attr("aria-label", name);
    }

    /** Returns a link within or between pages. */
    static DomContent anchor(String href, String text) {
        return a(text).withHref(href);
    }
}
