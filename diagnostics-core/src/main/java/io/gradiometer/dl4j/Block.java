package io.gradiometer.dl4j;

import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.buffer.DataBuffer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A few consecutive examples of an array on the heap, example after example, each in the order of its dimensions.
 *
 * <p>Bounded: of a large batch it takes as many examples as fit, another part of it every time. Reads native memory as it
 * lies, without native temporaries, which would land in a workspace of the user's. Not thread-safe.
 */
final class Block {

    /** Takes some fifty microseconds to look through. */
    static final int MOST_ELEMENTS = 16_384;

    private double[] values = new double[0];
    private float[] floats = new float[0];
    private int rotation;

    private int examples;
    private int width;
    private int firstExample;

    /** Loads what fits; {@link #examples()} tells how many examples that are, none if a single one is too large. */
    void load(INDArray array) {
        long batch = array.rank() == 0 ? 1 : array.size(0);
        long elements = array.length();
        long each = batch == 0 ? 0 : elements / batch;
        if (elements == 0 || each > MOST_ELEMENTS * 8L) {
            examples = 0;
            width = 0;
            return;
        }
        int fitting = (int) Math.min(batch, Math.max(1, MOST_ELEMENTS / each));
        load(array, (int) ((long) rotation++ * fitting % (batch - fitting + 1)), fitting);
    }

    /** Loads so many examples, however large they are. */
    void load(INDArray array, int first, int count) {
        width = (int) (array.length() / (array.rank() == 0 ? 1 : array.size(0)));
        examples = count;
        firstExample = first;
        int length = examples * width;
        if (values.length < length) {
            values = new double[length];
            floats = new float[length];
        }
        copy(array, length);
    }

    private void copy(INDArray array, int length) {
        DataBuffer data = array.data();
        if (array.rank() == 0) {
            values[0] = array.getDouble();
        } else if (isRowByRow(array)) {
            copyRange(data, firstExample * (long) array.stride(0), length);
        } else {
            copyByStrides(array, data);
        }
    }

    /** Tells whether examples lie one after the other, each in the order of its dimensions. */
    private static boolean isRowByRow(INDArray array) {
        long expected = 1;
        for (int axis = array.rank() - 1; axis >= 0; axis--) {
            if (array.size(axis) != 1 && array.stride(axis) != expected) {
                return false;
            }
            expected *= array.size(axis);
        }
        return true;
    }

    /** Copies a range that begins at an offset from where the array's view of the buffer begins. */
    private void copyRange(DataBuffer data, long start, int length) {
        copyInto(data, start, length);
        for (int i = 0; i < length; i++) {
            values[i] = floats[i];
        }
        if (data.dataType() == DataType.DOUBLE) {
            copyDoubles(data, start, length);
        }
    }

    private void copyDoubles(DataBuffer data, long start, int length) {
        if (TensorReader.ON_CPU && data.pointer() instanceof DoublePointer pointer) {
            new DoublePointer(pointer).position(data.offset() + start).get(values, 0, length);
        } else {
            for (int i = 0; i < length; i++) {
                values[i] = data.getDouble(start + i);
            }
        }
    }

    private void copyInto(DataBuffer data, long start, int length) {
        if (TensorReader.ON_CPU
                && data.dataType() == DataType.FLOAT
                && data.pointer() instanceof FloatPointer pointer) {
            new FloatPointer(pointer).position(data.offset() + start).get(floats, 0, length);
        } else if (data.dataType() != DataType.DOUBLE) {
            for (int i = 0; i < length; i++) {
                floats[i] = data.getFloat(start + i);
            }
        }
    }

    /** Walks the elements of an example by their strides; examples that lie side by side are copied together. */
    private void copyByStrides(INDArray array, DataBuffer data) {
        boolean sideBySide = array.stride(0) == 1 && data.dataType() != DataType.DOUBLE;
        for (int element = 0; element < width; element++) {
            long offset = 0;
            long rest = element;
            for (int axis = array.rank() - 1; axis >= 1; axis--) {
                offset += rest % array.size(axis) * array.stride(axis);
                rest /= array.size(axis);
            }
            if (sideBySide) {
                copyInto(data, offset + firstExample, examples);
            }
            for (int example = 0; example < examples; example++) {
                values[example * width + element] = sideBySide
                        ? floats[example]
                        : data.getDouble(offset + (firstExample + (long) example) * array.stride(0));
            }
        }
    }

    /** Copies one example to a place in another array. */
    void copyExample(int example, double[] target, int at) {
        System.arraycopy(values, example * width, target, at, width);
    }

    /** Makes a block of what was computed. */
    void fill(double[] computed, int rows, int columns) {
        values = computed;
        floats = floats.length < computed.length ? new float[computed.length] : floats;
        examples = rows;
        width = columns;
        firstExample = 0;
    }

    /** Copies a range of a flat array. */
    static double[] copyOf(INDArray flat, long start, int length) {
        Block range = new Block();
        range.values = new double[length];
        range.floats = new float[length];
        range.copyRange(flat.data(), start, length);
        return range.values;
    }

    int examples() {
        return examples;
    }

    /** Returns the index in the batch of the first example that was loaded. */
    int firstExample() {
        return firstExample;
    }

    /** Returns the number of elements of an example. */
    int width() {
        return width;
    }

    double value(int example, int element) {
        return values[example * width + element];
    }
}
