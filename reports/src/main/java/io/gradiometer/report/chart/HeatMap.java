package io.gradiometer.report.chart;

import io.gradiometer.finding.Numbers;
import java.awt.BasicStroke;
import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apiguardian.api.API;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.data.Range;
import org.jfree.data.xy.DefaultXYDataset;

/** Every layer against every iteration: what fades or swells with depth or time is seen at once. */
@API(status = API.Status.INTERNAL)
public final class HeatMap {

    private static final int TOP = 40;
    private static final int SCALE_WIDTH = 170;
    private static final int SCALE_LEFT = Frame.LEFT + 60;

    private final LayerSeries series;
    private final Set<String> offending;
    private final Frame frame;
    private final HeatPixels pixels;

    private HeatMap(LayerSeries series, Set<String> offending) {
        this.series = series;
        this.offending = offending;
        int rows = series.rows().size();
        this.frame = new Frame(TOP, Math.max(40, Math.min(440, 18 * rows)), series.iterations());
        this.pixels = new HeatPixels(series, frame.iterations());
    }

    /**
     * Draws a measure.
     *
     * @param label what the plot says, for those who cannot see it
     */
    public static Drawing draw(LayerSeries series, Set<String> offending, String label) {
        if (series.isEmpty()) {
            return new Drawing.Nothing("There is no heat map: no kept step has a signal.");
        }
        return Drawing.attempt(() -> new HeatMap(series, offending).draw(label));
    }

    private Drawing draw(String label) {
        SvgCanvas canvas = new SvgCanvas("heat", Frame.WIDTH, frame.height());
        String axes = canvas.draw(this::paint);
        return canvas.drawn(label, patterns() + cells() + scale() + axes);
    }

    private void paint(Graphics2D graphics) {
        NumberAxis vertical = new NumberAxis(null);
        vertical.setRange(new Range(0, 1));
        vertical.setTickLabelsVisible(false);
        vertical.setTickMarksVisible(false);
        DefaultXYDataset nothing = new DefaultXYDataset();
        frame.draw(graphics, nothing, new XYLineAndShapeRenderer(), vertical);
        paintNames(graphics);
        paintScale(graphics);
    }

    private void paintNames(Graphics2D graphics) {
        int rows = series.rows().size();
        double rowHeight = frame.data().getHeight() / rows;
        boolean[] shown = shown(rows, rowHeight);
        for (int i = 0; i < rows; i++) {
            if (!shown[i]) {
                continue;
            }
            boolean strong = offending.contains(series.rows().get(i).layer());
            double y = frame.data().getMinY() + (i + 0.5) * rowHeight;
            graphics.setPaint(strong ? Ink.OFFENDER.color() : Ink.INK.color());
            graphics.setFont(strong ? Frame.BOLD : Frame.FONT);
            String name = Text.fit(graphics, series.rows().get(i).layer(), Frame.LEFT - 8);
            double width = graphics.getFontMetrics().stringWidth(name);
            graphics.drawString(name, (float) (Frame.LEFT - 8 - width), (float) y + 4);
            graphics.setStroke(new BasicStroke(1));
            graphics.draw(new Line2D.Double(Frame.LEFT - 5.0, y, Frame.LEFT - 1.0, y));
        }
    }

    /** Chooses the rows that get a name: the ends, then the offending ones, then as many as fit. */
    private boolean[] shown(int rows, double rowHeight) {
        boolean[] shown = new boolean[rows];
        int apart = (int) Math.ceil(13 / rowHeight);
        claim(shown, 0, apart);
        claim(shown, rows - 1, apart);
        for (int i = 0; i < rows; i++) {
            if (offending.contains(series.rows().get(i).layer())) {
                claim(shown, i, apart);
            }
        }
        for (int i = 0; i < rows; i++) {
            claim(shown, i, apart);
        }
        return shown;
    }

    private static void claim(boolean[] shown, int row, int apart) {
        for (int i = Math.max(0, row - apart + 1); i < Math.min(shown.length, row + apart); i++) {
            if (shown[i]) {
                return;
            }
        }
        shown[row] = true;
    }

