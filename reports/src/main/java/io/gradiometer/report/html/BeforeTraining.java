package io.gradiometer.report.html;

import static j2html.TagCreator.caption;
import static j2html.TagCreator.code;
import static j2html.TagCreator.details;
import static j2html.TagCreator.div;
import static j2html.TagCreator.each;
import static j2html.TagCreator.h2;
import static j2html.TagCreator.li;
import static j2html.TagCreator.p;
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

import io.gradiometer.finding.Numbers;
import io.gradiometer.finding.PreflightReport;
import io.gradiometer.finding.PreflightReport.OfLayer;
import io.gradiometer.finding.PreflightReport.Pair;
import io.gradiometer.signal.Smell;
import j2html.tags.DomContent;
import j2html.tags.specialized.TdTag;
import j2html.tags.specialized.TrTag;
import java.util.ArrayList;
import java.util.List;

/** What was told of a network before it trained: what smells, and its forecast beside what was measured. */
final class BeforeTraining {

    private static final int MANY_SMELLS = 6;

    private static final List<String> COLUMNS =
            List.of("layer", "output foretold", "output measured", "signal foretold", "signal measured");

    private BeforeTraining() {}

    static DomContent of(PreflightReport report) {
        if (!report.isKnown()) {
            return span();
        }
        return section(h2("Before training"), firstBatch(report), smells(report.smells()), forecast(report.layers()));
    }

    private static DomContent firstBatch(PreflightReport report) {
        List<String> parts = new ArrayList<>();
        add(parts, "inputs of size ", report.inputRms());
        add(parts, "labels of size ", report.labelRms());
        add(parts, "a skill of ", report.skill());
        return parts.isEmpty()
                ? span()
                : p("The first batch had " + String.join(", ", parts)
                        + " (sizes are root mean squares; a skill of 0 knows no more than a constant).");
    }

    private static void add(List<String> parts, String what, double value) {
        if (!Double.isNaN(value)) {
            parts.add(what + Numbers.format(value));
        }
    }

    private static DomContent smells(List<Smell> smells) {
        if (smells.isEmpty()) {
            return p("Nothing is odd in the configuration or the initial weights.");
        }
        List<Smell> first = smells.subList(0, Math.min(MANY_SMELLS, smells.size()));
        List<Smell> more = smells.subList(first.size(), smells.size());
        return div(
                p(
                        "Odd in the configuration or the initial weights. By itself that is no finding and does not change the"
                                + " verdict; where training has shown the harm, the finding says so."),
                list(first),
                more.isEmpty() ? null : details(summary("and " + more.size() + " more"), list(more)));
    }

    private static DomContent list(List<Smell> smells) {
        return ul(each(
                smells,
                smell -> li(
                        code(smell.id()),
                        text(" in "),
                        code(Names.brief(smell.layer())),
                        text(": " + Names.sentence(smell.summary())))));
    }

    private static DomContent forecast(List<OfLayer> layers) {
        List<OfLayer> told = layers.stream().filter(BeforeTraining::isTold).toList();
        if (told.isEmpty()) {
            return p("No formula foretells how the signal fares in this kind of network.")
                    .withClass("about");
        }
        return numbers(layers);
    }

    private static DomContent numbers(List<OfLayer> layers) {
        return details(
                summary("Forecast and measurement, layer by layer"),
                Page.scrolling(
                        "Forecast and measurement",
                        table(
                                caption("From input to output; measured in the first steps")
                                        .withClass("quiet"),
                                thead(tr(each(COLUMNS, name -> th(name).withScope("col")))),
                                tbody(each(layers, BeforeTraining::row)))),
                p("Output: root mean square of what the layer gives. Signal: powers of ten by which what comes back from"
                                + " the loss is above (below, where negative) that at the output layer. Foretold from"
                                + " the configuration and the initial weights alone. – means that it cannot be told.")
                        .withClass("about"));
    }

    private static boolean isTold(OfLayer layer) {
        return !Double.isNaN(layer.output().foretold())
                || !Double.isNaN(layer.signalDecades().foretold());
    }

    private static TrTag row(OfLayer layer) {
        Pair output = layer.output();
        Pair signal = layer.signalDecades();
        return tr(
                th(code(Names.brief(layer.name()))).withScope("row"),
                n(output.foretold()),
                n(output.measured()),
                n(signal.foretold()),
                n(signal.measured()));
    }

    private static TdTag n(double value) {
        return td(Numerals.known(value)).withClass("n");
    }
}
