package io.gradiometer.dl4j;

import java.util.Arrays;

/**
 * The kernel for floats and for what fits into them.
 *
 * <p>Elements are copied block by block to the heap and added up in 256 lanes side by side, each loop in a method of its own:
 * that is what the compiler of Java 17 turns into vector code. A lane of floats takes at most ten blocks before it goes into a
 * double, so that at most 15 roundings lie on the way of an element: a relative error below 9e-7 for the sum of magnitudes and
 * half of that for the norm, whatever the elements are. A run whose squares would leave the range of floats, or that has
 * elements that are not finite, is read again element by element in double precision.
 */
final class FloatKernel implements Kernel {

    private static final int LANES = 256;
    private static final int BLOCK = 4 * LANES;
    private static final int RUN = 10 * BLOCK;
    private static final int FOLDED = LANES / 8;
    private static final int MAGNITUDE = 0x7fffffff;
    private static final int LARGEST = Float.floatToRawIntBits(0x1p57f);
    private static final int SMALLEST = Float.floatToRawIntBits(0x1p-57f);

    private final FloatFormat format;
    private final Totals totals;
    private final float[] values = new float[BLOCK];
    private final int[] bits = new int[BLOCK];
    private final float[] squares = new float[LANES];
    private final float[] magnitudes = new float[LANES];
    private final int[] largest = new int[LANES];
    private final int[] zeros = new int[LANES];

    FloatKernel(FloatFormat format, Totals totals) {
        this.format = format;
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
            format.load(window, start + done, n, values, bits);
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
        int max = takeLargest(largest);
        double sumOfSquares = take(squares);
        double sumOfMagnitudes = take(magnitudes);
        int allZeros = takeCount(zeros) - padding;
        if (max == 0 || (max >= SMALLEST && max <= LARGEST)) {
            totals.addFinite(length, sumOfMagnitudes, sumOfSquares, Float.intBitsToFloat(max), allZeros);
        } else {
            addOneByOne(window, start, length);
        }
    }

    private void addOneByOne(Window window, int start, int length) {
        for (int done = 0; done < length; done += BLOCK) {
            int n = Math.min(BLOCK, length - done);
            format.load(window, start + done, n, values, bits);
            for (int i = 0; i < n; i++) {
                totals.add(values[i]);
            }
        }
    }

    // Which loops become vector code hangs on small things: limits that are no constants here, subtraction in
    // countZeros.

    private static void addSquares(float[] v, float[] sums) {
        for (int i = 0; i < sums.length; i++) {
            sums[i] += (v[i] * v[i] + v[i + LANES] * v[i + LANES])
                    + (v[i + 2 * LANES] * v[i + 2 * LANES] + v[i + 3 * LANES] * v[i + 3 * LANES]);
        }
    }

    private static void addMagnitudes(float[] v, float[] sums) {
        for (int i = 0; i < sums.length; i++) {
            sums[i] += (Math.abs(v[i]) + Math.abs(v[i + LANES]))
                    + (Math.abs(v[i + 2 * LANES]) + Math.abs(v[i + 3 * LANES]));
        }
    }

    /** Magnitudes of floats are ordered as their bits are; {@code Math.max} would not become vector code here. */
    private static void raiseLargest(int[] x, int[] largest) {
        for (int i = 0; i < largest.length; i++) {
            int most = largest[i];
            int excess = (x[i] & MAGNITUDE) - most;
            most += excess & ~(excess >> 31);
            excess = (x[i + LANES] & MAGNITUDE) - most;
            most += excess & ~(excess >> 31);
            excess = (x[i + 2 * LANES] & MAGNITUDE) - most;
            most += excess & ~(excess >> 31);
            excess = (x[i + 3 * LANES] & MAGNITUDE) - most;
            largest[i] = most + (excess & ~(excess >> 31));
        }
    }

    /** Of magnitudes only that of zero becomes negative when 1 is taken off. */
    private static void countZeros(int[] x, int[] counts) {
        for (int i = 0; i < counts.length; i++) {
            counts[i] = counts[i]
                    - (((x[i] & MAGNITUDE) - 1) >> 31)
                    - (((x[i + LANES] & MAGNITUDE) - 1) >> 31)
                    - (((x[i + 2 * LANES] & MAGNITUDE) - 1) >> 31)
                    - (((x[i + 3 * LANES] & MAGNITUDE) - 1) >> 31);
        }
    }

    private static double take(float[] sums) {
        for (int i = 0; i < FOLDED; i++) {
            sums[i] = ((sums[i] + sums[i + FOLDED]) + (sums[i + 2 * FOLDED] + sums[i + 3 * FOLDED]))
                    + ((sums[i + 4 * FOLDED] + sums[i + 5 * FOLDED]) + (sums[i + 6 * FOLDED] + sums[i + 7 * FOLDED]));
        }
        double even = 0;
        double odd = 0;
        for (int i = 0; i < FOLDED; i += 2) {
            even += sums[i];
            odd += sums[i + 1];
        }
        Arrays.fill(sums, 0);
        return even + odd;
    }

    private static int takeLargest(int[] largest) {
        int first = 0;
        int second = 0;
        int third = 0;
        int fourth = 0;
        for (int i = 0; i < largest.length; i += 4) {
            first = Math.max(first, largest[i]);
            second = Math.max(second, largest[i + 1]);
            third = Math.max(third, largest[i + 2]);
            fourth = Math.max(fourth, largest[i + 3]);
        }
        Arrays.fill(largest, 0);
        return Math.max(Math.max(first, second), Math.max(third, fourth));
    }

    private static int takeCount(int[] counts) {
        int sum = 0;
        for (int i = 0; i < LANES; i++) {
            sum += counts[i];
        }
        Arrays.fill(counts, 0);
        return sum;
    }
}
