package io.gradiometer.report.chart;

import io.gradiometer.finding.Numbers;
import io.gradiometer.signal.Step;
import io.gradiometer.trace.Trace;
import java.awt.BasicStroke;
import java.awt.Graphics2D;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import org.apiguardian.api.API;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTickUnit;
import org.jfree.data.Range;

/** The loss over the iterations, the loss of a constant prediction for comparison, and the findings above. */
@API(status = API.Status.INTERNAL)
public final class LossChart {

    private static final int STRETCHES = 400;
    private static final int DATA_HEIGHT = 220;
    private static final int RAIL = 20;
    private static final BasicStroke LINE = new BasicStroke(1.6f);
    private static final BasicStroke DASHED =
            new BasicStroke(1.4f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, new float[] {7, 4}, 0);

    private final Losses losses;
    private final Curve loss;
    private final Curve constant;
    private final Marks marks;
    private final Frame frame;
    private final boolean log;
    private final Range values;

    private LossChart(Trace trace, Marks marks) {
        this.losses = Losses.of(trace);
        this.marks = marks;
        List<Integer> iterations = trace.steps().stream().map(Step::iteration).toList();
        int rail = losses.values().stream().anyMatch(v -> Double.isInfinite(v)) ? RAIL : 0;
        this.frame = new Frame(marks.lanesHeight() + rail, DATA_HEIGHT, iterations);
        this.log = losses.spansDecades();
        this.loss = new Curve(iterations, scaled(losses.values()), STRETCHES, 0);
        this.constant = new Curve(iterations, scaled(constants(trace)), STRETCHES, 0);
        this.values = log ? decades() : plainRange();
    }

    /**
     * Draws a trace's loss.
     *
     * @param label what the plot says, for those who cannot see it
     */
    public static Drawing draw(Trace trace, Marks marks, String label) {
        if (Losses.of(trace).values().stream().noneMatch(v -> Double.isFinite(v))) {
            return new Drawing.Nothing("There is no plot of the loss: no kept step has a loss that is a number.");
        }
        return Drawing.attempt(() -> new LossChart(trace, marks).draw(label));
    }

    private static List<Double> constants(Trace trace) {
        ToDoubleFunction<Step> known = step -> Double.isFinite(step.constantLoss()) ? step.constantLoss() : Double.NaN;
        return trace.steps().stream().map(known::applyAsDouble).toList();
    }

    private List<Double> scaled(List<Double> raw) {
        return log ? raw.stream().map(v -> v > 0 ? Math.log10(v) : Double.NaN).toList() : raw;
    }

    private Range decades() {
        Range plain = plainRange();
        Decades decades = Decades.around(plain.getLowerBound(), plain.getUpperBound());
        return new Range(decades.low(), decades.high());
    }

    private Range plainRange() {
        List<double[]> all = new ArrayList<>(loss.points());
        all.addAll(constant.points());
        double low = all.stream()
                .mapToDouble(p -> p[1])
                .filter(Double::isFinite)
                .min()
                .orElse(0);
        double high = all.stream()
                .mapToDouble(p -> p[1])
                .filter(Double::isFinite)
                .max()
                .orElse(1);
        if (log) {
            return new Range(low, high);
        }
        double floor = low >= 0 ? 0 : low;
        double room = 0.06 * (high - floor);
        return new Range(low >= 0 ? 0 : low - room, high + (room > 0 ? room : 1));
    }

    private Drawing draw(String label) {
        SvgCanvas canvas = new SvgCanvas("loss", Frame.WIDTH, frame.height());
        return canvas.drawn(label, canvas.draw(this::paint));
    }

    private void paint(Graphics2D graphics) {
        LineArt lines = new LineArt();
        lines.add(constant.points(), Ink.REFERENCE.color(), DASHED);
        lines.add(loss.points(), Ink.ACCENT.color(), LINE);
        frame.draw(graphics, lines.dataset(), lines.renderer(), axis());
        marks.drawLanes(graphics, frame);
        EndLabels labels = new EndLabels();
        lastOf(constant).ifPresent(y -> labels.add("constant prediction", y, Ink.REFERENCE.color(), false));
        lastOf(loss).ifPresent(y -> labels.add(losses.name(), y, Ink.ACCENT.color(), false));
        labels.draw(graphics, frame);
        Rails.drawNonFinite(graphics, frame, loss.nonFinite());
    }

    private OptionalDouble lastOf(Curve curve) {
        return curve.points().stream()
                .mapToDouble(p -> p[1])
                .filter(Double::isFinite)
                .map(v -> frame.y(v, values))
                .reduce((first, second) -> second);
    }

    private NumberAxis axis() {
        NumberAxis axis = new NumberAxis(losses.name());
        axis.setRange(values);
        if (log) {
            axis.setTickUnit(new NumberTickUnit(
                    new Decades((int) values.getLowerBound(), (int) values.getUpperBound()).labelEvery()));
            axis.setNumberFormatOverride(new Frame.Labels(exponent -> Numbers.format(Math.pow(10, exponent))));
        } else {
            axis.setNumberFormatOverride(new Frame.Labels(Numbers::format));
        }
        return axis;
    }
}
