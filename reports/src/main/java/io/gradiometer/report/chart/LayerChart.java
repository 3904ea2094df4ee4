package io.gradiometer.report.chart;

import io.gradiometer.finding.Numbers;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.apiguardian.api.API;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTickUnit;
import org.jfree.data.Range;
import org.jspecify.annotations.Nullable;

/** One measure of every layer over the iterations: a line for each, the offending ones in one strong colour. */
@API(status = API.Status.INTERNAL)
public final class LayerChart {

    /** More lines than these cannot be told apart; the heat map has all layers. */
    public static final int MOST_LINES = 24;

    private static final int STRETCHES = 160;

    /** A factor of three: what lies closer to the median is the ordinary noise of small batches. */
    private static final double SPIKE = 0.5;

    private static final int POINTS = 8000;
    private static final double SHARE_SPIKE = 0.1;
    private static final int TALL = 300;
    private static final int LOW = 170;
    private static final int MOST_LABELS = 8;
    private static final BasicStroke THIN = new BasicStroke(1.1f);
    private static final BasicStroke THICK = new BasicStroke(2f);

    private final Look look;
    private final LayerSeries series;
    private final Set<String> offending;
    private final List<Integer> drawn;
    private final List<Curve> curves = new ArrayList<>();
    private final Frame frame;
    private final Decades decades;
    private final boolean zeros;

    /**
     * How a measure is drawn.
     *
     * @param name unique in its page
     * @param axis what stands along the vertical axis
     * @param share whether values are shares of one, for which a linear axis serves best
     * @param band where values should lie; null where that cannot be said
     */
    public record Look(String name, String axis, boolean share, @Nullable Band band) {}

    /** From where to where values should lie. */
    public record Band(double low, double high) {}

    private LayerChart(Look look, LayerSeries series, Set<String> offending) {
        this.look = look;
        this.series = series;
        this.offending = offending;
        this.drawn = chosen(series, offending);
        this.decades = decades(look, series);
        this.zeros = !look.share() && has(0);
        this.frame = new Frame(has(LayerSeries.NON_FINITE) ? 26 : 8, look.share() ? LOW : TALL, series.iterations());
        int stretches = Math.max(40, Math.min(STRETCHES, POINTS / Math.max(1, drawn.size())));
        for (int row : drawn) {
            List<Double> scaled =
                    series.rows().get(row).values().stream().map(this::scaled).toList();
            curves.add(new Curve(series.iterations(), scaled, stretches, look.share() ? SHARE_SPIKE : SPIKE));
        }
    }

    private static Decades decades(Look look, LayerSeries series) {
        Decades decades = series.decades();
        Band band = look.band();
        if (band == null) {
            return decades;
        }
        // With room above and below, or a plot of which all is band would show none.
        return decades.and(Decades.around(Math.log10(band.low()) - 1, Math.log10(band.high()) + 1));
    }

    /**
     * Draws a measure.
     *
     * @param label what the plot says, for those who cannot see it
     */
    public static Drawing draw(Look look, LayerSeries series, Set<String> offending, String label) {
        if (series.isEmpty()) {
            return new Drawing.Nothing("There is no plot of the " + look.axis() + ": no kept step has one.");
        }
        return Drawing.attempt(() -> new LayerChart(look, series, highlighted(series, offending)).draw(label));
    }

    /** Returns the layers to single out: where most layers are ill, depth says more than one loud colour. */
    static Set<String> highlighted(LayerSeries series, Set<String> offending) {
        long ill = series.rows().stream()
                .filter(r -> offending.contains(r.layer()))
                .count();
        return 3 * ill <= 2L * series.rows().size() ? offending : Set.of();
    }

    private static List<Integer> chosen(LayerSeries series, Set<String> offending) {
        int count = series.rows().size();
        Set<Integer> chosen = new TreeSet<>();
        chosen.add(0);
        chosen.add(count - 1);
        List<Integer> ill = IntStream.range(0, count)
                .filter(i -> offending.contains(series.rows().get(i).layer()))
                .boxed()
                .toList();
        chosen.addAll(spread(ill, MOST_LINES / 2));
        chosen.addAll(spread(IntStream.range(0, count).boxed().toList(), MOST_LINES - chosen.size()));
        return List.copyOf(chosen);
    }

