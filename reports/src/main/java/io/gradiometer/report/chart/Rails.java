package io.gradiometer.report.chart;

import java.awt.BasicStroke;
import java.awt.Graphics2D;
import java.util.List;

/** Places of their own for what has no place on an axis, so that it is never taken for a small or a large number. */
final class Rails {

    static final String NON_FINITE = "NaN or ∞";

    /** How far above the data values lie that are not finite. */
    static final int ABOVE = 14;

    private Rails() {}

    /** Draws a cross above the data for each of these iterations. */
    static void drawNonFinite(Graphics2D graphics, Frame frame, List<Double> iterations) {
        if (iterations.isEmpty()) {
            return;
        }
        double y = frame.data().getMinY() - ABOVE;
        graphics.setPaint(Ink.OFFENDER.color());
        graphics.setStroke(new BasicStroke(1.6f));
        double last = Double.NEGATIVE_INFINITY;
        for (double iteration : iterations) {
            double x = frame.x(iteration);
            if (x - last >= 5) {
                LineArt.cross(graphics, x, y);
                last = x;
            }
        }
        label(graphics, NON_FINITE, y);
    }

    /** Draws the name of a rail to the left of the data. */
    static void label(Graphics2D graphics, String text, double y) {
        graphics.setFont(Frame.FONT);
        double width = graphics.getFontMetrics().stringWidth(text);
        graphics.drawString(text, (float) (Frame.LEFT - 6 - width), (float) y + 4);
    }
}
