package io.gradiometer.report.html;

import static j2html.TagCreator.caption;
import static j2html.TagCreator.code;
import static j2html.TagCreator.dd;
import static j2html.TagCreator.details;
import static j2html.TagCreator.div;
import static j2html.TagCreator.dl;
import static j2html.TagCreator.dt;
import static j2html.TagCreator.each;
import static j2html.TagCreator.h2;
import static j2html.TagCreator.h3;
import static j2html.TagCreator.li;
import static j2html.TagCreator.p;
import static j2html.TagCreator.pre;
import static j2html.TagCreator.section;
import static j2html.TagCreator.span;
import static j2html.TagCreator.summary;
import static j2html.TagCreator.table;
import static j2html.TagCreator.tbody;
import static j2html.TagCreator.td;
import static j2html.TagCreator.text;
import static j2html.TagCreator.th;
import static j2html.TagCreator.thead;
import static j2html.TagCreator.tr;
import static j2html.TagCreator.ul;

import io.gradiometer.finding.Diagnosis;
import io.gradiometer.finding.Numbers;
import io.gradiometer.finding.RunInfo;
import io.gradiometer.finding.Undecided;
import io.gradiometer.signal.Magnitudes;
import io.gradiometer.signal.Validation;
import io.gradiometer.trace.RecordedRun;
import io.gradiometer.trace.Trace;
import j2html.tags.DomContent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What stands behind a diagnosis: what could not be judged, scores, the run itself, settings, cost. */
final class RunDetails {

    private RunDetails() {}

    /** Says what the diagnosis rests on: silence about something that was never looked at is not health. */
    static DomContent measured(Diagnosis diagnosis, @Nullable Trace trace) {
        double cost = diagnosis.cost().fraction();
        return section(
                h2(Texts.say("measured.heading")),
                each(trace == null ? List.of() : seen(trace), sentence -> p(sentence)),
                p(
                        Double.isNaN(cost)
                                ? Texts.say("measured.cost.unknown")
                                : Texts.say("measured.cost", Numbers.percent(cost))),
                diagnosis.inconclusive().isEmpty()
                        ? p(Texts.say("measured.all"))
                        : div(p(Texts.say("measured.undecided")), undecided(diagnosis)));
    }

    private static List<String> seen(Trace trace) {
        int full = trace.fullSteps().size();
        List<String> sentences = new ArrayList<>();
        sentences.add(Texts.say(
                "measured.steps",
                Verdicts.count(trace.stepsSeen(), "iteration"),
                trace.steps().size(),
                full));
        if (full < trace.steps().size()) {
            sentences.add(Texts.say("measured.light"));
        }
        long spread = trace.magnitudes().stream()
                .map(Magnitudes::iteration)
                .distinct()
                .count();
        sentences.add(Texts.say("measured.spread", Verdicts.count(spread, "time")));
        return sentences;
    }

    private static DomContent undecided(Diagnosis diagnosis) {
        return ul(each(
                Undecided.byMissing(diagnosis.inconclusive()).entrySet(),
                lack -> li(
                        each(lack.getValue(), id -> span(code(id), text(" "))),
                        span(Texts.say("measured.want", lack.getKey())))));
    }

    static DomContent problems(RecordedRun run) {
        return run.problems().isEmpty()
                ? span()
                : ul(each(run.problems(), problem -> li(problem))).withClass("problems");
    }

    static DomContent validations(List<Validation> validations) {
        if (validations.isEmpty()) {
            return span();
        }
        return section(
                h2("Validation scores"),
                Page.scrolling(
                        "Validation scores",
                        table(
                                caption("As handed in by the test").withClass("quiet"),
                                thead(tr(
                                        th("after iteration").withScope("col"),
                                        th("score").withScope("col"))),
                                tbody(each(
                                        validations,
                                        v -> tr(
                                                th(Integer.toString(v.iteration()))
                                                        .withScope("row"),
                                                td(Numbers.format(v.score())).withClass("n")))))));
    }

    static DomContent run(Diagnosis diagnosis) {
        Map<String, String> facts = facts(diagnosis);
        return section(
                h2("The run"),
                dl(each(facts.entrySet(), e -> div(dt(e.getKey()), dd(e.getValue()))))
                        .withClass("where"),
                reproduce(diagnosis.run()),
                configuration(diagnosis.configuration()));
    }

    private static DomContent reproduce(RunInfo run) {
        RunInfo.TestRef test = run.test();
        return div(
                h3(Texts.say("reproduce.heading")),
                p(Texts.say("reproduce.about", run.seed())),
                test == null ? null : Page.scrolling(Texts.say("reproduce.heading"), pre(code(command(test)))));
    }

    private static String command(RunInfo.TestRef test) {
        String method = test.method().isEmpty() ? "" : "#" + test.method();
        return "mvn test '-Dtest="
                + Names.sentence((test.className() + method).replaceAll("[^\\p{L}\\p{N}_.$#*-]", "?")) + "'";
    }

    private static Map<String, String> facts(Diagnosis diagnosis) {
        RunInfo run = diagnosis.run();
        Map<String, String> facts = new LinkedHashMap<>();
        RunInfo.TestRef test = run.test();
        if (test != null) {
            facts.put("Test", Names.sentence(test.className() + "." + test.method() + " – " + test.displayName()));
        }
        RunInfo.SourceRef source = run.source();
        if (source != null) {
            facts.put("Trained at", source.file() + ":" + source.line());
        }
        if (!run.module().isEmpty()) {
            facts.put("Module", run.module());
        }
        facts.put(
                "Network",
                run.model() + ", " + Verdicts.count(run.layers().size(), "layer") + ", "
                        + Verdicts.count(run.parameters(), "parameter") + ", " + run.dtype());
        facts.put("Backend", Numerals.known(run.backend()));
        facts.put("Seed", Long.toString(run.seed()));
        facts.put(
                "Seen",
                Verdicts.count(run.iterations(), "iteration") + ", " + Verdicts.count(run.epochs(), "epoch")
                        + (run.completed() ? "" : "; the run was broken off"));
        facts.put("Started", run.started().toString());
        facts.put(
                "Cost of observing",
                Double.isNaN(diagnosis.cost().fraction())
                        ? "not measured"
                        : Numbers.percent(diagnosis.cost().fraction()) + " of the run's time"
                                + (Double.isNaN(diagnosis.cost().millisPerIteration())
                                        ? ""
                                        : ", at "
                                                + Numbers.format(
                                                        diagnosis.cost().millisPerIteration()) + " ms an iteration"));
        if (!Double.isNaN(diagnosis.cost().millisOnce())) {
            facts.put(
                    "Looking before training",
                    Numbers.format(diagnosis.cost().millisOnce()) + " ms, once and not in the share above");
        }
        facts.put("Gradiometer", run.tool());
        facts.put("Run", run.id() + ", session " + run.session());
        return facts;
    }

    private static DomContent configuration(Map<String, String> settings) {
        if (settings.isEmpty()) {
            return p("The configuration was not recorded.").withClass("about");
        }
        return details(
                summary("Configuration as it counted"),
                Page.scrolling(
                        "Configuration",
                        table(
                                caption("Settings, defaults included").withClass("quiet"),
                                thead(tr(
                                        th("setting").withScope("col"),
                                        th("value").withScope("col"))),
                                tbody(each(
                                        settings.entrySet(),
                                        e -> tr(
                                                th(code(e.getKey())).withScope("row"),
                                                td(Numerals.known(e.getValue()))))))));
    }
}