    /** Returns up to {@code most} of them, evenly spread. */
    private static List<Integer> spread(List<Integer> all, int most) {
        int count = Math.min(all.size(), most);
        return IntStream.range(0, count)
                .mapToObj(i -> all.get((int) ((long) i * all.size() / count)))
                .toList();
    }

    private boolean has(double value) {
        return series.rows().stream().anyMatch(r -> r.values().contains(value));
    }

    /** The rail of exact zeros lies one decade below the smallest number. */
    private double scaled(double value) {
        if (look.share()) {
            return value;
        }
        return value == 0 ? decades.low() - 0.5 : Math.log10(value);
    }

    private Range values() {
        if (look.share()) {
            return new Range(0, 1);
        }
        return new Range(zeros ? decades.low() - 0.75 : decades.low(), decades.high());
    }

    private Drawing draw(String label) {
        SvgCanvas canvas = new SvgCanvas(look.name(), Frame.WIDTH, frame.height());
        return canvas.drawn(label, canvas.draw(this::paint));
    }

    private void paint(Graphics2D graphics) {
        paintBand(graphics);
        LineArt lines = new LineArt();
        // Offending layers come last, on top of the others.
        for (boolean strong : new boolean[] {false, true}) {
            for (int i = 0; i < drawn.size(); i++) {
                if (isStrong(i) == strong) {
                    lines.add(curves.get(i).points(), color(i), strong ? THICK : THIN);
                }
            }
        }
        frame.draw(graphics, lines.dataset(), lines.renderer(), axis());
        labels().draw(graphics, frame);
        Set<Double> nonFinite = new TreeSet<>();
        curves.forEach(c -> nonFinite.addAll(c.nonFinite()));
        Rails.drawNonFinite(graphics, frame, List.copyOf(nonFinite));
        if (zeros) {
            graphics.setPaint(Ink.MUTED.color());
            Rails.label(graphics, "exactly 0", frame.y(scaled(0), values()));
        }
    }

    private void paintBand(Graphics2D graphics) {
        Band band = look.band();
        if (band != null) {
            double top = frame.y(Math.log10(band.high()), values());
            double bottom = frame.y(Math.log10(band.low()), values());
            Rectangle2D data = frame.data();
            graphics.setPaint(Ink.BAND.color());
            graphics.fill(new Rectangle2D.Double(data.getX(), top, data.getWidth(), bottom - top));
        }
    }

    private boolean isStrong(int line) {
        return offending.contains(series.rows().get(drawn.get(line)).layer());
    }

    private Color color(int line) {
        return isStrong(line)
                ? Ink.OFFENDER.color()
                : Ink.depth(drawn.get(line), series.rows().size());
    }

    private EndLabels labels() {
        List<Integer> strong =
                IntStream.range(0, drawn.size()).filter(this::isStrong).boxed().toList();
        Set<Integer> named = new TreeSet<>(spread(strong, MOST_LABELS));
        named.add(0);
        named.add(drawn.size() - 1);
        EndLabels labels = new EndLabels();
        for (int i : named) {
            double y = curves.get(i).points().stream()
                    .mapToDouble(p -> p[1])
                    .filter(Double::isFinite)
                    .map(v -> frame.y(v, values()))
                    .reduce((first, second) -> second)
                    .orElse(frame.data().getMinY() - Rails.ABOVE);
            labels.add(name(drawn.get(i)), y, color(i), isStrong(i));
        }
        return labels;
    }

    private String name(int row) {
        List<Double> values = series.rows().get(row).values();
        boolean lost = values.get(values.size() - 1) == LayerSeries.NON_FINITE;
        return series.rows().get(row).layer() + (lost ? " → NaN" : "");
    }

    private NumberAxis axis() {
        NumberAxis axis = new NumberAxis(look.axis());
        axis.setRange(values());
        if (look.share()) {
            axis.setTickUnit(new NumberTickUnit(0.25));
            axis.setNumberFormatOverride(new Frame.Labels(Numbers::percent));
        } else {
            axis.setTickUnit(new NumberTickUnit(decades.labelEvery()));
            axis.setNumberFormatOverride(new Frame.Labels(
                    exponent -> exponent < decades.low() ? "" : Numbers.format(Math.pow(10, exponent))));
        }
        return axis;
    }
}
