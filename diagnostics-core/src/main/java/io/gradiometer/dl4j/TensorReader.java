package io.gradiometer.dl4j;

import io.gradiometer.signal.LogHistogram;
import io.gradiometer.signal.TensorStats;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.buffer.DataBuffer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Reads statistics off native memory in one pass.
 *
 * <p>Cost: one sequential read through a small copy on the heap; no native temporaries, so nothing lands in a workspace of
 * the user's. Sums are kept in double precision: ND4J's own norm adds up floats and is 3.5 % off at 30 million elements. Not
 * thread-safe.
 */
final class TensorReader {

    private static final int CHUNK = 1024;
    private static final long WINDOW = 1L << 26;

    /** Elsewhere the memory of the host may be older than that of the device; element by element ND4J sees to that. */
    static final boolean ON_CPU = Nd4j.getBackend().getClass().getSimpleName().startsWith("Cpu");

    private final float[] floats = new float[CHUNK];
    private final double[] doubles = new double[CHUNK];

    private double magnitudes;
    private double squares;
    private double max;
    private long zeros;
    private long nonFinite;

    /** Reads all elements of an array, in whatever order they lie. */
    TensorStats read(INDArray array) {
        if (array.isEmpty() || array.length() == 0) {
            return TensorStats.EMPTY;
        }
        if (array.length() == 1 || isContiguous(array)) {
            return read(array.data(), 0, array.length());
        }
        return readByIndex(array);
    }

    /** Tells whether the elements fill their memory without gaps, in the array's own order. */
    private static boolean isContiguous(INDArray array) {
        long expected = 1;
        int rank = array.rank();
        for (int i = 0; i < rank; i++) {
            int dimension = array.ordering() == 'c' ? rank - 1 - i : i;
            if (array.size(dimension) != 1 && array.stride(dimension) != expected) {
                return false;
            }
            expected *= array.size(dimension);
        }
        return true;
    }

    /** Reads a contiguous range, counted from where the buffer's own view begins. */
    TensorStats read(DataBuffer data, long start, long length) {
        reset();
        if (ON_CPU && data.dataType() == DataType.FLOAT && data.pointer() instanceof FloatPointer pointer) {
            readFloats(pointer, data.offset() + start, length);
        } else if (ON_CPU && data.dataType() == DataType.DOUBLE && data.pointer() instanceof DoublePointer pointer) {
            readDoubles(pointer, data.offset() + start, length);
        } else {
            for (long i = 0; i < length; i++) {
                doubles[0] = data.getDouble(start + i);
                add(doubles, 1);
            }
        }
        return result(length);
    }

    /** Reads a contiguous range as if every element were cut off at the limit; slower, and only where something is cut off. */
    TensorStats readCutOff(DataBuffer data, long start, long length, double limit) {
        reset();
        for (long i = 0; i < length; i++) {
            double value = data.getDouble(start + i);
            doubles[0] = Double.isNaN(value) ? value : Math.max(-limit, Math.min(limit, value));
            add(doubles, 1);
        }
        return result(length);
    }

    /** Counts the magnitudes of a contiguous range by powers of two. */
    LogHistogram histogram(DataBuffer data, long start, long length) {
        long[] counts = new long[2200];
        int lowest = Integer.MAX_VALUE;
        int highest = Integer.MIN_VALUE;
        for (long i = 0; i < length; i++) {
            double value = data.getDouble(start + i);
            if (value != 0 && Double.isFinite(value)) {
                int exponent = Math.getExponent(value);
                counts[exponent + 1100]++;
                lowest = Math.min(lowest, exponent);
                highest = Math.max(highest, exponent);
            }
        }
        List<Long> bins = new ArrayList<>();
        for (int exponent = lowest; exponent <= highest; exponent++) {
            bins.add(counts[exponent + 1100]);
        }
        return bins.isEmpty() ? LogHistogram.NONE : new LogHistogram(lowest, bins);
    }

    private TensorStats readByIndex(INDArray array) {
        reset();
        long length = array.length();
        for (long i = 0; i < length; i++) {
            doubles[0] = array.getDouble(i);
            add(doubles, 1);
        }
        return result(length);
    }

    private void readFloats(FloatPointer pointer, long start, long length) {
        FloatPointer range = new FloatPointer(pointer);
        // NIO buffers index with int: walk large tensors in windows.
        for (long from = 0; from < length; from += WINDOW) {
            long window = Math.min(WINDOW, length - from);
            FloatBuffer buffer =
                    range.position(start + from).limit(start + from + window).asBuffer();
            while (buffer.hasRemaining()) {
                int n = Math.min(CHUNK, buffer.remaining());
                buffer.get(floats, 0, n);
                add(floats, n);
            }
            range.limit(0);
        }
    }

    private void readDoubles(DoublePointer pointer, long start, long length) {
        DoublePointer range = new DoublePointer(pointer);
        for (long from = 0; from < length; from += WINDOW) {
            long window = Math.min(WINDOW, length - from);
            DoubleBuffer buffer =
                    range.position(start + from).limit(start + from + window).asBuffer();
            while (buffer.hasRemaining()) {
                int n = Math.min(CHUNK, buffer.remaining());
                buffer.get(doubles, 0, n);
                add(doubles, n);
            }
            range.limit(0);
        }
    }

    private void add(float[] values, int n) {
        double sum = 0;
        double absolute = 0;
        float largest = 0;
        int nulls = 0;
        int bad = 0;
        for (int i = 0; i < n; i++) {
            float magnitude = Math.abs(values[i]);
            if (magnitude <= Float.MAX_VALUE) {
                sum += (double) magnitude * magnitude;
                absolute += magnitude;
                largest = Math.max(largest, magnitude);
                nulls += magnitude == 0 ? 1 : 0;
            } else {
                bad++;
            }
        }
        squares += sum;
        magnitudes += absolute;
        max = Math.max(max, largest);
        zeros += nulls;
        nonFinite += bad;
    }

    private void add(double[] values, int n) {
        for (int i = 0; i < n; i++) {
            double magnitude = Math.abs(values[i]);
            if (magnitude <= Double.MAX_VALUE) {
                squares += magnitude * magnitude;
                magnitudes += magnitude;
                max = Math.max(max, magnitude);
                zeros += magnitude == 0 ? 1 : 0;
            } else {
                nonFinite++;
            }
        }
    }

    private void reset() {
        magnitudes = 0;
        squares = 0;
        max = 0;
        zeros = 0;
        nonFinite = 0;
    }

    private TensorStats result(long length) {
        return new TensorStats(length, magnitudes, Math.sqrt(squares), max, zeros, nonFinite);
    }
}
