package io.gradiometer.report.html;

import static j2html.TagCreator.details;
import static j2html.TagCreator.figcaption;
import static j2html.TagCreator.figure;
import static j2html.TagCreator.h2;
import static j2html.TagCreator.h3;
import static j2html.TagCreator.p;
import static j2html.TagCreator.rawHtml;
import static j2html.TagCreator.section;
import static j2html.TagCreator.span;
import static j2html.TagCreator.strong;
import static j2html.TagCreator.summary;
import static j2html.TagCreator.text;

import io.gradiometer.finding.Finding;
import io.gradiometer.finding.Numbers;
import io.gradiometer.report.chart.Drawing;
import io.gradiometer.report.chart.GradientChart;
import io.gradiometer.report.chart.Gradients;
import io.gradiometer.report.chart.HeatMap;
import io.gradiometer.report.chart.LossChart;
import io.gradiometer.report.chart.Marks;
import io.gradiometer.signal.Step;
import io.gradiometer.trace.Trace;
import j2html.tags.DomContent;
import j2html.tags.specialized.TableTag;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The plots of a run, each with what it says in words and with its numbers in a table. */
final class Plots {

    private static final int LAST_STEPS = 20;

    private final Trace trace;
    private final Marks marks;
    private final Gradients gradients;
    private final String findings;

    Plots(Trace trace, Marks marks) {
        this.trace = trace;
        this.marks = marks;
        this.gradients = Gradients.of(trace);
        this.findings = says(marks.findings());
    }

    private static String says(List<Finding> findings) {
        return findings.isEmpty()
                ? "No finding."
                : findings.get(0).id() + " " + Verdicts.place(findings.get(0)) + ", known from iteration "
                        + findings.get(0).detectedAt() + ".";
    }

    DomContent view() {
        Drawing loss = LossChart.draw(trace, marks, "Loss over the iterations. " + findings);
        Drawing lines = GradientChart.draw(
                gradients, marks.offendingLayers(), "Gradient of every layer over the iterations. " + findings);
        Drawing heat = HeatMap.draw(
                gradients,
                marks.offendingLayers(),
                "Heat map of the gradient, layers from top to bottom, iterations from left to right. " + findings);
        return section(
                h2("How it went"),
                Stream.of(loss, lines, heat)
                        .filter(Drawing.Failed.class::isInstance)
                        .map(Drawing.Failed.class::cast)
                        .findFirst()
                        .map(failed -> p(strong("The plots are missing. "), span(failed.why()))
                                .withClass("notice"))
                        .orElse(null),
                thinned(),
                plot("Loss", loss, lossCaption(), SampleTables.losses(trace)),
                plot("Gradient of each layer", lines, gradientCaption(), SampleTables.gradients(gradients)),
                plot("Layer by iteration", heat, heatCaption(), null));
    }

    private DomContent thinned() {
        long kept = trace.steps().size();
        if (kept >= trace.stepsSeen()) {
            return span();
        }
        return p("Of " + trace.stepsSeen() + " iterations " + kept
                        + " were kept: the first ones, those that stand out, and others evenly thinned.")
                .withClass("about");
    }

    private static DomContent plot(String name, Drawing drawing, DomContent caption, @Nullable TableTag table) {
        boolean drawn = drawing instanceof Drawing.Drawn;
        DomContent picture = drawing instanceof Drawing.Drawn d
                ? Page.scrolling("Plot: " + name, rawHtml(d.svg()))
                : drawing instanceof Drawing.Nothing n ? p(n.why()).withClass("about") : null;
        DomContent numbers = table == null
                ? null
                : details(summary("Numbers of this plot"), Page.scrolling("Numbers: " + name, table))
                        .condAttr(!drawn, "open", null);
        return figure(h3(name), picture, drawn ? figcaption(caption) : null, numbers);
    }

    private DomContent lossCaption() {
        double[] skills = trace.steps().stream()
                .mapToDouble(Step::skill)
                .filter(skill -> !Double.isNaN(skill))
                .toArray();
        int last = Math.min(LAST_STEPS, skills.length);
        double skill = Numerals.median(Arrays.stream(skills).skip(skills.length - last));
        String now = last == 0
                ? "Here it could not be computed."
                : "Here: " + Numbers.format(skill) + ", the median of the last " + Verdicts.count(last, "kept step")
                        + " with a loss.";
        String marked = marks.findings().isEmpty()
                ? ""
                : " Above: when each finding was seen (bar) and from when it could be known (dot).";
        return span(
                text("Dashed: the loss of the best constant prediction. Skill is 1 − loss ÷ that: 0 means the network"
                        + " knows no more than the average label, 1 that it knows all, below 0 that it does worse than"
                        + " a constant. "),
                strong(now),
                text(marked));
    }

    private DomContent gradientCaption() {
        int layers = gradients.rows().size();
        String some = layers > GradientChart.MOST_LINES
                ? " Of " + layers + " layers " + GradientChart.MOST_LINES + " at most are drawn; the heat map has all."
                : "";
        return span(
                "Root mean square of each layer's gradient, mean over the batch, before clipping; of long runs the median and what lies far from it. Colour runs from the"
                        + " input (dark on paper) to the output; layers with an error or a warning are red and thick, unless"
                        + " that would be most of them." + some);
    }

    private DomContent heatCaption() {
        return span("Rows run from the input (top) to the output (bottom). Exact zeros are dotted, values that are not"
                + " finite are hatched: neither is ever painted as a small number. A column that stands for several"
                + " iterations shows its largest value, or that something in it was not finite.");
    }
}
