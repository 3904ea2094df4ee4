package io.gradiometer.report.html;

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
import io.gradiometer.finding.Finding;
import io.gradiometer.finding.Severity;
import io.gradiometer.report.chart.Marks;
import io.gradiometer.trace.RecordedRun;
import io.gradiometer.trace.Trace;
import j2html.tags.DomContent;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apiguardian.api.API;

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
        List<DomContent> content = new ArrayList<>();
        content.add(nav(Page.anchor(home, "← " + build)).attr("aria-label", "Build"));
        content.add(head(run, diagnosis, title));
        content.addAll(findings(diagnosis));
        content.add(RunDetails.inconclusive(diagnosis));
        content.add(BeforeTraining.of(diagnosis.preflight()));
        content.addAll(measurements(run, diagnosis));
        content.add(RunDetails.run(diagnosis));
        return Page.render(Outcome.of(diagnosis.health()).word() + ": " + title + " – Gradiometer", content);
    }

    private static DomContent head(RecordedRun run, Diagnosis diagnosis, String title) {
        Outcome outcome = Outcome.of(diagnosis.health());
        List<Finding> open = Verdicts.open(diagnosis);
        return header(
                h1(title),
                section(
                                p(
                                        Page.badge(outcome),
                                        text(" "),
                                        span(tally(diagnosis)).withClass("about")),
                                p(Verdicts.sentence(diagnosis)).withClass("lead"),
                                open.isEmpty()
                                        ? null
                                        : p(
                                                        strong("Try: "),
                                                        span(open.get(0)
                                                                .remedies()
                                                                .get(0)
                                                                .summary()))
                                                .withClass("try"),
                                RunDetails.problems(run))
                        .withClasses("verdict", outcome.word())
                        .attr("aria-label", "Verdict"));
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
        int settled = Verdicts.settled(diagnosis).size();
        if (settled > 0) {
            parts.add(settled + " not counted");
        }
        return String.join(", ", parts);
    }

    private static List<DomContent> findings(Diagnosis diagnosis) {
        Links links = new Links();
        List<Finding> open = Verdicts.open(diagnosis);
        List<Finding> settled = Verdicts.settled(diagnosis);
        List<DomContent> sections = new ArrayList<>();
        if (!open.isEmpty()) {
            sections.add(section(
                    h2(open.size() == 1 ? "Finding" : "Findings, worst first"),
                    each(open, (i, finding) -> FindingView.of(finding, i + 1, links))));
        }
        if (!settled.isEmpty()) {
            sections.add(section(
                    h2("Found, but not counted"),
                    p("A test expects these, or the configuration sets them aside: they do not change the verdict.")
                            .withClass("about"),
                    each(settled, (i, finding) -> FindingView.of(finding, open.size() + i + 1, links))));
        }
        return sections;
    }

    private static List<DomContent> measurements(RecordedRun run, Diagnosis diagnosis) {
        Trace trace = run.trace();
        if (trace == null) {
            return List.of(section(
                    h2("How it went"),
                    p("There are no plots and no table of layers: the run's trace is missing or cannot be read.")
                            .withClass("notice")));
        } else if (trace.steps().isEmpty()) {
            return List.of(
                    section(
                            h2("How it went"),
                            p("There are no plots: no iteration was recorded.").withClass("notice")),
                    new LayerTable(trace, Set.of()).view());
        }
        Marks marks = new Marks(Stream.concat(Verdicts.open(diagnosis).stream(), Verdicts.settled(diagnosis).stream())
                .toList());
        return List.of(
                new Plots(trace, marks).view(),
                new LayerTable(trace, marks.offendingLayers()).view(),
                RunDetails.validations(trace.validations()));
    }
}
