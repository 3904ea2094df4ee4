package io.gradiometer.report.html;

import static j2html.TagCreator.a;
import static j2html.TagCreator.details;
import static j2html.TagCreator.each;
import static j2html.TagCreator.figcaption;
import static j2html.TagCreator.figure;
import static j2html.TagCreator.h2;
import static j2html.TagCreator.h3;
import static j2html.TagCreator.h4;
import static j2html.TagCreator.li;
import static j2html.TagCreator.p;
import static j2html.TagCreator.rawHtml;
import static j2html.TagCreator.section;
import static j2html.TagCreator.span;
import static j2html.TagCreator.strong;
import static j2html.TagCreator.summary;
import static j2html.TagCreator.ul;

import io.gradiometer.finding.Finding;
import io.gradiometer.finding.Numbers;
import io.gradiometer.finding.PreflightReport;
import io.gradiometer.report.chart.Drawing;
import io.gradiometer.report.chart.FanChart;
import io.gradiometer.report.chart.HeatMap;
import io.gradiometer.report.chart.LayerChart;
import io.gradiometer.report.chart.LayerChart.Band;
import io.gradiometer.report.chart.LayerSeries;
import io.gradiometer.report.chart.LossChart;
import io.gradiometer.report.chart.Marks;
import io.gradiometer.report.chart.Measure;
import io.gradiometer.report.chart.SkillChart;
import io.gradiometer.signal.Step;
import io.gradiometer.trace.Trace;
import j2html.tags.DomContent;
import j2html.tags.specialized.TableTag;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The plots of a run, each with a sentence on what to see in it and with its numbers in a table. */
final class Instruments {

    private static final int LAST_STEPS = 20;

    /** Where steps of weights lie in trainings that go well; a thousandth is the usual aim. */
    private static final Band HEALTHY_STEPS = new Band(1e-4, 1e-2);

    private final Trace trace;
    private final Marks marks;
    private final Set<String> ill;
    private final String findings;
    private final Map<Instrument, Shown> shown = new EnumMap<>(Instrument.class);

    /** One plot and what is said about it. */
    private record Shown(String name, Drawing drawing, List<DomContent> caption, @Nullable TableTag numbers) {}

    Instruments(Trace trace, Marks marks, PreflightReport preflight) {
        this.trace = trace;
        this.marks = marks;
        this.ill = marks.offendingLayers();
        this.findings = says(marks.findings());
        LayerSeries gradients = LayerSeries.of(trace, Measure.GRADIENT);
        loss();
        skill();
        lines(Instrument.GRADIENT, gradients, null, SampleTables.gradients(gradients));
        heat(gradients);
        depth(preflight);
        lines(Instrument.UPDATES, LayerSeries.of(trace, Measure.UPDATE_RATIO), HEALTHY_STEPS, null);
        shares(Instrument.SILENT, LayerSeries.of(trace, Measure.SILENT));
        shares(Instrument.FLAT, LayerSeries.of(trace, Measure.FLAT));
        show(Instrument.SPREAD, FanChart.draw(trace, ill, label(Instrument.SPREAD)), "spread.see");
        rate();
        clipping();
    }

    private static String says(List<Finding> findings) {
        return findings.isEmpty()
                ? Texts.say("instruments.finding.none")
                : Texts.say(
                        "instruments.finding",
                        findings.get(0).id(),
                        Verdicts.place(findings.get(0)),
                        findings.get(0).detectedAt());
    }

    private String label(Instrument instrument) {
        return Texts.say(instrument.key() + ".label", findings);
    }

    private void show(Instrument instrument, Drawing drawing, String... captions) {
        put(
                instrument,
                new Shown(
                        Texts.say(instrument.key() + ".name"),
                        drawing,
                        Stream.of(captions).map(key -> sentence(Texts.say(key))).toList(),
                        null));
    }

    private void put(Instrument instrument, Shown what) {
        shown.put(instrument, what);
    }

    private static DomContent sentence(String text) {
        return span(text + " ");
    }

    private void loss() {
        String marked = marks.findings().isEmpty() ? "" : Texts.say("loss.marks");
        put(
                Instrument.LOSS,
                new Shown(
                        Texts.say("loss.name"),
                        LossChart.draw(trace, marks, label(Instrument.LOSS)),
                        List.of(sentence(Texts.say("loss.see")), sentence(marked)),
                        SampleTables.losses(trace)));
    }

    private void skill() {
        put(
                Instrument.SKILL,
                new Shown(
                        Texts.say("skill.name"),
                        SkillChart.draw(trace, label(Instrument.SKILL)),
                        List.of(sentence(Texts.say("skill.see")), strong(skillNow())),
                        null));
    }

    private String skillNow() {
        double[] skills = trace.steps().stream()
                .mapToDouble(Step::skill)
                .filter(skill -> !Double.isNaN(skill))
                .toArray();
        int last = Math.min(LAST_STEPS, skills.length);
        double skill = Numerals.median(Arrays.stream(skills).skip(skills.length - last));
        if (Double.isInfinite(skill)) {
            return Texts.say("skill.now.lost");
        }
        return last == 0
                ? Texts.say("skill.now.unknown")
                : Texts.say("skill.now", Numbers.format(skill), Verdicts.count(last, "kept step"));
    }

    private void lines(Instrument instrument, LayerSeries series, @Nullable Band band, @Nullable TableTag numbers) {
        put(instrument, drawn(instrument, series, false, band, numbers));
    }

