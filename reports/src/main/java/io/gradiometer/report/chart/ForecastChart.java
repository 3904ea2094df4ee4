package io.gradiometer.report.chart;

import io.gradiometer.finding.Numbers;
import io.gradiometer.finding.PreflightReport.OfLayer;
import io.gradiometer.finding.PreflightReport.Pair;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import org.apiguardian.api.API;

/** The back-propagated signal from input to output, as it was foretold and as it was measured; made without fonts of the JVM. */
@API(status = API.Status.INTERNAL)
public final class ForecastChart {

    private static final int WIDTH = 860;
    private static final int HEIGHT = 230;
    private static final int LEFT = 64;
    private static final int RIGHT = 150;
    private static final int TOP = 30;
    private static final int BOTTOM = 34;
    private static final int MOST_LABELS = 6;
    private static final int MOST_DOTS = 40;

    private final List<OfLayer> layers;
    private final int low;
    private final int high;
    private final StringBuilder svg = new StringBuilder();

    private ForecastChart(List<OfLayer> layers) {
        this.layers = layers;
        this.low = (int) Math.floor(decades(layers).min().orElse(0));
        this.high = Math.max(low + 1, (int) Math.ceil(decades(layers).max().orElse(0)));
    }

    private static DoubleStream decades(List<OfLayer> layers) {
        return layers.stream()
                .map(OfLayer::signalDecades)
                .flatMapToDouble(pair -> DoubleStream.of(pair.foretold(), pair.measured()))
                .filter(Double::isFinite);
    }

    /**
     * Draws the profile.
     *
     * @param label what the plot says, for those who cannot see it
     */
    public static Drawing draw(List<OfLayer> layers, String label) {
        long comparable =
                layers.stream().filter(layer -> layer.signalDecades().isWhole()).count();
        return comparable < 3
                ? new Drawing.Nothing(
                        "There is no plot: in fewer than three layers the signal was both foretold and measured.")
                : new Drawing.Drawn(new ForecastChart(layers).draw(label));
    }

    private String draw(String label) {
        svg.append("<svg class=\"plot\" viewBox=\"0 0 ")
                .append(WIDTH)
                .append(' ')
                .append(HEIGHT)
                .append("\" role=\"img\" aria-label=\"")
                .append(Text.escape(label))
                .append("\" style=\"font:12px sans-serif;fill:var(--muted)\">");
        int every = Math.max(1, (high - low + MOST_LABELS - 1) / MOST_LABELS);
        for (int decade = high; decade >= low; decade -= every) {
            rule(y(decade));
            text(LEFT - 8, y(decade) + 4, "end", Numbers.format(Math.pow(10, decade)));
        }
        line(Pair::foretold, "var(--reference)", "7 4");
        line(Pair::measured, "var(--accent)", "none");
        legend(TOP + 16, "var(--accent)", "none", "measured");
        legend(TOP + 38, "var(--reference)", "7 4", "foretold");
        text(LEFT, HEIGHT - 10, "start", "input");
        text(WIDTH - RIGHT, HEIGHT - 10, "end", "output");
        return svg.append("</svg>").toString();
    }

    private double x(int layer) {
        return LEFT + (double) layer / Math.max(1, layers.size() - 1) * (WIDTH - LEFT - RIGHT);
    }

    private double y(double decades) {
        return TOP + (high - decades) / (high - low) * (HEIGHT - TOP - BOTTOM);
    }

    private void rule(double y) {
        add("<path style=\"stroke:var(--rule)\" d=\"M%d %.1fH%d\"/>", LEFT, y, WIDTH - RIGHT);
    }

    private void text(double x, double y, String anchor, String words) {
        add("<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>", x, y, anchor, Text.escape(words));
    }

    private void legend(double y, String color, String dashes, String words) {
        double x = WIDTH - RIGHT + 12;
        stroke(String.format(Locale.ROOT, "M%.1f %.1fh26", x, y), color, dashes);
        text(x + 34, y + 4, "start", words);
    }

    private void stroke(String path, String color, String dashes) {
        add("<path style=\"fill:none;stroke:%s;stroke-width:1.8;stroke-dasharray:%s\" d=\"%s\"/>", color, dashes, path);
    }

    private void line(ToDoubleFunction<Pair> value, String color, String dashes) {
        StringBuilder path = new StringBuilder();
        boolean pen = false;
        for (int i = 0; i < layers.size(); i++) {
            double decades = value.applyAsDouble(layers.get(i).signalDecades());
            boolean known = Double.isFinite(decades);
            if (known) {
                path.append(String.format(Locale.ROOT, "%s%.1f %.1f", pen ? "L" : "M", x(i), y(decades)));
                if (layers.size() <= MOST_DOTS) {
                    add("<circle style=\"fill:%s\" cx=\"%.1f\" cy=\"%.1f\" r=\"3\"/>", color, x(i), y(decades));
                }
            }
            // Layers of which nothing can be told (pooling, dropout) do not break the line.
            pen |= known;
        }
        stroke(path.toString(), color, dashes);
    }

    private void add(String format, Object... values) {
        svg.append(String.format(Locale.ROOT, format, values));
    }
}
