package io.gradiometer.report.chart;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A series made small enough to draw, without losing what matters: each stretch keeps its median, its extremes where they
 * stand out, and whether anything in it was not finite.
 */
final class Curve {

    private final List<Integer> x;
    private final List<Double> y;
    private final double noise;
    private final List<double[]> points = new ArrayList<>();
    private final List<Double> nonFinite = new ArrayList<>();

    /**
     * Reads a series.
     *
     * @param x iterations
     * @param y values; NaN where there is none, infinite where it is not finite
     * @param stretches how many there may be
     * @param noise distance from the median from which on an extreme stands out
     */
    Curve(List<Integer> x, List<Double> y, int stretches, double noise) {
        this.x = x;
        this.y = y;
        this.noise = noise;
        int size = y.size();
        int count = Math.min(stretches, size);
        for (int i = 0; i < count; i++) {
            addStretch((int) ((long) i * size / count), (int) ((long) (i + 1) * size / count));
        }
    }

    private void addStretch(int from, int to) {
        List<Integer> byValue = IntStream.range(from, to)
                .filter(i -> Double.isFinite(y.get(i)))
                .boxed()
                .sorted(Comparator.comparing(y::get))
                .toList();
        if (!byValue.isEmpty()) {
            int low = byValue.get(0);
            int median = byValue.get(byValue.size() / 2);
            int high = byValue.get(byValue.size() - 1);
            Stream.of(low, median, high)
                    .distinct()
                    .filter(i -> i == median || Math.abs(y.get(i) - y.get(median)) >= noise)
                    .sorted()
                    .forEach(i -> points.add(new double[] {x.get(i), y.get(i)}));
        }
        IntStream.range(from, to)
                .filter(i -> Double.isInfinite(y.get(i)))
                .findFirst()
                .ifPresent(i -> {
                    nonFinite.add((double) x.get(i));
                    points.add(new double[] {x.get(i), Double.NaN});
                });
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