    private Shown drawn(
            Instrument instrument, LayerSeries series, boolean share, @Nullable Band band, @Nullable TableTag numbers) {
        String key = instrument.key();
        LayerChart.Look look = new LayerChart.Look(key, Texts.say(key + ".axis"), share, band);
        int layers = series.rows().size();
        String some = layers > LayerChart.MOST_LINES ? Texts.say("lines.some", layers, LayerChart.MOST_LINES) : "";
        return new Shown(
                Texts.say(key + ".name"),
                LayerChart.draw(look, series, ill, label(instrument)),
                List.of(sentence(Texts.say(key + ".see")), sentence(Texts.say("lines.colours")), sentence(some)),
                numbers);
    }

    private void heat(LayerSeries gradients) {
        LayerSeries signals = LayerSeries.of(trace, Measure.SIGNAL);
        Drawing drawing = HeatMap.draw(signals.isEmpty() ? gradients : signals, ill, label(Instrument.HEAT));
        put(
                Instrument.HEAT,
                new Shown(
                        Texts.say(signals.isEmpty() ? "heat.name.gradient" : "heat.name"),
                        drawing,
                        List.of(sentence(Texts.say("heat.see"))),
                        null));
    }

    private void depth(PreflightReport preflight) {
        DepthProfiles profiles = DepthProfiles.of(trace, preflight);
        put(
                Instrument.DEPTH,
                new Shown(
                        Texts.say("depth.name"),
                        profiles.draw(label(Instrument.DEPTH) + " " + profiles.inWords()),
                        List.of(sentence(Texts.say("depth.see")), strong(profiles.inWords())),
                        null));
    }

    private void shares(Instrument instrument, LayerSeries series) {
        if (series.onlyValue() == 0) {
            show(instrument, new Drawing.Nothing(Texts.say(instrument.key() + ".none")));
        } else {
            put(instrument, drawn(instrument, series, true, null, null));
        }
    }

    private void rate() {
        LayerSeries rates = LayerSeries.of(trace, Measure.LEARNING_RATE);
        double only = rates.onlyValue();
        if (Double.isNaN(only)) {
            lines(Instrument.RATE, rates, null, null);
        } else {
            show(Instrument.RATE, new Drawing.Nothing(Texts.say("rate.constant", Numbers.format(only))));
        }
    }

    private void clipping() {
        LayerSeries clipping = LayerSeries.of(trace, Measure.CLIPPING);
        if (clipping.isEmpty()) {
            show(Instrument.CLIPPING, new Drawing.Nothing(Texts.say("clipping.none")));
        } else if (clipping.onlyValue() == 1) {
            show(Instrument.CLIPPING, new Drawing.Nothing(Texts.say("clipping.idle")));
        } else {
            lines(Instrument.CLIPPING, clipping, null, null);
        }
    }

    /** Shows the plot that a finding is best seen in, which has its place among the instruments; null where it is not drawn. */
    @Nullable
    DomContent evidence(Finding finding, int number) {
        Instrument instrument = Instrument.showing(finding.id());
        Shown best = shown.get(instrument);
        if (best == null || !(best.drawing() instanceof Drawing.Drawn)) {
            instrument = Instrument.LOSS;
            best = shown.get(instrument);
        }
        if (best == null || !(best.drawing() instanceof Drawing.Drawn drawn)) {
            return null;
        }
        return figure(
                h4(Texts.say("story.proof")),
                Page.scrolling("Plot of finding " + number + ": " + best.name(), rawHtml(drawn.again())),
                figcaption(
                        a(best.name()).withHref(Links.fragment(place(instrument))),
                        span(". "),
                        best.caption().get(0)));
    }

    private static String place(Instrument instrument) {
        return "instrument-" + instrument.key();
    }

    DomContent view() {
        return section(
                h2(Texts.say("instruments.heading")),
                failure(),
                thinned(),
                each(plots(), plot -> plot),
                ul(each(undrawn(), why -> li(why))).withClass("about"));
    }

    private List<DomContent> plots() {
        List<DomContent> plots = new ArrayList<>();
        shown.forEach((instrument, what) -> {
            if (what.drawing() instanceof Drawing.Drawn || what.numbers() != null) {
                plots.add(plot(instrument, what));
            }
        });
        return plots;
    }

    private List<String> undrawn() {
        return shown.values().stream()
                .map(Shown::drawing)
                .filter(Drawing.Nothing.class::isInstance)
                .map(nothing -> ((Drawing.Nothing) nothing).why())
                .toList();
    }

    private @Nullable DomContent failure() {
        return shown.values().stream()
                .map(Shown::drawing)
                .filter(Drawing.Failed.class::isInstance)
                .map(Drawing.Failed.class::cast)
                .findFirst()
                .map(failed -> p(strong(Texts.say("instruments.missing") + " "), span(failed.why()))
                        .withClass("notice"))
                .orElse(null);
    }

    private @Nullable DomContent thinned() {
        long kept = trace.steps().size();
        return kept >= trace.stepsSeen()
                ? null
                : p(Texts.say("instruments.thinned", trace.stepsSeen(), kept)).withClass("about");
    }

    private static DomContent plot(Instrument instrument, Shown plot) {
        boolean drawn = plot.drawing() instanceof Drawing.Drawn;
        TableTag table = plot.numbers();
        DomContent picture = plot.drawing() instanceof Drawing.Drawn d
                ? Page.scrolling("Plot: " + plot.name(), rawHtml(d.svg()))
                : null;
        DomContent numbers = table == null
                ? null
                : details(summary(Texts.say("instruments.numbers")), Page.scrolling("Numbers: " + plot.name(), table))
                        .condAttr(!drawn, "open", null);
        return figure(h3(plot.name()), picture, drawn ? figcaption(each(plot.caption(), c -> c)) : null, numbers)
                .withId(place(instrument));
    }
}
