package io.gradiometer.report.chart;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.util.List;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.data.xy.DefaultXYDataset;

/** Lines of one plot: data and looks, gathered together. */
final class LineArt {

    private static final int FEW_POINTS = 24;
    private static final double CROSS = 3.5;

    private final DefaultXYDataset dataset = new DefaultXYDataset();
    private final XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(true, false);

    LineArt() {
        // One path for a line: single segments are twenty times the size.
        renderer.setDrawSeriesLineAsPath(true);
    }

    DefaultXYDataset dataset() {
        return dataset;
    }

    XYLineAndShapeRenderer renderer() {
        return renderer;
    }

    void add(List<double[]> points, Color color, BasicStroke stroke) {
        double[][] data = new double[2][points.size()];
        int finite = 0;
        for (int i = 0; i < points.size(); i++) {
            data[0][i] = points.get(i)[0];
            data[1][i] = points.get(i)[1];
            finite += Double.isNaN(data[1][i]) ? 0 : 1;
        }
        int series = dataset.getSeriesCount();
        dataset.addSeries(series, data);
        renderer.setSeriesPaint(series, color);
        renderer.setSeriesStroke(series, stroke);
        renderer.setSeriesShape(series, new Ellipse2D.Double(-2, -2, 4, 4));
        renderer.setSeriesShapesVisible(series, finite <= FEW_POINTS);
    }

    static void cross(Graphics2D graphics, double x, double y) {
        graphics.draw(new Line2D.Double(x - CROSS, y - CROSS, x + CROSS, y + CROSS));
        graphics.draw(new Line2D.Double(x - CROSS, y + CROSS, x + CROSS, y - CROSS));
    }
}
