package io.gradiometer.report.chart;

import io.gradiometer.finding.Finding;
import io.gradiometer.finding.Severity;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apiguardian.api.API;

/**
 * The findings that plots point at, each with the number it has on the page.
 *
 * @param findings the first is number 1
 */
@API(status = API.Status.INTERNAL)
public record Marks(List<Finding> findings) {

    private static final int MOST = 5;
    private static final int LANE = 17;
    private static final int LEADER = 8;
    private static final Font NAME = Frame.BOLD.deriveFont(11f);
    private static final float[] DASHES = {3, 3};

    public Marks {
        findings = List.copyOf(findings);
    }

    /** Returns the layers that a warning or an error names, unless the user has switched it off. */
    public Set<String> offendingLayers() {
        Set<String> layers = new TreeSet<>();
        for (Finding finding : findings) {
            if (finding.severity().isAtLeast(Severity.WARNING) && finding.status() != Finding.Status.SUPPRESSED) {
                layers.addAll(finding.layers());
            }
        }
        return layers;
    }

    /** Returns the room that the lanes take above the data. */
    int lanesHeight() {
        return 6 + LANE * Math.min(MOST, findings.size());
    }

    /** Draws one lane per finding: a bar for as long as it was seen, a dot where it was known. */
    void drawLanes(Graphics2D graphics, Frame frame) {
        for (int i = 0; i < Math.min(MOST, findings.size()); i++) {
            Finding finding = findings.get(i);
            Color color = color(finding.severity());
            double y = LANE * i + LANE / 2.0 + 2;
            double from = frame.x(finding.iterations().first());
            double to = Math.max(from + 3, frame.x(finding.iterations().last()));
            double known = frame.x(finding.detectedAt());
            graphics.setPaint(color);
            graphics.setStroke(new BasicStroke(4, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER));
            graphics.draw(new Line2D.Double(from, y, to, y));
            graphics.fill(new Ellipse2D.Double(known - 5, y - 5, 10, 10));
            graphics.setStroke(new BasicStroke(1, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 1, DASHES, 0));
            graphics.draw(new Line2D.Double(known, y, known, frame.data().getMaxY()));
            graphics.setFont(NAME);
            String name = Text.fit(graphics, (i + 1) + " " + finding.id(), Frame.RIGHT - LEADER);
            graphics.drawString(name, (float) frame.data().getMaxX() + LEADER, (float) y + 4);
        }
    }

    private static Color color(Severity severity) {
        return switch (severity) {
            case ERROR -> Ink.OFFENDER.color();
            case WARNING -> Ink.WARNING.color();
            case INFO -> Ink.MUTED.color();
        };
    }
}
