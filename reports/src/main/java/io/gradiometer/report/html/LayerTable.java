package io.gradiometer.report.html;

import static j2html.TagCreator.caption;
import static j2html.TagCreator.code;
import static j2html.TagCreator.div;
import static j2html.TagCreator.each;
import static j2html.TagCreator.p;
import static j2html.TagCreator.span;
import static j2html.TagCreator.table;
import static j2html.TagCreator.tbody;
import static j2html.TagCreator.td;
import static j2html.TagCreator.th;
import static j2html.TagCreator.thead;
import static j2html.TagCreator.tr;

import io.gradiometer.finding.Numbers;
import io.gradiometer.signal.LayerStep;
import io.gradiometer.signal.LayerView;
import io.gradiometer.signal.ParameterStep;
import io.gradiometer.signal.ParameterView;
import io.gradiometer.signal.TensorStats;
import io.gradiometer.signal.UpdaterView;
import io.gradiometer.trace.Trace;
import j2html.tags.DomContent;
import j2html.tags.specialized.TdTag;
import j2html.tags.specialized.TrTag;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/** Every layer in one row: what it is, and what was measured in it. */
final class LayerTable {

    private static final List<String> COLUMNS = List.of(
            "layer",
            "type",
            "activation",
            "initialisation",
            "updater",
            "parameters",
            "gradient (RMS)",
            "update ratio",
            "signal",
            "zero share",
            "not finite");

    private static final int WORDS = 4;

    private final Trace trace;
    private final Set<String> offending;

    LayerTable(Trace trace, Set<String> offending) {
        this.trace = trace;
        this.offending = offending;
    }

    DomContent view() {
        return div(
                Page.scrolling(
                        "Table of layers",
                        table(
                                        caption("From input to output; medians over the kept steps")
                                                .withClass("quiet"),
                                        thead(tr(each(COLUMNS, name -> th(name).withScope("col")))),
                                        tbody(each(trace.model().layers(), (i, layer) -> row(i, layer))))
                                .withClass("layers")),
                p("Update ratio: length of a step of the weights ÷ length of the weights; about 1e-3 is usual, above 0.1"
                                + " destroys more than it learns. Signal: what comes back from the loss at the layer's"
                                + " pre-activations, per example. Zero share: gradients that are exactly 0. Not finite:"
                                + " most elements at once, in values, gradients or updates. – means that it cannot be"
                                + " told.")
                        .withClass("about"));
    }

    private TrTag row(int index, LayerView layer) {
        boolean ill = offending.contains(layer.name());
        List<String> facts = List.copyOf(facts(index, layer).values());
        return tr(
                        th(span(ill ? "▶ " : "").withClass("mark"), code(Names.brief(layer.name())))
                                .withScope("row"),
                        each(facts.subList(0, WORDS), LayerTable::word),
                        each(facts.subList(WORDS, facts.size()), LayerTable::n))
                .withCondClass(ill, "ill");
    }

    /** Returns what is known of a layer, by the name of its column; words first, then numbers. */
    Map<String, String> facts(int index, LayerView layer) {
        List<String> values = List.of(
                Names.brief(layer.type()) + (layer.frozen() ? " (frozen)" : ""),
                Names.brief(Numerals.known(layer.activation())) + (layer.isOutput() ? " · " + layer.loss() : ""),
                Numerals.known(layer.initialization()),
                updater(layer),
                Long.toString(layer.parameters().stream()
                        .mapToLong(ParameterView::length)
                        .sum()),
                median(index, step -> rms(step.gradient(layer))),
                median(index, step -> step.updateRatio(layer)),
                median(index, LayerStep::signal),
                zeroShare(index, layer),
                Long.toString(nonFinite(index)));
        Map<String, String> facts = new LinkedHashMap<>();
        for (int i = 0; i < values.size(); i++) {
            facts.put(COLUMNS.get(i + 1), values.get(i));
        }
        return facts;
    }

    private static TdTag word(String text) {
        return td(text);
    }

    private static TdTag n(String text) {
        return td(text).withClass("n");
    }

    private static String updater(LayerView layer) {
        UpdaterView updater = layer.updater();
        if (layer.parameters().isEmpty()) {
            return Numerals.known("");
        }
        String rate = Double.isNaN(updater.learningRate()) ? "" : " " + Numbers.format(updater.learningRate());
        String clipping =
                updater.clips() ? ", " + updater.clipping() + " " + Numbers.format(updater.clippingThreshold()) : "";
        return updater.name() + rate + clipping;
    }

    private Stream<LayerStep> steps(int index) {
        return trace.fullSteps().stream().map(step -> step.layers().get(index));
    }

    private String median(int index, ToDoubleFunction<LayerStep> value) {
        DoubleStream values = steps(index).mapToDouble(value);
        return Numerals.known(Numerals.median(values));
    }

    private static double rms(TensorStats gradient) {
        return gradient.length() == gradient.nonFinite() ? Double.NaN : gradient.rms();
    }

    private String zeroShare(int index, LayerView layer) {
        double share = Numerals.median(steps(index)
                .map(step -> step.gradient(layer))
                .mapToDouble(g -> g.length() == 0 ? Double.NaN : g.zeroShare()));
        return Double.isNaN(share) ? Numerals.known(share) : Numbers.percent(share);
    }

    /** Returns the most elements that were not finite at once. */
    long nonFinite(int index) {
        return steps(index)
                .mapToLong(step -> step.parameters().stream()
                        .mapToLong(LayerTable::nonFinite)
                        .sum())
                .max()
                .orElse(0);
    }

    private static long nonFinite(ParameterStep step) {
        return step.value().nonFinite()
                + step.gradient().nonFinite()
                + step.update().nonFinite();
    }
}
