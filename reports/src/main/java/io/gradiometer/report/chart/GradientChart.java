package io.gradiometer.report.chart;

import io.gradiometer.finding.Numbers;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.apiguardian.api.API;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTickUnit;
import org.jfree.data.Range;

/** The gradient of every layer over the iterations, on a logarithmic axis. */
@API(status = API.Status.INTERNAL)
public final class GradientChart {

    /** More lines than these cannot be told apart; the heat map has all layers. */
    public static final int MOST_LINES = 24;

    private static final int STRETCHES = 160;

    /** A factor of three: what lies closer to the median is the ordinary noise of small batches. */
    private static final double SPIKE = 0.5;

    private static final int POINTS = 8000;
    private static final int DATA_HEIGHT = 300;
    private static final int MOST_LABELS = 8;
    private static final BasicStroke THIN = new BasicStroke(1.1f);
    private static final BasicStroke THICK = new BasicStroke(2f);

    private final Gradients gradients;
    private final Set<String> offending;
    private final List<Integer> drawn;
    private final List<Curve> curves = new ArrayList<>();
    private final Frame frame;
    private final Decades decades;
    private final boolean zeros;

    private GradientChart(Gradients gradients, Set<String> offending) {
        this.gradients = gradients;
        this.offending = offending;
        this.drawn = chosen(gradients, offending);
        this.decades = gradients.decades();
        this.zeros = has(0);
        this.frame = new Frame(has(Gradients.NON_FINITE) ? 26 : 8, DATA_HEIGHT, gradients.iterations());
        int stretches = Math.max(40, Math.min(STRETCHES, POINTS / Math.max(1, drawn.size())));
        for (int row : drawn) {
            List<Double> logs = gradients.rows().get(row).values().stream()
                    .map(this::scaled)
                    .toList();
            curves.add(new Curve(gradients.iterations(), logs, stretches, SPIKE));
        }
    }

    /**
     * Draws a trace's gradients.
     *
     * @param label what the plot says, for those who cannot see it
     */
    public static Drawing draw(Gradients gradients, Set<String> offending, String label) {
        if (gradients.isEmpty()) {
            return new Drawing.Nothing("There is no plot of the gradients: no kept step has one.");
        }
        return Drawing.attempt(() -> new GradientChart(gradients, highlighted(gradients, offending)).draw(label));
    }

    /** Returns the layers to single out: where most layers are ill, depth says more than one loud colour. */
    static Set<String> highlighted(Gradients gradients, Set<String> offending) {
        long ill = gradients.rows().stream()
                .filter(r -> offending.contains(r.layer()))
                .count();
        return 3 * ill <= 2L * gradients.rows().size() ? offending : Set.of();
    }

    private static List<Integer> chosen(Gradients gradients, Set<String> offending) {
        int count = gradients.rows().size();
        Set<Integer> chosen = new TreeSet<>();
        chosen.add(0);
        chosen.add(count - 1);
        List<Integer> ill = IntStream.range(0, count)
                .filter(i -> offending.contains(gradients.rows().get(i).layer()))
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
        return gradients.rows().stream().anyMatch(r -> r.values().contains(value));
    }

    /** The rail of exact zeros lies one decade below the smallest number. */
    private double scaled(double rms) {
        return rms == 0 ? decades.low() - 0.5 : Math.log10(rms);
    }

    private Range values() {
        return new Range(zeros ? decades.low() - 0.75 : decades.low(), decades.high());
    }

    private Drawing draw(String label) {
        SvgCanvas canvas = new SvgCanvas("gradients", Frame.WIDTH, frame.height());
        return new Drawing.Drawn(canvas.element(label, canvas.draw(this::paint)));
    }

    private void paint(Graphics2D graphics) {
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

    private boolean isStrong(int line) {
        return offending.contains(gradients.rows().get(drawn.get(line)).layer());
    }

    private Color color(int line) {
        return isStrong(line)
                ? Ink.OFFENDER.color()
                : Ink.depth(drawn.get(line), gradients.rows().size());
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
        List<Double> values = gradients.rows().get(row).values();
        boolean lost = values.get(values.size() - 1) == Gradients.NON_FINITE;
        return gradients.rows().get(row).layer() + (lost ? " → NaN" : "");
    }

    private NumberAxis axis() {
        NumberAxis axis = new NumberAxis("gradient (RMS)");
        axis.setRange(values());
        axis.setTickUnit(new NumberTickUnit(decades.labelEvery()));
        axis.setNumberFormatOverride(
                new Frame.Labels(exponent -> exponent < decades.low() ? "" : Numbers.format(Math.pow(10, exponent))));
        return axis;
    }
}
