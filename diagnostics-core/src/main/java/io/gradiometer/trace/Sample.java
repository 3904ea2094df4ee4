package io.gradiometer.trace;

import java.util.Arrays;

/**
 * Numbers in ascending order of which each stands for several: what is left of many when only a few can be kept.
 *
 * <p>One is used over and over; it allocates only while it grows.
 */
final class Sample {

    private double[] values = new double[64];
    private double[] weights = new double[64];
    private int size;
    private double total;

    void clear() {
        size = 0;
        total = 0;
    }

    /** Adds ascending numbers that stand for {@code weight} each. */
    void add(double[] from, int start, int count, double weight) {
        room(size + count);
        int into = size + count - 1;
        int mine = size - 1;
        for (int other = count - 1; other >= 0; into--) {
            if (mine >= 0 && values[mine] > from[start + other]) {
                values[into] = values[mine];
                weights[into] = weights[mine--];
            } else {
                values[into] = from[start + other--];
                weights[into] = weight;
            }
        }
        size += count;
        total += weight * count;
    }

    private void room(int capacity) {
        if (values.length < capacity) {
            values = Arrays.copyOf(values, 2 * capacity);
            weights = Arrays.copyOf(weights, 2 * capacity);
        }
    }

    /**
     * Writes {@code most} numbers that stand for equally many each, or all of them if they are no more and stand for one each.
     *
     * @param early which neighbour to take where there is a choice: taking turns keeps errors from adding up
     * @return how many were written
     */
    int reduce(int most, boolean early, double[] to, int at) {
        if (total <= most) {
            System.arraycopy(values, 0, to, at, size);
            return size;
        }
        double share = total / most;
        double below = 0;
        int next = 0;
        for (int i = 0; i < most; i++) {
            double target = (i + (early ? 0.25 : 0.75)) * share;
            while (next < size - 1 && below + weights[next] <= target) {
                below += weights[next++];
            }
            to[at + i] = values[next];
        }
        return most;
    }
}
