package io.gradiometer.dl4j;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The memory of an array as rows, each a start, a length and a distance between elements.
 *
 * <p>Takes the elements in the order in which they lie, not in that of their indices: what is read here does not depend on
 * order. Dimensions that follow on each other without a gap become one, so a whole array in 'c' or 'f' order, transposed or
 * not, is a single row. Reused, so that walking creates nothing.
 */
final class StridedRows {

    private static final int MOST_DIMENSIONS = 32;

    private final long[] sizes = new long[MOST_DIMENSIONS];
    private final long[] strides = new long[MOST_DIMENSIONS];
    private final long[] indices = new long[MOST_DIMENSIONS];
    private int dimensions;
    private long start;

    /** Stands before the first row of an array that has elements. */
    void begin(INDArray array) {
        dimensions = 0;
        start = 0;
        for (int d = 0; d < array.rank(); d++) {
            if (array.size(d) != 1) {
                insert(array.size(d), array.stride(d));
            }
        }
        if (dimensions == 0) {
            insert(1, 1);
        }
        merge();
    }

    /** Keeps the dimension with the smallest stride first. */
    private void insert(long size, long stride) {
        int at = dimensions++;
        while (at > 0 && strides[at - 1] > stride) {
            sizes[at] = sizes[at - 1];
            strides[at] = strides[at - 1];
            at--;
        }
        sizes[at] = size;
        strides[at] = stride;
    }

    private void merge() {
        int last = 0;
        for (int d = 1; d < dimensions; d++) {
            if (strides[d] == strides[last] * sizes[last]) {
                sizes[last] *= sizes[d];
            } else {
                last++;
                sizes[last] = sizes[d];
                strides[last] = strides[d];
            }
        }
        dimensions = last + 1;
        for (int d = 0; d < dimensions; d++) {
            indices[d] = 0;
        }
    }

    /** Returns where the row starts, counted in elements from where the array does. */
    long start() {
        return start;
    }

    long length() {
        return sizes[0];
    }

    long stride() {
        return strides[0];
    }

    /** Goes on to the next row; returns false when there is none. */
    boolean next() {
        for (int d = 1; d < dimensions; d++) {
            start += strides[d];
            if (++indices[d] < sizes[d]) {
                return true;
            }
            start -= strides[d] * sizes[d];
            indices[d] = 0;
        }
        return false;
    }
}
