package io.gradiometer.report.chart;

import io.gradiometer.finding.Numbers;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import org.apiguardian.api.API;

/** The back-propagated signal from the first layer to the last, at several times and as foretold; made without fonts of the JVM. */
@API(status = API.Status.INTERNAL)
public final class DepthChart {

    private static final int WIDTH = 860;
    private static final int HEIGHT = 250;
    private static final int LEFT = 64;
    private static final int RIGHT = 150;
    private static final int TOP = 30;
    private static final int BOTTOM = 34;
    private static final int MOST_LABELS = 6;
    private static final int MOST_DOTS = 40;
    private static final int LONGEST = 40;

    private final List<String> layers;
    private final List<Profile> profiles;
    private final int low;
    private final int high;
    private final StringBuilder svg = new StringBuilder();

    /**
     * One line of the plot.
     *
     * @param name in the legend
     * @param pen how it is drawn
     * @param decades log10 of the signal at each layer; NaN where nothing is known or the signal is exactly 0
     */
    public record Profile(String name, Pen pen, List<Double> decades) {}

    /** Lines that are told apart without colour. */
    public enum Pen {
        FORETOLD("var(--reference)", "7 4", 1.8),
        START("var(--accent)", "none", 1.6),
        MIDDLE("var(--warning)", "2 3", 1.8),
        END("var(--ink)", "none", 2.6);

        private final String color;
        private final String dashes;
        private final double width;

        Pen(String color, String dashes, double width) {
            this.color = color;
            this.dashes = dashes;
            this.width = width;
        }
    }

    private DepthChart(List<String> layers, List<Profile> profiles) {
        this.layers = layers;
        this.profiles = profiles;
        this.low = (int) Math.floor(decades(profiles).min().orElse(0));
        this.high = Math.max(low + 1, (int) Math.ceil(decades(profiles).max().orElse(0)));
    }

    private static DoubleStream decades(List<Profile> profiles) {
        return profiles.stream()
                .flatMap(profile -> profile.decades().stream())
                .mapToDouble(Double::doubleValue)
                .filter(Double::isFinite);
    }

    /**
     * Draws the profiles.
     *
     * @param layers names, from input to output
     * @param label what the plot says, for those who cannot see it
     */
    public static Drawing draw(List<String> layers, List<Profile> profiles, String label) {
        List<Profile> known = profiles.stream()
                .filter(profile -> decades(List.of(profile)).count() >= 3)
                .toList();
        return known.isEmpty()
                ? new Drawing.Nothing("There is no plot over depth: the signal is known in fewer than three layers.")
                : new Drawing.Drawn("depth", WIDTH, HEIGHT, label, new DepthChart(layers, known).draw());
    }

    private String draw() {
        svg.append("<g style=\"font:12px sans-serif;fill:var(--muted)\">");
        int every = Math.max(1, (high - low + MOST_LABELS - 1) / MOST_LABELS);
        for (int decade = high; decade >= low; decade -= every) {
            add("<path style=\"stroke:var(--rule)\" d=\"M%d %.1fH%d\"/>", LEFT, y(decade), WIDTH - RIGHT);
            text(LEFT - 8, y(decade) + 4, "end", Numbers.format(Math.pow(10, decade)));
        }
        for (int i = 0; i < profiles.size(); i++) {
            line(profiles.get(i));
            legend(TOP + 16 + 22 * i, profiles.get(i));
        }
        text(LEFT, HEIGHT - 10, "start", Text.shorten(layers.get(0), LONGEST));
        text(WIDTH - RIGHT, HEIGHT - 10, "end", Text.shorten(layers.get(layers.size() - 1), LONGEST));
        return svg.append("</g>").toString();
    }

    private double x(int layer) {
        return LEFT + (double) layer / Math.max(1, layers.size() - 1) * (WIDTH - LEFT - RIGHT);
    }

    private double y(double decades) {
        return TOP + (high - decades) / (high - low) * (HEIGHT - TOP - BOTTOM);
    }

    private void text(double x, double y, String anchor, String words) {
        add("<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>", x, y, anchor, Text.escape(words));
    }

    private void legend(double y, Profile profile) {
        double x = WIDTH - RIGHT + 12;
        stroke(String.format(Locale.ROOT, "M%.1f %.1fh26", x, y), profile.pen());
        text(x + 34, y + 4, "start", profile.name());
    }

    private void stroke(String path, Pen pen) {
        add(
                "<path style=\"fill:none;stroke:%s;stroke-width:%.1f;stroke-dasharray:%s\" d=\"%s\"/>",
                pen.color, pen.width, pen.dashes, path);
    }

    private void line(Profile profile) {
        StringBuilder path = new StringBuilder();
        for (int i = 0; i < profile.decades().size(); i++) {
            double decades = profile.decades().get(i);
            // Layers of which nothing can be told (pooling, dropout) do not break the line.
            if (Double.isFinite(decades)) {
                path.append(String.format(Locale.ROOT, "%s%.1f %.1f", path.isEmpty() ? "M" : "L", x(i), y(decades)));
                if (layers.size() <= MOST_DOTS) {
                    add(
                            "<circle style=\"fill:%s\" cx=\"%.1f\" cy=\"%.1f\" r=\"3\"/>",
                            profile.pen().color, x(i), y(decades));
                }
            }
        }
        stroke(path.toString(), profile.pen());
    }

    private void add(String format, Object... values) {
        svg.append(String.format(Locale.ROOT, format, values));
    }
}
