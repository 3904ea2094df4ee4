package io.gradiometer.dl4j;

import io.gradiometer.signal.LogHistogram;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Counts magnitudes per power of two, read off their exponents; reused, as it has a bin for every exponent of a double. */
final class MagnitudeBins {

    private static final int LOWEST = Math.getExponent(Double.MIN_NORMAL) - 52;
    private static final int FLOAT_LOWEST = Math.getExponent(Float.MIN_NORMAL) - 23;
    private static final int FLOAT_NON_FINITE = 0xff;
    private static final int DOUBLE_NON_FINITE = 0x7ff;

    private final long[] counts = new long[Double.MAX_EXPONENT - LOWEST + 1];

    void reset() {
        Arrays.fill(counts, 0);
    }

    /** Counts one float, given by its bits. */
    void add(int bits) {
        int exponent = bits >>> 23 & FLOAT_NON_FINITE;
        if (exponent == FLOAT_NON_FINITE) {
            return;
        }
        if (exponent > 0) {
            counts[exponent - Float.MAX_EXPONENT - LOWEST]++;
            return;
        }
        int digits = bits & 0x7fffff;
        if (digits > 0) {
            counts[31 - Integer.numberOfLeadingZeros(digits) + FLOAT_LOWEST - LOWEST]++;
        }
    }

    /** Counts one double, given by its bits. */
    void add(long bits) {
        int exponent = (int) (bits >>> 52) & DOUBLE_NON_FINITE;
        if (exponent == DOUBLE_NON_FINITE) {
            return;
        }
        if (exponent > 0) {
            counts[exponent - Double.MAX_EXPONENT - LOWEST]++;
            return;
        }
        long digits = bits & 0xfffffffffffffL;
        if (digits > 0) {
            counts[63 - Long.numberOfLeadingZeros(digits)]++;
        }
    }

    LogHistogram histogram() {
        int first = 0;
        while (first < counts.length && counts[first] == 0) {
            first++;
        }
        if (first == counts.length) {
            return LogHistogram.NONE;
        }
        int last = counts.length - 1;
        while (counts[last] == 0) {
            last--;
        }
        List<Long> bins = new ArrayList<>(last - first + 1);
        for (int bin = first; bin <= last; bin++) {
            bins.add(counts[bin]);
        }
        return new LogHistogram(first + LOWEST, bins);
    }
}
