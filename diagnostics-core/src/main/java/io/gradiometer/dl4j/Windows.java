package io.gradiometer.dl4j;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataBuffer;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * Views of native memory, kept because making one costs more than reading a thousand elements through it.
 *
 * <p>A view is found again by what the buffer at hand says now of its address, length and type. So one whose memory was freed
 * is never looked through, and one whose memory was given to another buffer shows that buffer, as a fresh view would. Nothing
 * of the user's is kept alive.
 */
final class Windows {

    private static final int SETS = 64;
    private static final int WAYS = 4;

    private final long longest;
    private final @Nullable Window[] kept = new Window[SETS * WAYS];

    /** Takes the most bytes that a window may have, a multiple of 8 that an int can index. */
    Windows(int longest) {
        this.longest = longest;
    }

    /** Returns how many elements of the buffer's type fill one window. */
    long elementsPerWindow(DataBuffer data) {
        return longest / data.getElementSize();
    }

    /** Returns the window with that number onto all the memory that lies under a buffer, its own offset left out. */
    Window at(DataBuffer data, long number) {
        Pointer pointer = data.pointer();
        int width = data.getElementSize();
        DataType type = data.dataType();
        long from = pointer.position() * width + number * longest;
        long bytes = Math.min(longest, data.underlyingLength() * width - number * longest);
        long address = pointer.address() + from;
        int set = (int) ((address * 0x9E3779B97F4A7C15L) >>> 58) * WAYS;
        for (int way = 0; way < WAYS; way++) {
            Window window = kept[set + way];
            if (window != null && window.shows(address, bytes, type)) {
                kept[set + way] = kept[set];
                kept[set] = window;
                return window;
            }
        }
        Window window = open(pointer, from, bytes, type, address);
        System.arraycopy(kept, set, kept, set + 1, WAYS - 1);
        kept[set] = window;
        return window;
    }

    private static Window open(Pointer pointer, long from, long bytes, DataType type, long address) {
        if (pointer.isNull()) {
            throw new IllegalStateException("the buffer has no memory");
        }
        BytePointer start = new BytePointer(pointer);
        ByteBuffer memory =
                start.position(from).limit(from + bytes).asByteBuffer().order(ByteOrder.nativeOrder());
        return switch (type) {
            case FLOAT -> new Window(address, bytes, type, memory.asFloatBuffer(), memory.asIntBuffer());
            case DOUBLE -> new Window(address, bytes, type, memory.asDoubleBuffer(), memory.asLongBuffer());
            case HALF, BFLOAT16 -> new Window(address, bytes, type, memory.asShortBuffer(), memory.asShortBuffer());
            default -> throw new IllegalArgumentException(type + " is not a floating-point type");
        };
    }
}
