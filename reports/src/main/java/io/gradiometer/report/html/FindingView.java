package io.gradiometer.report.html;

import static j2html.TagCreator.a;
import static j2html.TagCreator.article;
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

import io.gradiometer.finding.Disease;
import io.gradiometer.finding.Fact;
import io.gradiometer.finding.Finding;
import io.gradiometer.finding.Numbers;
import io.gradiometer.finding.Proof;
import io.gradiometer.finding.Remedy;
import io.gradiometer.finding.Severity;
import j2html.tags.DomContent;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A trouble told as a story: what, where, how much, why, the plot that shows it, what to try, and what comes with it.
 *
 * <p>Each finding has its number, under which plots point at it, and its place, to which pages link.
 */
final class FindingView {

    private static final int FEW_LAYERS = 8;
    private static final int MOST_ANCHORS = 200;

    private FindingView() {}

    static String status(Finding finding) {
        return switch (finding.status()) {
            case OPEN -> Texts.say("status.open");
            case EXPECTED -> Texts.say("status.expected");
            case SUPPRESSED -> Texts.say("status.suppressed");
            case BASELINE -> Texts.say("status.baseline");
        };
    }

    /**
     * Shows a disease.
     *
     * @param number of its head; the others follow
     * @param instruments null where there are no plots
     */
    static DomContent of(Disease disease, int number, Links links, @Nullable Instruments instruments) {
        Finding head = disease.head();
        return article(
                        each(furtherAnchors(head, links), id -> span().withId(id)),
                        h3(
                                span(Integer.toString(number)).withClass("number"),
                                text(" "),
                                code(head.id()),
                                text(" "),
                                tags(head),
                                a("#").withClass("anchor")
                                        .withHref(Links.fragment(anchor(head)))
                                        .attr("aria-label", Texts.say("story.link", number, head.id()))),
                        p(Names.sentence(head.summary())).withClass("summary"),
                        where(head),
                        why(disease),
                        plot(head, number, instruments),
                        h4(Texts.say("story.try")),
                        remedies(head),
                        sentences(Texts.say("story.ruledOut"), head.ruledOut()),
                        facts(head, number),
                        together(disease, number, links))
                .withId(links.unique(anchor(head)))
                .withClasses("finding", head.isOpen() ? head.severity().id() : "settled");
    }

    /** What is only worth knowing needs no plot of its own. */
    private static @Nullable DomContent plot(Finding head, int number, @Nullable Instruments instruments) {
        boolean grave = number == 1 || head.severity().isAtLeast(Severity.WARNING);
        return instruments == null || !grave ? null : instruments.evidence(head, number);
    }

    /** Tells a finding in a line, for pages that have too many. */
    static DomContent line(Finding finding) {
        return li(code(finding.id()), text(" "), tags(finding), text(" "), span(Names.sentence(finding.summary())));
    }

    private static DomContent tags(Finding finding) {
        return span(
                span(finding.severity().id())
                        .withClasses("tag", finding.severity().id()),
                iff(!finding.isOpen(), span(text(" "), span(status(finding)).withClasses("tag", "settled"))));
    }

    private static DomContent why(Disease disease) {
        List<DomContent> reasons = new ArrayList<>();
        for (Finding cause : Verdicts.causes(disease)) {
            reasons.add(li(
                    strong(Texts.say("story.cause") + ": "),
                    code(cause.id()),
                    text(" – " + Names.sentence(cause.summary()))));
        }
        for (String sentence : disease.head().evidence()) {
            reasons.add(li(Names.sentence(sentence)).withClass("sentence"));
        }
        return reasons.isEmpty() ? span() : div(h4(Texts.say("story.why")), ul(each(reasons, reason -> reason)));
    }

    private static @Nullable DomContent together(Disease disease, int number, Links links) {
        return disease.others().isEmpty()
                ? null
                : div(
                        h4(Texts.say("story.together")),
                        p(Texts.say("story.together.about")).withClass("about"),
                        each(disease.others(), (i, other) -> part(other, number + 1 + i, links)));
    }

    private static DomContent part(Finding finding, int number, Links links) {
        return details(
                        summary(
                                span(Integer.toString(number)).withClass("number"),
                                text(" "),
                                code(finding.id()),
                                text(" "),
                                tags(finding),
                                text(" "),
                                span(Names.sentence(finding.summary()))),
                        each(furtherAnchors(finding, links), id -> span().withId(id)),
                        where(finding),
                        sentences(Texts.say("story.why"), finding.evidence()),
                        h4(Texts.say("story.try")),
                        remedies(finding),
                        sentences(Texts.say("story.ruledOut"), finding.ruledOut()),
                        facts(finding, number))
                .withId(links.unique(anchor(finding)))
                .withClass("part");
    }

