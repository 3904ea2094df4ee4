package io.gradiometer.report.chart;

import java.util.ArrayList;
import java.util.List;

/**
 * A series made small enough to draw, without losing what matters: each stretch keeps its lowest and highest value, and
 * whether anything in it was not finite.
 */
final class Curve {

    private final List<double[]> points = new ArrayList<>();
    private final List<Double> nonFinite = new ArrayList<>();

    /**
     * Reads a series.
     *
     * @param x iterations
     * @param y values; NaN where there is none, infinite where it is not finite
     * @param stretches how many there may be
     */
    Curve(List<Integer> x, List<Double> y, int stretches) {
        int size = Math.min(x.size(), y.size());
        int count = Math.min(stretches, Math.max(1, size));
        for (int i = 0; i < count; i++) {
            int from = (int) ((long) i * size / count);
            int to = (int) ((long) (i + 1) * size / count);
            addStretch(x, y, from, to);
        }
    }

    private void addStretch(List<Integer> x, List<Double> y, int from, int to) {
        int low = -1;
        int high = -1;
        int bad = -1;
        for (int i = from; i < to; i++) {
            double value = y.get(i);
            if (Double.isInfinite(value)) {
                bad = bad < 0 ? i : bad;
            } else if (!Double.isNaN(value)) {
                low = low < 0 || value < y.get(low) ? i : low;
                high = high < 0 || value > y.get(high) ? i : high;
            }
        }
        if (low >= 0) {
            add(x, y, Math.min(low, high));
            if (low != high) {
                add(x, y, Math.max(low, high));
            }
        }
        if (bad >= 0) {
            nonFinite.add((double) x.get(bad));
            points.add(new double[] {x.get(bad), Double.NaN});
        }
    }

    private void add(List<Integer> x, List<Double> y, int i) {
        points.add(new double[] {x.get(i), y.get(i)});
    }

    /** Returns the points in order; a value of NaN is a gap. */
    List<double[]> points() {
        return points;
    }

    /** Returns the iterations at which something was not finite. */
    List<Double> nonFinite() {
        return nonFinite;
    }
}
