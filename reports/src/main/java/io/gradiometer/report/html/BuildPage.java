package io.gradiometer.report.html;

import static j2html.TagCreator.code;
import static j2html.TagCreator.div;
import static j2html.TagCreator.each;
import static j2html.TagCreator.h1;
import static j2html.TagCreator.h2;
import static j2html.TagCreator.header;
import static j2html.TagCreator.iff;
import static j2html.TagCreator.li;
import static j2html.TagCreator.ol;
import static j2html.TagCreator.p;
import static j2html.TagCreator.rawHtml;
import static j2html.TagCreator.section;
import static j2html.TagCreator.span;
import static j2html.TagCreator.strong;
import static j2html.TagCreator.text;
import static j2html.TagCreator.ul;

import io.gradiometer.finding.Diagnosis;
import io.gradiometer.finding.Disease;
import io.gradiometer.finding.Finding;
import io.gradiometer.finding.RunInfo;
import j2html.tags.DomContent;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apiguardian.api.API;

/** The page of a build: which network is sick, where, why, and what to try – to be seen in five seconds. */
@API(status = API.Status.INTERNAL)
public final class BuildPage {

    private static final List<Outcome> COUNTED =
            List.of(Outcome.SICK, Outcome.SUSPECT, Outcome.HEALTHY, Outcome.INCONCLUSIVE, Outcome.UNREADABLE);

    private static final int MOST_NAMES = 8;

    private BuildPage() {}

    /** Returns the page. */
    public static String render(String title, List<RunSummary> runs) {
        List<RunSummary> sorted = runs.stream().sorted(RunSummary.WORST_FIRST).toList();
        RunFilter filter = new RunFilter(sorted);
        String name = Names.brief(title);
        return Page.render(
                name + " – Gradiometer",
                filter.rules(),
                List.of(
                        header(h1(name), p(verdict(sorted)).withClass("lead"), counts(sorted)),
                        sorted.isEmpty() ? nothingObserved() : list(sorted, filter)));
    }

    private static String verdict(List<RunSummary> runs) {
        if (runs.isEmpty()) {
            return Texts.say("build.verdict.none");
        }
        long ill = runs.stream()
                .filter(r -> r.outcome() == Outcome.SICK || r.outcome() == Outcome.SUSPECT)
                .count();
        long unknown = runs.stream()
                .filter(r -> r.outcome() == Outcome.UNREADABLE || r.outcome() == Outcome.INCONCLUSIVE)
                .count();
        String observed = Verdicts.count(runs.size(), "network") + " observed";
        if (ill > 0) {
            return observed + ", " + ill + " in trouble" + (unknown > 0 ? ", " + unknown + " not judged." : ".");
        }
        return unknown == 0
                ? observed + ", all healthy."
                : observed + ", none known to be in trouble, but " + unknown + " could not be judged.";
    }

    private static DomContent counts(List<RunSummary> runs) {
        return ul(each(COUNTED, outcome -> {
                    long count =
                            runs.stream().filter(r -> r.outcome() == outcome).count();
                    return li(strong(Long.toString(count)), text(" "), Page.badge(outcome))
                            .withClasses("count", count == 0 ? "none" : outcome.word());
                }))
                .withClass("counts");
    }

    private static DomContent nothingObserved() {
        return section(
                h2("Why nothing was observed"),
                p("No network was seen training, so nothing is known about any: this is not a clean bill of health."
                        + " The likely reasons:"),
                ul(
                        li(
                                text("Nothing watches: no test is annotated with "),
                                code("@Diagnosed"),
                                text(", no "),
                                code("GradiometerListener"),
                                text(" is set on a model, and no agent is loaded.")),
                        li(
                                text("The agent is prepared, but a hard-coded "),
                                code("argLine"),
                                text(" of Surefire leaves it out: write "),
                                code("@{argLine}"),
                                text(" in front of it.")),
                        li(
                                code("forkCount=0"),
                                text(": without a fork there is no JVM that an agent could be given to.")),
                        li("Another version of Deeplearning4j than 1.0.0-M2.1, from which Gradiometer stands aside."),
                        li("No test trained a network, or the tests were skipped.")));
    }

