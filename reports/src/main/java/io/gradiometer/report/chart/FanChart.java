package io.gradiometer.report.chart;

import io.gradiometer.finding.Numbers;
import io.gradiometer.signal.LayerView;
import io.gradiometer.signal.LogHistogram;
import io.gradiometer.signal.Magnitudes;
import io.gradiometer.trace.Trace;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apiguardian.api.API;

/**
 * How the magnitudes of some layers' weights, gradients and steps are spread, and how that changes; made without fonts of the
 * JVM.
 */
@API(status = API.Status.INTERNAL)
public final class FanChart {

    private static final int MOST_LAYERS = 6;
    private static final int WIDTH = 860;
    private static final int LEFT = 64;
    private static final int GAP = 18;
    private static final int PANEL = (WIDTH - LEFT - 2 * GAP) / 3;
    private static final int TOP = 20;
    private static final int HEAD = 22;
    private static final int BODY = 84;
    private static final int ROW = HEAD + BODY + 8;
    private static final int BOTTOM = 18;
    private static final int LONGEST = 90;
    private static final int SLIVER = 64;
    private static final double LOG_OF_TWO = Math.log10(2);
    private static final List<String> TITLES = List.of("weights", "gradient", "step");
    private static final List<Function<Magnitudes, LogHistogram>> PARTS =
            List.of(Magnitudes::value, Magnitudes::gradient, Magnitudes::update);

    private final List<Row> rows;
    private final int first;
    private final int last;
    private final StringBuilder svg = new StringBuilder();

    private record Row(String layer, List<Magnitudes> readings) {}

    private FanChart(List<Row> rows) {
        this.rows = rows;
        this.first = iterations(rows).min(Integer::compare).orElse(0);
        this.last = iterations(rows).max(Integer::compare).orElse(0);
    }

    private static Stream<Integer> iterations(List<Row> rows) {
        return rows.stream().flatMap(row -> row.readings().stream()).map(Magnitudes::iteration);
    }

    /**
     * Draws the spread in a few layers: the first, the last, offending ones, and others between.
     *
     * @param label what the plot says, for those who cannot see it
     */
    public static Drawing draw(Trace trace, Set<String> offending, String label) {
        List<Row> rows = chosen(trace, offending);
        if (rows.isEmpty()) {
            return new Drawing.Nothing(
                    "There is no plot of how magnitudes are spread: they were read fewer than twice.");
        }
        FanChart chart = new FanChart(rows);
        return new Drawing.Drawn("spread", WIDTH, TOP + rows.size() * ROW + BOTTOM, label, chart.draw());
    }

    private static List<Row> chosen(Trace trace, Set<String> offending) {
        List<LayerView> layers = trace.model().layers();
        List<Row> all = new ArrayList<>();
        for (int i = 0; i < layers.size(); i++) {
            List<Magnitudes> readings = readings(trace, i, layers.get(i));
            if (readings.size() >= 2) {
                all.add(new Row(layers.get(i).name(), readings));
            }
        }
        Set<Integer> chosen = new TreeSet<>();
        if (!all.isEmpty()) {
            chosen.add(0);
            chosen.add(all.size() - 1);
        }
        for (int i = 0; i < all.size() && chosen.size() < MOST_LAYERS - 2; i++) {
            if (offending.contains(all.get(i).layer())) {
                chosen.add(i);
            }
        }
        for (int k = 0; k < MOST_LAYERS && chosen.size() < Math.min(MOST_LAYERS, all.size()); k++) {
            chosen.add(k * (all.size() - 1) / (MOST_LAYERS - 1));
        }
        return chosen.stream().map(all::get).toList();
    }

    private static List<Magnitudes> readings(Trace trace, int index, LayerView layer) {
        return trace.magnitudes().stream()
                .filter(reading -> reading.layer() == index
                        && layer.parameters().get(reading.parameter()).role().isWeight())
                .filter(reading -> reading.parameter() == firstWeight(layer))
                .toList();
    }

    private static int firstWeight(LayerView layer) {
        int index = 0;
        while (!layer.parameters().get(index).role().isWeight()) {
            index++;
        }
        return index;
    }

    private String draw() {
        svg.append("<g style=\"font:12px sans-serif;fill:var(--muted)\">");
        for (int i = 0; i < TITLES.size(); i++) {
            text(left(i) + PANEL / 2.0, 12, "middle", TITLES.get(i));
        }
        for (int i = 0; i < rows.size(); i++) {
            row(rows.get(i), TOP + i * ROW);
        }
        double bottom = TOP + rows.size() * ROW + 8.0;
        text(LEFT, bottom, "start", "iteration " + first);
        text(LEFT + PANEL, bottom, "end", Integer.toString(last));
        return svg.append("</g>").toString();
    }

    private static int left(int panel) {
        return LEFT + panel * (PANEL + GAP);
    }

