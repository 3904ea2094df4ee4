package io.gradiometer.report.html;

import io.gradiometer.finding.Numbers;
import io.gradiometer.finding.PreflightReport;
import io.gradiometer.finding.PreflightReport.OfLayer;
import io.gradiometer.report.chart.DepthChart;
import io.gradiometer.report.chart.DepthChart.Pen;
import io.gradiometer.report.chart.DepthChart.Profile;
import io.gradiometer.report.chart.Drawing;
import io.gradiometer.report.chart.LayerSeries;
import io.gradiometer.report.chart.Measure;
import io.gradiometer.trace.Trace;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/** The back-propagated signal over the depth of a network: at the start, in the middle, at the end, and as it was foretold. */
final class DepthProfiles {

    /** Single batches are noisy; the median over a few tells what holds. */
    private static final int STEPS = 5;

    private final LayerSeries signals;
    private final List<String> layers;
    private final List<Double> start;
    private final List<Profile> profiles = new ArrayList<>();
    private int lost;

    private DepthProfiles(Trace trace, PreflightReport preflight) {
        this.signals = LayerSeries.of(trace, Measure.SIGNAL);
        this.layers = trace.model().layerNames();
        int steps = signals.iterations().size();
        int window = Math.max(1, Math.min(STEPS, steps / 3));
        this.start = decades(0, window);
        foretold(preflight);
        add("depth.start", Pen.START, start);
        if (steps >= 3) {
            add("depth.middle", Pen.MIDDLE, decades((steps - window) / 2, window));
            add("depth.end", Pen.END, decades(steps - window, window));
            lost = (int) signals.rows().stream()
                    .filter(row -> Double.isInfinite(median(row, steps - window, window)))
                    .count();
        }
    }

    static DepthProfiles of(Trace trace, PreflightReport preflight) {
        return new DepthProfiles(trace, preflight);
    }

    private void add(String key, Pen pen, List<Double> decades) {
        profiles.add(new Profile(Texts.say(key), pen, decades));
    }

    private List<Double> decades(int from, int window) {
        List<Double> decades = new ArrayList<>(Collections.nCopies(layers.size(), Double.NaN));
        for (LayerSeries.Row row : signals.rows()) {
            // The logarithm of an exact zero is as little a place on the axis as that of infinity.
            decades.set(row.index(), Math.log10(median(row, from, window)));
        }
        return decades;
    }

    private static double median(LayerSeries.Row row, int from, int window) {
        return Numerals.median(
                row.values().subList(from, from + window).stream().mapToDouble(Double::doubleValue));
    }

    /** Foretold is the signal relative to the output's; it is set to what was measured in the last layer known to both. */
    private void foretold(PreflightReport preflight) {
        List<OfLayer> told = preflight.layers();
        if (told.size() != layers.size()) {
            return;
        }
        List<Double> relative =
                told.stream().map(layer -> layer.signalDecades().foretold()).toList();
        int anchor = IntStream.range(0, layers.size())
                .filter(i -> Double.isFinite(relative.get(i)) && Double.isFinite(start.get(i)))
                .max()
                .orElse(-1);
        if (anchor >= 0) {
            double shift = start.get(anchor) - relative.get(anchor);
            add(
                    "depth.foretold",
                    Pen.FORETOLD,
                    relative.stream().map(decades -> decades + shift).toList());
        }
    }

    Drawing draw(String label) {
        return DepthChart.draw(layers, profiles, label);
    }

    String inWords() {
        List<Integer> known = IntStream.range(0, layers.size())
                .filter(i -> Double.isFinite(start.get(i)))
                .boxed()
                .toList();
        if (known.isEmpty()) {
            return "";
        }
        int first = known.get(0);
        int last = known.get(known.size() - 1);
        String atStart = Texts.say(
                "depth.say.start",
                size(first),
                Names.brief(layers.get(first)),
                size(last),
                Names.brief(layers.get(last)));
        return lost == 0 ? atStart : atStart + " " + Texts.say("depth.lost", Verdicts.count(lost, "layer"));
    }

    private String size(int layer) {
        return Numbers.format(Math.pow(10, start.get(layer)));
    }
}
