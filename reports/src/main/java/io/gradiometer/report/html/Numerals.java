package io.gradiometer.report.html;

import io.gradiometer.finding.Numbers;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/** Numbers in tables. */
final class Numerals {

    private static final String NOTHING = "–";

    private Numerals() {}

    /** Formats a number; one that is not known is a dash, never an empty cell. */
    static String known(double value) {
        return Double.isNaN(value) ? NOTHING : Numbers.format(value);
    }

    /** Formats text; an absent one is a dash. */
    static String known(@Nullable String text) {
        return text == null || text.isEmpty() ? NOTHING : text;
    }

    /** Returns the median of the values that are numbers, NaN if there are none. */
    static double median(DoubleStream values) {
        double[] sorted = values.filter(v -> !Double.isNaN(v)).sorted().toArray();
        if (sorted.length == 0) {
            return Double.NaN;
        }
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : sorted[middle - 1] / 2 + sorted[middle] / 2;
    }
}