    private static DomContent list(List<RunSummary> runs, RunFilter filter) {
        return section(
                        h2(Texts.say("build.heading")),
                        filter.view(),
                        ol(each(runs, run -> row(run, filter))).withClass("runs"),
                        p(Texts.say("build.filter.shown")).withClasses("shown", "about"))
                .withClass("build");
    }

    private static DomContent row(RunSummary run, RunFilter filter) {
        Diagnosis diagnosis = run.diagnosis();
        String title = Names.brief(run.title().isBlank() ? run.folder() : run.title());
        return li(
                        div(Page.badge(run.outcome()), rawHtml(run.sparkline())).withClass("state"),
                        div(
                                        p(run.link().isEmpty() ? strong(title) : Page.anchor(run.link(), title))
                                                .withClass("name"),
                                        diagnosis == null
                                                ? null
                                                : p(about(diagnosis.run())).withClass("about"),
                                        diagnosis == null ? null : worst(run.link(), diagnosis),
                                        iff(
                                                !run.problems().isEmpty(),
                                                ul(each(run.problems(), problem -> li(Names.sentence(problem))))
                                                        .withClass("problems")))
                                .withClass("what"))
                .withClasses(Stream.concat(Stream.of("run", run.outcome().word()), Stream.of(filter.classes(run)))
                        .toArray(String[]::new));
    }

    private static String about(RunInfo run) {
        List<String> parts = new ArrayList<>();
        if (!run.module().isEmpty()) {
            parts.add(run.module());
        }
        parts.add(run.model());
        parts.add(Verdicts.count(run.layers().size(), "layer"));
        parts.add(Verdicts.count(run.parameters(), "parameter"));
        parts.add(Verdicts.count(run.iterations(), "iteration"));
        if (!run.completed()) {
            parts.add(Texts.say("build.broken"));
        }
        return String.join(" · ", parts);
    }

    private static DomContent worst(String link, Diagnosis diagnosis) {
        List<Disease> open = Verdicts.open(diagnosis);
        List<Finding> settled = Verdicts.numbered(Verdicts.settled(diagnosis));
        if (open.isEmpty()) {
            return div(
                    p(Verdicts.sentence(diagnosis)),
                    iff(
                            !settled.isEmpty(),
                            p(Texts.say("build.settled", named(settled))).withClass("about")));
        }
        Disease disease = open.get(0);
        Finding worst = disease.head();
        List<Finding> besides = Verdicts.numbered(open.subList(1, open.size()));
        return div(
                p(strong(name(link, worst)), span(" " + Verdicts.place(worst))).withClass("finding-name"),
                p(Verdicts.sentence(diagnosis)),
                p(Names.sentence(worst.summary())).withClass("about"),
                p(
                                strong(Texts.say("build.try") + " "),
                                span(Names.sentence(worst.remedies().get(0).summary())))
                        .withClass("try"),
                iff(
                        !disease.others().isEmpty(),
                        p(Texts.say("build.also", ids(disease.others()))).withClass("about")),
                iff(
                        !besides.isEmpty(),
                        p(Texts.say("build.besides", ids(besides))).withClass("about")));
    }

    private static DomContent name(String link, Finding finding) {
        return link.isEmpty()
                ? span(finding.id())
                : Page.anchor(link + Links.fragment(FindingView.anchor(finding)), finding.id());
    }

    private static String ids(List<Finding> findings) {
        return inAll(findings.stream().map(Finding::id).distinct().toList());
    }

    private static String named(List<Finding> findings) {
        return inAll(findings.stream()
                .map(f -> f.id() + " " + Verdicts.place(f) + " (" + FindingView.status(f) + ")")
                .toList());
    }

    /** Joins a few names, and says how many more there are. */
    private static String inAll(List<String> names) {
        String few = names.stream().limit(MOST_NAMES).collect(Collectors.joining(", "));
        int more = names.size() - MOST_NAMES;
        return more > 0 ? few + " and " + more + " more" : few;
    }
}