    private void row(Row row, int top) {
        text(LEFT, top + 15, "start", Text.shorten(row.layer(), LONGEST));
        List<List<Fan>> panels =
                PARTS.stream().map(part -> fans(row.readings(), part)).toList();
        Decades decades = Decades.around(
                fans(panels).mapToDouble(Fan::low).min().orElse(1),
                fans(panels).mapToDouble(Fan::high).max().orElse(0));
        Scale scale = new Scale(top + HEAD, decades);
        text(LEFT - 8, scale.y(decades.high()) + 8, "end", Numbers.format(Math.pow(10, decades.high())));
        text(LEFT - 8, scale.y(decades.low()), "end", Numbers.format(Math.pow(10, decades.low())));
        for (int i = 0; i < panels.size(); i++) {
            add(
                    "<rect style=\"fill:none;stroke:var(--rule)\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\"/>",
                    left(i), top + HEAD, PANEL, BODY);
            panel(left(i), panels.get(i), row.readings().size(), scale);
        }
    }

    private static Stream<Fan> fans(List<List<Fan>> panels) {
        return panels.stream().flatMap(List::stream);
    }

    private record Scale(int top, Decades decades) {
        double y(double decade) {
            return top + (decades.high() - decade) / decades.count() * BODY;
        }
    }

    /** One reading: its iteration, and quantiles as powers of ten. */
    private record Fan(int iteration, double low, double quarter, double median, double threeQuarters, double high) {
        Fan at(int other) {
            return new Fan(other, low, quarter, median, threeQuarters, high);
        }
    }

    private static List<Fan> fans(List<Magnitudes> readings, Function<Magnitudes, LogHistogram> part) {
        return readings.stream()
                .filter(reading -> !part.apply(reading).counts().isEmpty())
                .map(reading -> fan(reading.iteration(), part.apply(reading)))
                .toList();
    }

    private static Fan fan(int iteration, LogHistogram spread) {
        return new Fan(
                iteration,
                quantile(spread, 0.05),
                quantile(spread, 0.25),
                quantile(spread, 0.5),
                quantile(spread, 0.75),
                quantile(spread, 0.95));
    }

    /** Returns log10 of a quantile, as if magnitudes lay evenly within a power of two. */
    static double quantile(LogHistogram spread, double share) {
        long total = spread.counts().stream().mapToLong(Long::longValue).sum();
        double wanted = share * total;
        int bin = 0;
        while (bin < spread.counts().size() - 1 && wanted > spread.counts().get(bin)) {
            wanted -= spread.counts().get(bin);
            bin++;
        }
        return (spread.lowest() + bin + wanted / spread.counts().get(bin)) * LOG_OF_TWO;
    }

    private void panel(int left, List<Fan> told, int readings, Scale scale) {
        if (told.size() < readings) {
            String share = told.isEmpty() ? "" : ": " + (readings - told.size()) + " of " + readings;
            text(left + PANEL / 2.0, scale.top() + BODY - 6.0, "middle", "0, or not finite" + share);
        }
        if (told.isEmpty()) {
            return;
        }
        List<Fan> fans = told.size() == 1 ? widened(told.get(0)) : told;
        area(left, fans, scale, Fan::low, Fan::high, 0.25);
        area(left, fans, scale, Fan::quarter, Fan::threeQuarters, 0.4);
        StringBuilder median = new StringBuilder();
        fans.forEach(fan -> point(median, x(left, fan), scale.y(fan.median())));
        add("<path style=\"fill:none;stroke:var(--accent);stroke-width:1.6\" d=\"%s\"/>", median);
    }

    /** A single reading has no extent; a little is given to it, so that it can be seen. */
    private List<Fan> widened(Fan fan) {
        int width = Math.max(1, (last - first) / SLIVER);
        int start = Math.min(fan.iteration(), last - width);
        return List.of(fan.at(start), fan.at(start + width));
    }

    private void area(
            int left,
            List<Fan> fans,
            Scale scale,
            Function<Fan, Double> lower,
            Function<Fan, Double> upper,
            double opacity) {
        StringBuilder path = new StringBuilder();
        fans.forEach(fan -> point(path, x(left, fan), scale.y(upper.apply(fan))));
        for (int i = fans.size() - 1; i >= 0; i--) {
            point(path, x(left, fans.get(i)), scale.y(lower.apply(fans.get(i))));
        }
        add("<path style=\"fill:var(--accent);fill-opacity:%.2f\" d=\"%sZ\"/>", opacity, path);
    }

    private double x(int left, Fan fan) {
        return left + (double) (fan.iteration() - first) / Math.max(1, last - first) * PANEL;
    }

    private static void point(StringBuilder path, double x, double y) {
        path.append(String.format(Locale.ROOT, "%s%.1f %.1f", path.isEmpty() ? "M" : "L", x, y));
    }

    private void text(double x, double y, String anchor, String words) {
        add("<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>", x, y, anchor, Text.escape(words));
    }

    private void add(String format, Object... values) {
        svg.append(String.format(Locale.ROOT, format, values));
    }
}