    private static DomContent remedies(Finding finding) {
        return ol(each(finding.remedies(), FindingView::remedy)).withClass("remedies");
    }

    /** Returns the id of the first place that shows the finding, as its page gives it. */
    static String anchor(Finding finding) {
        List<String> layers = finding.layers();
        return Links.id(layers.isEmpty() ? finding.id() : finding.id() + "-" + layers.get(0));
    }

    /** Returns a place for every further layer; of very many the first ones, for a link to each weighs on the page. */
    private static List<String> furtherAnchors(Finding finding, Links links) {
        return finding.layers().stream()
                .skip(1)
                .limit(MOST_ANCHORS)
                .map(layer -> links.unique(finding.id() + "-" + layer))
                .toList();
    }

    private static DomContent where(Finding finding) {
        return dl(
                        pair(
                                Texts.say(finding.layers().size() == 1 ? "story.layer" : "story.layers"),
                                layers(finding.layers())),
                        pair(Texts.say("story.iterations"), span(iterations(finding))),
                        pair(Texts.say("story.known"), span(Texts.say("story.known.from", finding.detectedAt()))),
                        pair(Texts.say("story.confidence"), span(Numbers.percent(finding.confidence()))),
                        iff(!finding.because().isEmpty(), pair(Texts.say("story.because"), names(finding.because()))))
                .withClass("where");
    }

    private static String iterations(Finding finding) {
        int first = finding.iterations().first();
        int last = finding.iterations().last();
        return first == last ? Integer.toString(first) : Texts.say("story.span", first, last);
    }

    private static DomContent pair(String term, DomContent description) {
        return div(dt(term), dd(description));
    }

    private static DomContent layers(List<String> layers) {
        if (layers.isEmpty()) {
            return span(Texts.say("place.network"));
        }
        if (layers.size() <= FEW_LAYERS) {
            return names(layers);
        }
        return details(
                summary(names(layers.subList(0, FEW_LAYERS)), span(" and " + (layers.size() - FEW_LAYERS) + " more")),
                names(layers.subList(FEW_LAYERS, layers.size())));
    }

    private static DomContent names(List<String> layers) {
        return span(each(layers, (i, layer) -> span(text(i == 0 ? "" : ", "), code(Names.brief(layer)))));
    }

    private static DomContent facts(Finding finding, int number) {
        if (finding.facts().isEmpty()) {
            return span();
        }
        return details(
                summary(Texts.say("story.facts")),
                Page.scrolling(
                        Texts.say("story.facts.region", number),
                        table(
                                        thead(tr(
                                                column(Texts.say("story.facts.observed")),
                                                column(Texts.say("story.facts.value")),
                                                column(Texts.say("story.facts.limit")))),
                                        tbody(each(finding.facts(), FindingView::fact)))
                                .withClass("facts")));
    }

    private static DomContent column(String name) {
        return th(name).withScope("col");
    }

    private static DomContent fact(Fact fact) {
        Double limit = fact.limit();
        return tr(
                th(Names.brief(fact.key())).withScope("row"),
                td(Numbers.format(fact.value())).withClass("n"),
                td(limit == null ? "–" : Numbers.format(limit)).withClass("n"));
    }

    private static DomContent sentences(String heading, List<String> sentences) {
        return sentences.isEmpty()
                ? span()
                : div(h4(heading), ul(each(sentences, sentence -> li(Names.sentence(sentence))
                        .withClass("sentence"))));
    }

    private static DomContent remedy(Remedy remedy) {
        return li(
                p(strong(Names.sentence(remedy.summary()))).withClass("sentence"),
                iff(!remedy.code().isBlank(), Page.scrolling("Code of " + remedy.id(), pre(code(remedy.code())))),
                p(span(remedy.id()).withClass("quiet"), span(" · "), span(proof(remedy.proof())))
                        .withClass("proof"));
    }

    private static String proof(Proof proof) {
        String tried =
                " – " + proof.metric() + " " + Numbers.format(proof.before()) + " → " + Numbers.format(proof.after());
        return switch (proof.status()) {
            case CURES -> Texts.say("proof.cures") + tried;
            case HELPS -> Texts.say("proof.helps") + tried;
            case NO_EFFECT -> Texts.say("proof.none") + tried;
            case HARMS -> Texts.say("proof.harms") + tried;
            case UNCLEAR -> Texts.say("proof.unclear") + tried;
            case NOT_TRIED -> Texts.say("proof.untried");
        };
    }
}
