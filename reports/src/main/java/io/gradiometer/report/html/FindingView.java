package io.gradiometer.report.html;

import static j2html.TagCreator.a;
import static j2html.TagCreator.article;
import static j2html.TagCreator.caption;
import static j2html.TagCreator.code;
import static j2html.TagCreator.dd;
import static j2html.TagCreator.details;
import static j2html.TagCreator.div;
import static j2html.TagCreator.dl;
import static j2html.TagCreator.dt;
import static j2html.TagCreator.each;
import static j2html.TagCreator.h3;
import static j2html.TagCreator.h4;
import static j2html.TagCreator.iff;
import static j2html.TagCreator.li;
import static j2html.TagCreator.ol;
import static j2html.TagCreator.p;
import static j2html.TagCreator.pre;
import static j2html.TagCreator.span;
import static j2html.TagCreator.strong;
import static j2html.TagCreator.summary;
import static j2html.TagCreator.table;
import static j2html.TagCreator.tbody;
import static j2html.TagCreator.td;
import static j2html.TagCreator.text;
import static j2html.TagCreator.th;
import static j2html.TagCreator.thead;
import static j2html.TagCreator.tr;
import static j2html.TagCreator.ul;

import io.gradiometer.finding.Fact;
import io.gradiometer.finding.Finding;
import io.gradiometer.finding.Numbers;
import io.gradiometer.finding.Proof;
import io.gradiometer.finding.Remedy;
import j2html.tags.DomContent;
import java.util.ArrayList;
import java.util.List;

/** One finding: what, where, how much, why, and what to try. */
final class FindingView {

    private static final int FEW_LAYERS = 8;

    private FindingView() {}

    static String status(Finding finding) {
        return switch (finding.status()) {
            case OPEN -> "open";
            case EXPECTED -> "expected by the test";
            case SUPPRESSED -> "switched off in the configuration";
            case BASELINE -> "known from before";
        };
    }

    /**
     * Shows a finding.
     *
     * @param number under which plots point at it
     */
    static DomContent of(Finding finding, int number, Links links) {
        List<String> anchors = anchors(finding, links);
        return article(
                        each(anchors.subList(1, anchors.size()), id -> span().withId(id)),
                        h3(
                                span(Integer.toString(number)).withClass("number"),
                                text(" "),
                                code(finding.id()),
                                text(" "),
                                span(finding.severity().id())
                                        .withClasses("tag", finding.severity().id()),
                                iff(!finding.isOpen(), span(status(finding)).withClasses("tag", "settled")),
                                a("#").withClass("anchor")
                                        .withHref(Links.fragment(anchors.get(0)))
                                        .attr("aria-label", "Link to finding " + number + ", " + finding.id())),
                        p(finding.summary()).withClass("summary"),
                        facts(finding, number),
                        where(finding),
                        sentences("Why", finding.evidence()),
                        h4("What to try"),
                        ol(each(finding.remedies(), FindingView::remedy)).withClass("remedies"),
                        sentences("Ruled out", finding.ruledOut()))
                .withId(anchors.get(0))
                .withClasses("finding", finding.isOpen() ? finding.severity().id() : "settled");
    }

    /** Returns the id of the first place that shows the finding, as its page gives it. */
    static String anchor(Finding finding) {
        List<String> layers = finding.layers();
        return Links.id(layers.isEmpty() ? finding.id() : finding.id() + "-" + layers.get(0));
    }

    private static List<String> anchors(Finding finding, Links links) {
        List<String> anchors = new ArrayList<>();
        for (String layer : finding.layers()) {
            anchors.add(links.unique(finding.id() + "-" + layer));
        }
        if (anchors.isEmpty()) {
            anchors.add(links.unique(finding.id()));
        }
        return anchors;
    }

    private static DomContent where(Finding finding) {
        return dl(
                        pair(finding.layers().size() == 1 ? "Layer" : "Layers", layers(finding.layers())),
                        pair("Iterations", span(iterations(finding))),
                        pair("Known from", span("iteration " + finding.detectedAt())),
                        pair("Confidence", span(Numbers.percent(finding.confidence()))),
                        iff(!finding.because().isEmpty(), pair("Likely because of", names(finding.because()))))
                .withClass("where");
    }

    private static String iterations(Finding finding) {
        int first = finding.iterations().first();
        int last = finding.iterations().last();
        return first == last ? Integer.toString(first) : first + " to " + last;
    }

    private static DomContent pair(String term, DomContent description) {
        return div(dt(term), dd(description));
    }

    private static DomContent layers(List<String> layers) {
        if (layers.isEmpty()) {
            return span("the whole network");
        }
        if (layers.size() <= FEW_LAYERS) {
            return names(layers);
        }
        return details(
                summary(names(layers.subList(0, FEW_LAYERS)), span(" and " + (layers.size() - FEW_LAYERS) + " more")),
                names(layers.subList(FEW_LAYERS, layers.size())));
    }

    private static DomContent names(List<String> layers) {
        return span(each(layers, (i, layer) -> span(text(i == 0 ? "" : ", "), code(layer))));
    }

    private static DomContent facts(Finding finding, int number) {
        if (finding.facts().isEmpty()) {
            return span();
        }
        return Page.scrolling(
                "Observed values of finding " + number,
                table(
                                caption("Observed values against their limits").withClass("quiet"),
                                thead(tr(column("observed"), column("value"), column("limit"))),
                                tbody(each(finding.facts(), FindingView::fact)))
                        .withClass("facts"));
    }

    private static DomContent column(String name) {
        return th(name).withScope("col");
    }

    private static DomContent fact(Fact fact) {
        Double limit = fact.limit();
        return tr(
                th(fact.key()).withScope("row"),
                td(Numbers.format(fact.value())).withClass("n"),
                td(limit == null ? "–" : Numbers.format(limit)).withClass("n"));
    }

    private static DomContent sentences(String heading, List<String> sentences) {
        return sentences.isEmpty()
                ? span()
                : div(h4(heading), ul(each(sentences, sentence -> li(sentence).withClass("sentence"))));
    }

    private static DomContent remedy(Remedy remedy) {
        return li(
                p(strong(remedy.summary())).withClass("sentence"),
                iff(!remedy.code().isBlank(), Page.scrolling("Code of " + remedy.id(), pre(code(remedy.code())))),
                p(span(remedy.id()).withClass("quiet"), span(" · "), span(proof(remedy.proof())))
                        .withClass("proof"));
    }

    private static String proof(Proof proof) {
        String tried =
                " – " + proof.metric() + " " + Numbers.format(proof.before()) + " → " + Numbers.format(proof.after());
        return switch (proof.status()) {
            case CURES -> "tried: cures it" + tried;
            case HELPS -> "tried: helps" + tried;
            case NO_EFFECT -> "tried: no effect" + tried;
            case HARMS -> "tried: harms" + tried;
            case UNCLEAR -> "tried: unclear" + tried;
            case NOT_TRIED -> "computed, not yet tried";
        };
    }
}
