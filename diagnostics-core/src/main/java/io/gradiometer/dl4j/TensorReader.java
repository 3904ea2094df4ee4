package io.gradiometer.dl4j;

import io.gradiometer.signal.LogHistogram;
import io.gradiometer.signal.TensorStats;
import java.lang.ref.Reference;
import java.util.Objects;
import org.bytedeco.javacpp.indexer.DoubleIndexer;
import org.bytedeco.javacpp.indexer.FloatIndexer;
import org.bytedeco.javacpp.indexer.Indexer;
import org.nd4j.linalg.api.buffer.DataBuffer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Reads statistics off native memory in one pass.
 *
 * <p>Cost: one sequential read through a small copy on the heap; no native temporaries, so nothing lands in a workspace of
 * the user's, and nothing on the heap but the result once a buffer has been seen. Sums are right to 1e-6: ND4J's own norm adds
 * up floats and is 3.5 % off at 30 million elements. Not thread-safe.
 */
final class TensorReader {

    private static final int WINDOW_BYTES = 1 << 30;

    /** Below, asking for each element is cheaper than opening a window and filling lanes. */
    private static final int FEW = 384;

    /** Elsewhere the memory of the host may be older than that of the device; element by element ND4J sees to that. */
    static final boolean ON_CPU = Nd4j.getBackend().getClass().getSimpleName().startsWith("Cpu");

    private final Windows windows;
    private final Totals totals = new Totals();
    private final Kernel floats = new FloatKernel(FloatFormat.FLOAT, totals);
    private final Kernel halves = new FloatKernel(FloatFormat.HALF, totals);
    private final Kernel brainFloats = new FloatKernel(FloatFormat.BFLOAT16, totals);
    private final Kernel doubles = new DoubleKernel(totals);
    private final MagnitudeBins bins = new MagnitudeBins();
    private final Kernel counting = new CountingKernel(bins);
    private final StridedRows rows = new StridedRows();

    TensorReader() {
        this(WINDOW_BYTES);
    }

    /** Walks large buffers in windows of so many bytes, as Java's views of memory are indexed with ints. */
    TensorReader(int windowBytes) {
        windows = new Windows(windowBytes);
    }

    /** Reads all elements of an array, in whatever order they lie. */
    TensorStats read(INDArray array) {
        begin();
        add(array);
        return end();
    }

    /** Reads a contiguous range, counted from where the buffer's own view begins. */
    TensorStats read(DataBuffer data, long start, long length) {
        begin();
        add(data, start, length);
        return end();
    }

    /** Starts a reading of several parts as if they were one tensor. */
    void begin() {
        totals.reset();
    }

    /** Adds all elements of an array to the reading. */
    void add(INDArray array) {
        if (array.isEmpty() || array.length() == 0) {
            return;
        }
        if (!ON_CPU) {
            for (long i = 0; i < array.length(); i++) {
                totals.add(array.getDouble(i));
            }
            return;
        }
        DataBuffer data = array.data();
        rows.begin(array);
        do {
            if (rows.stride() == 1) {
                add(data, rows.start(), rows.length());
            } else {
                addOneByOne(data, rows.start(), rows.length(), rows.stride());
            }
        } while (rows.next());
    }

    /** Adds a contiguous range to the reading, counted from where the buffer's own view begins. */
    void add(DataBuffer data, long start, long length) {
        if (length > FEW && isReadInWindows(data)) {
            read(data, start, length, kernel(data.dataType()));
        } else {
            addOneByOne(data, start, length, 1);
        }
    }

    /** Returns what was added since the beginning. */
    TensorStats end() {
        return totals.stats();
    }

    /** Reads a contiguous range as if every element were cut off at the limit; slower, and only where something is cut off. */
    TensorStats readCutOff(DataBuffer data, long start, long length, double limit) {
        begin();
        for (long i = 0; i < length; i++) {
            double value = data.getDouble(start + i);
            totals.add(Double.isNaN(value) ? value : Math.max(-limit, Math.min(limit, value)));
        }
        return end();
    }

    /** Counts the magnitudes of a contiguous range by their powers of two. */
    LogHistogram histogram(DataBuffer data, long start, long length) {
        bins.reset();
        if (isReadInWindows(data)) {
            read(data, start, length, counting);
        } else {
            for (long i = 0; i < length; i++) {
                bins.add(Double.doubleToRawLongBits(data.getDouble(start + i)));
            }
        }
        return bins.histogram();
    }

    private static boolean isReadInWindows(DataBuffer data) {
        return ON_CPU
                && switch (data.dataType()) {
                    case FLOAT, DOUBLE, HALF, BFLOAT16 -> true;
                    default -> false;
                };
    }

    private Kernel kernel(DataType type) {
        return switch (type) {
            case DOUBLE -> doubles;
            case HALF -> halves;
            case BFLOAT16 -> brainFloats;
            default -> floats;
        };
    }

    private void read(DataBuffer data, long start, long length, Kernel kernel) {
        try {
            long from = data.offset() + start;
            long to = from + length;
            Objects.checkFromToIndex(from, to, data.underlyingLength());
            long perWindow = windows.elementsPerWindow(data);
            long at = from;
            while (at < to) {
                int inWindow = (int) (at % perWindow);
                int n = (int) Math.min(perWindow - inWindow, to - at);
                kernel.read(windows.at(data, at / perWindow), inWindow, n);
                at += n;
            }
        } finally {
            // Windows do not keep their memory alive: the buffer must not be collected before the last element is read.
            Reference.reachabilityFence(data);
        }
    }

    private void addOneByOne(DataBuffer data, long start, long length, long stride) {
        Indexer indexer = data.indexer();
        try {
            if (ON_CPU && indexer instanceof FloatIndexer elements) {
                for (long i = 0; i < length; i++) {
                    totals.add(elements.get(start + i * stride));
                }
            } else if (ON_CPU && indexer instanceof DoubleIndexer elements) {
                for (long i = 0; i < length; i++) {
                    totals.add(elements.get(start + i * stride));
                }
            } else {
                for (long i = 0; i < length; i++) {
                    totals.add(data.getDouble(start + i * stride));
                }
            }
        } finally {
            Reference.reachabilityFence(data);
        }
    }
}
