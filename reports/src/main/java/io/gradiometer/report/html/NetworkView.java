package io.gradiometer.report.html;

import static j2html.TagCreator.a;
import static j2html.TagCreator.code;
import static j2html.TagCreator.dd;
import static j2html.TagCreator.details;
import static j2html.TagCreator.div;
import static j2html.TagCreator.dl;
import static j2html.TagCreator.dt;
import static j2html.TagCreator.each;
import static j2html.TagCreator.h2;
import static j2html.TagCreator.li;
import static j2html.TagCreator.ol;
import static j2html.TagCreator.p;
import static j2html.TagCreator.rawHtml;
import static j2html.TagCreator.section;
import static j2html.TagCreator.span;
import static j2html.TagCreator.strong;
import static j2html.TagCreator.summary;
import static j2html.TagCreator.text;

import io.gradiometer.finding.Finding;
import io.gradiometer.finding.Severity;
import io.gradiometer.report.chart.LayerSeries;
import io.gradiometer.report.chart.Marks;
import io.gradiometer.report.chart.Measure;
import io.gradiometer.report.chart.Sparkline;
import io.gradiometer.signal.LayerView;
import io.gradiometer.trace.Trace;
import j2html.tags.DomContent;
import j2html.tags.specialized.LiTag;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The network as a row of boxes, coloured by what was found in each layer; a box opens into the layer's card. */
final class NetworkView {

    private final Trace trace;
    private final Marks marks;
    private final LayerTable table;
    private final Map<Integer, LayerSeries.Row> gradients = new LinkedHashMap<>();

    NetworkView(Trace trace, Marks marks) {
        this.trace = trace;
        this.marks = marks;
        this.table = new LayerTable(trace, marks.offendingLayers());
        LayerSeries.of(trace, Measure.GRADIENT).rows().forEach(row -> gradients.put(row.index(), row));
    }

    DomContent view() {
        List<LayerView> layers = trace.model().layers();
        if (layers.isEmpty()) {
            return section(h2(Texts.say("network.heading")), p(Texts.say("network.none")));
        }
        return section(
                h2(Texts.say("network.heading")),
                p(Texts.say("network.about")).withClass("about"),
                ol(each(layers, this::box)).withClass("network"),
                details(summary(Texts.say("network.table")), table.view()));
    }

    private LiTag box(int index, LayerView layer) {
        List<Finding> findings = marks.findings().stream()
                .filter(finding -> finding.layers().contains(layer.name()))
                .toList();
        Outcome health = health(index, layer, findings);
        return li(details(
                        summary(
                                span(health.sign() + " ").withClass("sign").attr("aria-hidden", "true"),
                                strong(Names.brief(layer.name())),
                                span(what(layer)).withClass("about")),
                        card(index, layer, findings)))
                .withClasses("layer", layer.frozen() ? "frozen" : health.word());
    }

    /**
     * Returns how a layer stands: notes alone do not make it ill, numbers that overflowed do, whichever layer a finding names, and
     * where nothing was read nothing is known.
     */
    private Outcome health(int index, LayerView layer, List<Finding> findings) {
        if (any(findings, Severity.ERROR) || table.nonFinite(index) > 0) {
            return Outcome.SICK;
        } else if (any(findings, Severity.WARNING)) {
            return Outcome.SUSPECT;
        }
        return layer.learns() && !gradients.containsKey(index) ? Outcome.INCONCLUSIVE : Outcome.HEALTHY;
    }

    private static boolean any(List<Finding> findings, Severity severity) {
        return findings.stream().anyMatch(f -> f.severity() == severity && f.status() != Finding.Status.SUPPRESSED);
    }

    private static String what(LayerView layer) {
        String activation = layer.activation();
        return " " + Names.brief(layer.type()) + (activation == null ? "" : " · " + Names.brief(activation))
                + (layer.frozen() ? " · " + Texts.say("network.frozen") : "");
    }

    private DomContent card(int index, LayerView layer, List<Finding> findings) {
        LayerSeries.Row row = gradients.get(index);
        String sparkline = row == null ? "" : Sparkline.draw(row);
        return div(
                findings.isEmpty() ? null : p(each(findings, this::link)),
                dl(each(table.facts(index, layer).entrySet(), fact -> div(dt(fact.getKey()), dd(fact.getValue()))))
                        .withClass("where"),
                sparkline.isEmpty()
                        ? null
                        : p(span(Texts.say("network.sparkline") + " ").withClass("about"), rawHtml(sparkline)));
    }

    private DomContent link(Finding finding) {
        int number = marks.findings().indexOf(finding) + 1;
        return span(
                span(Integer.toString(number)).withClass("number"),
                text(" "),
                a(code(finding.id())).withHref(Links.fragment(FindingView.anchor(finding))),
                text(" "));
    }
}
