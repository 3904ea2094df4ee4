package io.gradiometer.dl4j;

import java.nio.DoubleBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;

/** The kernel for doubles: as {@link FloatKernel}, but its lanes need not go into anything wider. */
final class DoubleKernel implements Kernel {

    private static final int LANES = 256;
    private static final int BLOCK = 4 * LANES;
    private static final int RUN = 16 * BLOCK;
    private static final long MAGNITUDE = Long.MAX_VALUE;
    private static final long LARGEST = Double.doubleToRawLongBits(Totals.LARGEST_TO_SQUARE);
    private static final long SMALLEST = Double.doubleToRawLongBits(Totals.SMALLEST_TO_SQUARE);

    private final Totals totals;
    private final double[] values = new double[BLOCK];
    private final long[] bits = new long[BLOCK];
    private final double[] squares = new double[LANES];
    private final double[] magnitudes = new double[LANES];
    private final long[] largest = new long[LANES];
    private final long[] zeros = new long[LANES];

    DoubleKernel(Totals totals) {
        this.totals = totals;
    }

    @Override
    public void read(Window window, int start, int length) {
        for (int done = 0; done < length; done += RUN) {
            addRun(window, start + done, Math.min(RUN, length - done));
        }
    }

    private void addRun(Window window, int start, int length) {
        int padding = 0;
        for (int done = 0; done < length; done += BLOCK) {
            int n = Math.min(BLOCK, length - done);
            load(window, start + done, n);
            if (n < BLOCK) {
                padding = BLOCK - n;
                Arrays.fill(values, n, BLOCK, 0);
                Arrays.fill(bits, n, BLOCK, 0);
            }
            addSquares(values, squares);
            addMagnitudes(values, magnitudes);
            raiseLargest(bits, largest);
            countZeros(bits, zeros);
        }
        long max = takeLargest(largest);
        double sumOfSquares = take(squares);
        double sumOfMagnitudes = take(magnitudes);
        int allZeros = takeCount(zeros) - padding;
        if (max == 0 || (max >= SMALLEST && max <= LARGEST)) {
            totals.addFinite(length, sumOfMagnitudes, sumOfSquares, Double.longBitsToDouble(max), allZeros);
        } else {
            addOneByOne(window, start, length);
        }
    }

    private void addOneByOne(Window window, int start, int length) {
        DoubleBuffer elements = (DoubleBuffer) window.values();
        for (int i = 0; i < length; i++) {
            totals.add(elements.get(start + i));
        }
    }

    private void load(Window window, int start, int length) {
        ((DoubleBuffer) window.values()).get(start, values, 0, length);
        ((LongBuffer) window.bits()).get(start, bits, 0, length);
    }

    // Limits that are constants: here, unlike for floats, the loops become vector code with them only.

    private static void addSquares(double[] v, double[] sums) {
        for (int i = 0; i < LANES; i++) {
            sums[i] += (v[i] * v[i] + v[i + LANES] * v[i + LANES])
                    + (v[i + 2 * LANES] * v[i + 2 * LANES] + v[i + 3 * LANES] * v[i + 3 * LANES]);
        }
    }

    private static void addMagnitudes(double[] v, double[] sums) {
        for (int i = 0; i < LANES; i++) {
            sums[i] += (Math.abs(v[i]) + Math.abs(v[i + LANES]))
                    + (Math.abs(v[i + 2 * LANES]) + Math.abs(v[i + 3 * LANES]));
        }
    }

    private static void raiseLargest(long[] x, long[] largest) {
        for (int i = 0; i < LANES; i++) {
            long most = largest[i];
            long excess = (x[i] & MAGNITUDE) - most;
            most += excess & ~(excess >> 63);
            excess = (x[i + LANES] & MAGNITUDE) - most;
            most += excess & ~(excess >> 63);
            excess = (x[i + 2 * LANES] & MAGNITUDE) - most;
            most += excess & ~(excess >> 63);
            excess = (x[i + 3 * LANES] & MAGNITUDE) - most;
            largest[i] = most + (excess & ~(excess >> 63));
        }
    }

    private static void countZeros(long[] x, long[] counts) {
        for (int i = 0; i < LANES; i++) {
            counts[i] = counts[i]
                    - (((x[i] & MAGNITUDE) - 1) >> 63)
                    - (((x[i + LANES] & MAGNITUDE) - 1) >> 63)
                    - (((x[i + 2 * LANES] & MAGNITUDE) - 1) >> 63)
                    - (((x[i + 3 * LANES] & MAGNITUDE) - 1) >> 63);
        }
    }

    private static double take(double[] sums) {
        double even = 0;
        double odd = 0;
        for (int i = 0; i < LANES; i += 2) {
            even += sums[i];
            odd += sums[i + 1];
        }
        Arrays.fill(sums, 0);
        return even + odd;
    }

    private static long takeLargest(long[] largest) {
        long first = 0;
        long second = 0;
        long third = 0;
        long fourth = 0;
        for (int i = 0; i < largest.length; i += 4) {
            first = Math.max(first, largest[i]);
            second = Math.max(second, largest[i + 1]);
            third = Math.max(third, largest[i + 2]);
            fourth = Math.max(fourth, largest[i + 3]);
        }
        Arrays.fill(largest, 0);
        return Math.max(Math.max(first, second), Math.max(third, fourth));
    }

    private static int takeCount(long[] counts) {
        long sum = 0;
        for (int i = 0; i < LANES; i++) {
            sum += counts[i];
        }
        Arrays.fill(counts, 0);
        return Math.toIntExact(sum);
    }
}
