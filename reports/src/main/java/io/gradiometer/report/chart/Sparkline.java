package io.gradiometer.report.chart;

import io.gradiometer.trace.Trace;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apiguardian.api.API;

/** The course of a loss in the size of a word; made without fonts, so that it is always there. */
@API(status = API.Status.INTERNAL)
public final class Sparkline {

    private static final int WIDTH = 110;
    private static final int HEIGHT = 28;
    private static final int STRETCHES = 40;

    private Sparkline() {}

    /** Returns the course of a loss as an element, empty where there is nothing to show. */
    public static String draw(Trace trace) {
        Losses losses = Losses.of(trace);
        return draw(losses.values(), losses.spansDecades());
    }

    /** Returns the course of a layer's measure as an element, empty where there is nothing to show. */
    public static String draw(LayerSeries.Row row) {
        return draw(row.values(), true);
    }

    private static String draw(List<Double> raw, boolean log) {
        List<Double> values = raw.stream().map(v -> log ? logOf(v) : v).toList();
        List<Integer> places = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            places.add(i);
        }
        Curve curve = new Curve(places, values, STRETCHES, 0);
        List<double[]> points =
                curve.points().stream().filter(p -> !Double.isNaN(p[1])).toList();
        if (points.size() < 2) {
            return "";
        }
        return "<svg class=\"spark\" viewBox=\"0 0 " + WIDTH + " " + HEIGHT + "\" aria-hidden=\"true\"><path d=\""
                + path(points, values.size() - 1) + "\"/>"
                + cross(curve, values.size() - 1) + "</svg>";
    }

    /** Zero has no place on a logarithmic axis: it leaves a gap. */
    private static Double logOf(double value) {
        return value > 0 ? Math.log10(value) : Double.NaN;
    }

    private static String path(List<double[]> points, int last) {
        double low = points.stream().mapToDouble(p -> p[1]).min().orElse(0);
        double high = points.stream().mapToDouble(p -> p[1]).max().orElse(1);
        StringBuilder path = new StringBuilder();
        for (double[] point : points) {
            double y = high > low ? (point[1] - low) / (high - low) : 0.5;
            path.append(path.isEmpty() ? "M" : "L")
                    .append(String.format(Locale.ROOT, "%.1f %.1f", x(point[0], last), HEIGHT - 3 - y * (HEIGHT - 6)));
        }
        return path.toString();
    }

    private static double x(double place, int last) {
        return 2 + place / last * (WIDTH - 8);
    }

    private static String cross(Curve curve, int last) {
        if (curve.nonFinite().isEmpty()) {
            return "";
        }
        double x = x(curve.nonFinite().get(0), last);
        return String.format(Locale.ROOT, "<path class=\"bad\" d=\"M%.1f 2l5 5m0-5l-5 5\"/>", Math.min(x, WIDTH - 7));
    }
}
