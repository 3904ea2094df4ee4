package io.gradiometer.report.chart;

import java.awt.BasicStroke;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.text.FieldPosition;
import java.text.NumberFormat;
import java.text.ParsePosition;
import java.util.List;
import java.util.function.DoubleFunction;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.AxisSpace;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.SeriesRenderingOrder;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYItemRenderer;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.data.Range;
import org.jfree.data.xy.XYDataset;

/** The frame that all plots of a page share: the same iterations stand below each other. */
final class Frame {

    static final int WIDTH = 860;
    static final int LEFT = 112;
    static final int RIGHT = 158;
    static final Font FONT = new Font(Font.SANS_SERIF, Font.PLAIN, 12);
    static final Font BOLD = new Font(Font.SANS_SERIF, Font.BOLD, 12);

    private static final int BOTTOM = 44;
    private static final BasicStroke HAIRLINE = new BasicStroke(1);

    private final int top;
    private final int height;
    private final Range iterations;

    /**
     * Fixes the frame.
     *
     * @param top room above the data
     * @param data height of the data
     */
    Frame(int top, int data, List<Integer> iterations) {
        this.top = top;
        this.height = top + data + BOTTOM;
        this.iterations = range(iterations);
    }

    private static Range range(List<Integer> iterations) {
        double first = iterations.stream().mapToInt(i -> i).min().orElse(0);
        double last = iterations.stream().mapToInt(i -> i).max().orElse(0);
        return first < last ? new Range(first, last) : new Range(first - 0.5, last + 0.5);
    }

    int height() {
        return height;
    }

    Range iterations() {
        return iterations;
    }

    /** Returns where the data is drawn. */
    Rectangle2D data() {
        return new Rectangle2D.Double(LEFT, top, WIDTH - LEFT - RIGHT, height - top - BOTTOM);
    }

    /** Returns the horizontal place of an iteration, held within the data. */
    double x(double iteration) {
        double share = (iteration - iterations.getLowerBound()) / iterations.getLength();
        return data().getX() + Math.max(0, Math.min(1, share)) * data().getWidth();
    }

    /** Returns the vertical place of a value. */
    double y(double value, Range values) {
        double share = (value - values.getLowerBound()) / values.getLength();
        return data().getMaxY() - Math.max(0, Math.min(1, share)) * data().getHeight();
    }

    /** Draws axes and data. */
    void draw(Graphics2D graphics, XYDataset dataset, XYItemRenderer renderer, ValueAxis vertical) {
        NumberAxis horizontal = new NumberAxis("iteration");
        horizontal.setStandardTickUnits(NumberAxis.createIntegerTickUnits());
        horizontal.setNumberFormatOverride(new Labels(value -> Long.toString(Math.round(value))));
        horizontal.setRange(iterations);
        style(horizontal);
        style(vertical);
        XYPlot plot = new XYPlot(dataset, horizontal, vertical, renderer);
        plot.setFixedRangeAxisSpace(space(0, LEFT, 0, RIGHT));
        plot.setFixedDomainAxisSpace(space(top, 0, BOTTOM, 0));
        plot.setAxisOffset(RectangleInsets.ZERO_INSETS);
        plot.setInsets(RectangleInsets.ZERO_INSETS);
        plot.setBackgroundPaint(null);
        plot.setOutlinePaint(Ink.RULE.color());
        plot.setOutlineStroke(HAIRLINE);
        plot.setDomainGridlinesVisible(false);
        plot.setSeriesRenderingOrder(SeriesRenderingOrder.FORWARD);
        plot.setRangeGridlinesVisible(vertical.isTickLabelsVisible());
        plot.setRangeGridlinePaint(Ink.RULE.color());
        plot.setRangeGridlineStroke(HAIRLINE);
        JFreeChart chart = new JFreeChart(null, null, plot, false);
        chart.setBackgroundPaint(null);
        chart.setPadding(RectangleInsets.ZERO_INSETS);
        chart.draw(graphics, new Rectangle2D.Double(0, 0, WIDTH, height));
        graphics.setClip(null);
    }

    private static AxisSpace space(double top, double left, double bottom, double right) {
        AxisSpace space = new AxisSpace();
        space.setTop(top);
        space.setLeft(left);
        space.setBottom(bottom);
        space.setRight(right);
        return space;
    }

    private static void style(ValueAxis axis) {
        axis.setLabelFont(FONT);
        axis.setTickLabelFont(FONT);
        axis.setLabelPaint(Ink.MUTED.color());
        axis.setTickLabelPaint(Ink.MUTED.color());
        axis.setAxisLinePaint(Ink.RULE.color());
        axis.setTickMarkPaint(Ink.RULE.color());
    }

    /** Labels of an axis: numbers as they look everywhere else, in every locale. */
    static final class Labels extends NumberFormat {
        private static final long serialVersionUID = 1;

        private final transient DoubleFunction<String> text;

        Labels(DoubleFunction<String> text) {
            this.text = text;
        }

        @Override
        public StringBuffer format(double value, StringBuffer out, FieldPosition position) {
            return out.append(text.apply(value));
        }

        @Override
        public StringBuffer format(long value, StringBuffer out, FieldPosition position) {
            return out.append(text.apply(value));
        }

        @Override
        public Number parse(String source, ParsePosition position) {
            throw new UnsupportedOperationException("labels are only written");
        }

        @Override
        public boolean equals(Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(this);
        }
    }
}
