package io.gradiometer.report.html;

import static j2html.TagCreator.dd;
import static j2html.TagCreator.div;
import static j2html.TagCreator.dl;
import static j2html.TagCreator.dt;
import static j2html.TagCreator.each;
import static j2html.TagCreator.h1;
import static j2html.TagCreator.h2;
import static j2html.TagCreator.header;
import static j2html.TagCreator.nav;
import static j2html.TagCreator.p;
import static j2html.TagCreator.section;
import static j2html.TagCreator.span;
import static j2html.TagCreator.strong;
import static j2html.TagCreator.text;

import io.gradiometer.finding.Diagnosis;
import io.gradiometer.finding.Disease;
import io.gradiometer.finding.Finding;
import io.gradiometer.finding.Severity;
import io.gradiometer.report.chart.Marks;
import io.gradiometer.trace.RecordedRun;
import io.gradiometer.trace.Trace;
import j2html.tags.DomContent;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/** The page of one run: the verdict, then why, then how it went, then everything else. */
@API(status = API.Status.INTERNAL)
public final class RunPage {

    private RunPage() {}

    /**
     * Returns the page.
     *
     * @param build title of the page of the build
     * @param home link to that page
     */
    public static String render(RecordedRun run, Diagnosis diagnosis, String build, String home) {
        String title = diagnosis.run().title().isBlank()
                ? diagnosis.run().id()
                : diagnosis.run().title();
        List<Disease> open = Verdicts.open(diagnosis);
        List<Disease> settled = Verdicts.settled(diagnosis);
        Marks marks = new Marks(
                Verdicts.numbered(Stream.concat(open.stream(), settled.stream()).toList()));
        Trace trace = run.trace();
        Instruments instruments =
                trace == null || trace.steps().isEmpty() ? null : new Instruments(trace, marks, diagnosis.preflight());
        List<DomContent> content = new ArrayList<>();
        content.add(nav(Page.anchor(home, "← " + Names.brief(build))).attr("aria-label", "Build"));
        content.add(head(run, diagnosis, Names.brief(title)));
        content.addAll(new Stories(instruments).view(open, settled));
        content.add(instruments == null ? withoutInstruments(trace) : instruments.view());
        content.add(trace == null ? null : new NetworkView(trace, marks).view());
        content.add(BeforeTraining.of(diagnosis.preflight()));
        content.add(trace == null ? null : RunDetails.validations(trace.validations()));
        content.add(RunDetails.measured(diagnosis, trace));
        content.add(RunDetails.run(diagnosis));
        return Page.render(
                Outcome.of(diagnosis.health()).word() + ": " + Names.brief(title) + " – Gradiometer", content);
    }

    private static DomContent withoutInstruments(@Nullable Trace trace) {
        return section(
                h2(Texts.say("instruments.heading")),
                p(Texts.say(trace == null ? "instruments.lost" : "instruments.none"))
                        .withClass("notice"));
    }

    private static DomContent head(RecordedRun run, Diagnosis diagnosis, String title) {
        Outcome outcome = Outcome.of(diagnosis.health());
        return header(
                h1(title),
                section(
                                p(
                                        Page.badge(outcome),
                                        text(" "),
                                        span(tally(diagnosis)).withClass("about")),
                                p(Verdicts.sentence(diagnosis)).withClass("lead"),
                                diagnosis.open().isEmpty()
                                        ? null
                                        : inShort(Verdicts.open(diagnosis).get(0)),
                                RunDetails.problems(run))
                        .withClasses("verdict", outcome.word())
                        .attr("aria-label", "Verdict"));
    }

    /** What one needs to begin: where, what was seen, why, and what to do. */
    private static DomContent inShort(Disease worst) {
        Finding head = worst.head();
        List<DomContent> rows = new ArrayList<>();
        rows.add(row("head.where", span(Verdicts.layers(head))));
        rows.add(row("head.observed", span(Names.sentence(head.summary()))));
        Verdicts.causes(worst).stream()
                .findFirst()
                .map(cause -> row("head.cause", span(Names.sentence(cause.summary()))))
                .ifPresent(rows::add);
        rows.add(row("head.try", strong(Names.sentence(head.remedies().get(0).summary()))));
        rows.add(row("head.more", Page.anchor(Links.fragment(FindingView.anchor(head)), Texts.say("head.more.link"))));
        String told = head.summary() + " " + head.remedies().get(0).summary();
        return div(dl(each(rows, row -> row)).withClass("short"), Glossary.explain(told));
    }

    private static DomContent row(String key, DomContent value) {
        return div(dt(Texts.say(key)), dd(value));
    }

    private static String tally(Diagnosis diagnosis) {
        List<String> parts = new ArrayList<>();
        for (Severity severity : List.of(Severity.ERROR, Severity.WARNING, Severity.INFO)) {
            long count = diagnosis.open().stream()
                    .filter(f -> f.severity() == severity)
                    .count();
            if (count > 0) {
                parts.add(severity == Severity.INFO ? count + " info" : Verdicts.count(count, severity.id()));
            }
        }
        int settled = diagnosis.findings().size() - diagnosis.open().size();
        if (settled > 0) {
            parts.add(settled + " not counted");
        }
        return String.join(", ", parts);
    }
}
