package io.gradiometer.dl4j;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Tells whether equal inputs come with labels that differ by more than a little noise. */
final class Contradictions {

    /** Of the labels' variance, that two labels must be apart (squared) to differ clearly: half a deviation. */
    private static final double CLEARLY = 0.25;

    /** Share of the distinct inputs; below, it may be a mistake or two in the labels. */
    private static final double MANY = 0.05;

    private Contradictions() {}

    static boolean isIn(List<Sample> samples, LabelKind kind) {
        Targets targets = Targets.of(samples, kind);
        double[][] labels = targets.values();
        double enough = CLEARLY * targets.variance();
        Map<Long, double[]> first = new HashMap<>();
        Set<Long> contradicted = new HashSet<>();
        for (int r = 0; r < labels.length; r++) {
            long key = samples.get(r).inputKey;
            double[] other = first.putIfAbsent(key, labels[r]);
            if (other != null && squaredDistance(other, labels[r]) > enough) {
                contradicted.add(key);
            }
        }
        return !contradicted.isEmpty() && contradicted.size() >= MANY * first.size();
    }

    private static double squaredDistance(double[] a, double[] b) {
        double sum = 0;
        for (int k = 0; k < a.length; k++) {
            sum += (a[k] - b[k]) * (a[k] - b[k]);
        }
        return sum;
    }
}
