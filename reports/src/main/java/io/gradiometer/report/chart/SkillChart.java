package io.gradiometer.report.chart;

import io.gradiometer.finding.Numbers;
import io.gradiometer.signal.Step;
import io.gradiometer.trace.Trace;
import java.awt.BasicStroke;
import java.awt.Graphics2D;
import java.util.List;
import org.apiguardian.api.API;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTickUnit;
import org.jfree.data.Range;

/** What the network knows beyond a constant, over the iterations: whether training pays, on an axis that is always the same. */
@API(status = API.Status.INTERNAL)
public final class SkillChart {

    private static final int STRETCHES = 400;
    private static final double NOISE = 0.02;
    private static final int DATA_HEIGHT = 150;
    private static final int RAIL = 26;
    private static final int MARGIN = 8;

    /** Worse than this is only worse: the axis is kept for what is worth reading. */
    private static final double FLOOR = -1;

    private static final Range VALUES = new Range(FLOOR, 1);
    private static final BasicStroke LINE = new BasicStroke(1.6f);
    private static final BasicStroke DASHED =
            new BasicStroke(1.4f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, new float[] {7, 4}, 0);

    private final Curve skill;
    private final Frame frame;

    private SkillChart(List<Step> steps) {
        List<Integer> iterations = steps.stream().map(Step::iteration).toList();
        this.skill = new Curve(iterations, steps.stream().map(SkillChart::shown).toList(), STRETCHES, NOISE);
        this.frame = new Frame(skill.nonFinite().isEmpty() ? MARGIN : RAIL, DATA_HEIGHT, iterations);
    }

    private static double shown(Step step) {
        double skill = step.skill();
        return Double.isInfinite(skill) ? skill : Math.max(FLOOR, skill);
    }

    /**
     * Draws a trace's skill.
     *
     * @param label what the plot says, for those who cannot see it
     */
    public static Drawing draw(Trace trace, String label) {
        if (trace.steps().stream().noneMatch(step -> Double.isFinite(step.skill()))) {
            return new Drawing.Nothing("There is no plot of the skill: it is known of no kept step.");
        }
        return Drawing.attempt(() -> new SkillChart(trace.steps()).draw(label));
    }

    private Drawing draw(String label) {
        SvgCanvas canvas = new SvgCanvas("skill", Frame.WIDTH, frame.height());
        return canvas.drawn(label, canvas.draw(this::paint));
    }

    private void paint(Graphics2D graphics) {
        LineArt lines = new LineArt();
        Range iterations = frame.iterations();
        lines.add(
                List.of(new double[] {iterations.getLowerBound(), 0}, new double[] {iterations.getUpperBound(), 0}),
                Ink.REFERENCE.color(),
                DASHED);
        lines.add(skill.points(), Ink.ACCENT.color(), LINE);
        frame.draw(graphics, lines.dataset(), lines.renderer(), axis());
        EndLabels labels = new EndLabels();
        labels.add("constant prediction", frame.y(0, VALUES), Ink.REFERENCE.color(), false);
        skill.points().stream()
                .filter(point -> Double.isFinite(point[1]))
                .reduce((first, second) -> second)
                .ifPresent(last -> labels.add("skill", frame.y(last[1], VALUES), Ink.ACCENT.color(), false));
        labels.draw(graphics, frame);
        Rails.drawNonFinite(graphics, frame, skill.nonFinite());
    }

    private static NumberAxis axis() {
        NumberAxis axis = new NumberAxis("skill");
        axis.setRange(VALUES);
        axis.setTickUnit(new NumberTickUnit(0.5));
        axis.setNumberFormatOverride(new Frame.Labels(value -> (value == FLOOR ? "≤ " : "") + Numbers.format(value)));
        return axis;
    }
}
