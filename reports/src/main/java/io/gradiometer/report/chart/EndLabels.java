package io.gradiometer.report.chart;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Names at the right end of lines, moved apart where they would overlap. */
final class EndLabels {

    private static final int LINE_HEIGHT = 15;
    private static final int LEADER = 13;

    private final List<Label> labels = new ArrayList<>();

    private record Label(String text, double y, Color color, boolean strong) {}

    void add(String text, double y, Color color, boolean strong) {
        labels.add(new Label(text, y, color, strong));
    }

    void draw(Graphics2D graphics, Frame frame) {
        labels.sort(Comparator.comparingDouble(Label::y));
        double[] places = places(frame.data().getMinY() + 4, frame.data().getMaxY());
        double end = frame.data().getMaxX();
        for (int i = 0; i < labels.size(); i++) {
            Label label = labels.get(i);
            graphics.setPaint(label.color());
            graphics.setStroke(new BasicStroke(label.strong() ? 2f : 1.2f));
            graphics.draw(new Line2D.Double(end + 1, label.y(), end + 10, places[i]));
            graphics.setPaint(label.strong() ? label.color() : Ink.INK.color());
            graphics.setFont(label.strong() ? Frame.BOLD : Frame.FONT);
            String text = Text.fit(graphics, label.text(), Frame.RIGHT - LEADER);
            graphics.drawString(text, (float) end + LEADER, (float) places[i] + 4);
        }
    }

    private double[] places(double top, double bottom) {
        double[] places = new double[labels.size()];
        double free = top;
        for (int i = 0; i < places.length; i++) {
            places[i] = Math.max(labels.get(i).y(), free);
            free = places[i] + LINE_HEIGHT;
        }
        double limit = bottom;
        for (int i = places.length - 1; i >= 0 && places[i] > limit; i--) {
            places[i] = limit;
            limit -= LINE_HEIGHT;
        }
        return places;
    }
}