    private void paintScale(Graphics2D graphics) {
        graphics.setFont(Frame.FONT);
        graphics.setPaint(Ink.MUTED.color());
        String low = (pixels.isClipped() ? "≤ " : "") + power(pixels.low());
        double width = graphics.getFontMetrics().stringWidth(low);
        graphics.drawString(low, (float) (SCALE_LEFT - 6 - width), 20);
        graphics.drawString(power(pixels.high()), SCALE_LEFT + SCALE_WIDTH + 6f, 20);
        graphics.drawString("exactly 0", SCALE_LEFT + SCALE_WIDTH + 126f, 20);
        graphics.drawString(Rails.NON_FINITE, SCALE_LEFT + SCALE_WIDTH + 226f, 20);
        graphics.drawString("not read", SCALE_LEFT + SCALE_WIDTH + 326f, 20);
        graphics.setPaint(Ink.RULE.color());
        graphics.setStroke(new BasicStroke(1));
        graphics.draw(new Rectangle2D.Double(SCALE_LEFT, 9, SCALE_WIDTH, 14));
        for (int swatch : List.of(100, 200, 300)) {
            graphics.draw(new Rectangle2D.Double(SCALE_LEFT + SCALE_WIDTH + swatch, 9, 20, 14));
        }
    }

    private static String power(int exponent) {
        return Numbers.format(Math.pow(10, exponent));
    }

    /** Marks, not only colours: they hold in grey print and for every eye. */
    private static String patterns() {
        return "<defs><pattern id=\"heat-bad\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\""
                + " patternTransform=\"rotate(45)\"><rect width=\"6\" height=\"6\" style=\"fill:var(--paper)\"/>"
                + "<rect width=\"3\" height=\"6\" style=\"fill:var(--offender)\"/></pattern>"
                + "<pattern id=\"heat-zero\" width=\"5\" height=\"5\" patternUnits=\"userSpaceOnUse\">"
                + "<rect width=\"5\" height=\"5\" style=\"fill:var(--paper)\"/>"
                + "<circle cx=\"2.5\" cy=\"2.5\" r=\"1\" style=\"fill:var(--ink)\"/></pattern>"
                + "<linearGradient id=\"heat-scale\">" + HeatPixels.stops() + "</linearGradient></defs>";
    }

    private String cells() {
        Rectangle2D data = frame.data();
        String place = place(data.getX(), data.getY(), data.getWidth(), data.getHeight());
        StringBuilder cells = new StringBuilder();
        pixels.mask(0).ifPresent(mask -> cells.append(masked("heat-zero", place, mask)));
        pixels.mask(LayerSeries.NON_FINITE).ifPresent(mask -> cells.append(masked("heat-bad", place, mask)));
        return cells.append(image(place, pixels.png())).toString();
    }

    private static String masked(String pattern, String place, String png) {
        return "<mask id=\"" + pattern + "-mask\">" + image(place, png) + "</mask><rect" + place + " fill=\"url(#"
                + pattern + ")\" mask=\"url(#" + pattern + "-mask)\"/>";
    }

    private static String image(String place, String png) {
        return "<image" + place + " preserveAspectRatio=\"none\" style=\"image-rendering:pixelated\" href=\"" + png
                + "\"/>";
    }

    private static String scale() {
        int swatches = SCALE_LEFT + SCALE_WIDTH;
        return "<rect" + place(SCALE_LEFT, 9, SCALE_WIDTH, 14) + " fill=\"url(#heat-scale)\"/>"
                + "<rect" + place(swatches + 100, 9, 20, 14) + " fill=\"url(#heat-zero)\"/>"
                + "<rect" + place(swatches + 200, 9, 20, 14) + " fill=\"url(#heat-bad)\"/>";
    }

    private static String place(double x, double y, double width, double height) {
        return String.format(Locale.ROOT, " x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"", x, y, width, height);
    }
}
