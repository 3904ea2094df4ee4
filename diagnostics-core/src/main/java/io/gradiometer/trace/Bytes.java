package io.gradiometer.trace;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.CRC32;

/**
 * Records on their way to disk, in an array that grows.
 *
 * <p>Written to in every iteration: allocates only while it grows, and is cleared and filled again after.
 */
final class Bytes {

    /** Type and length in front of a record's content. */
    private static final int HEAD = 8;

    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final CRC32 crc = new CRC32();
    private byte[] array;
    private int size;

    Bytes(int capacity) {
        array = new byte[capacity];
    }

    int size() {
        return size;
    }

    void clear() {
        size = 0;
    }

    /** Returns what is in here now, for reading before the next change; only the first {@link #size()} bytes count. */
    byte[] array() {
        return array;
    }

    byte[] copy() {
        return Arrays.copyOf(array, size);
    }

    private int room(int bytes) {
        int at = size;
        if (array.length - at < bytes) {
            array = Arrays.copyOf(array, Math.max(at + bytes, 2 * array.length));
        }
        size = at + bytes;
        return at;
    }

    void put(byte[] from, int length) {
        int at = room(length);
        System.arraycopy(from, 0, array, at, length);
    }

    void put(int oneByte) {
        int at = room(1);
        array[at] = (byte) oneByte;
    }

    void putInt(int value) {
        int at = room(Integer.BYTES);
        INT.set(array, at, value);
    }

    void putLong(long value) {
        int at = room(Long.BYTES);
        LONG.set(array, at, value);
    }

    void putDouble(double value) {
        putLong(Double.doubleToLongBits(value));
    }

    /** Puts a number that is mostly small in as few bytes as it needs; a negative one takes ten. */
    void putCount(long value) {
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            put((int) (rest & 0x7f) | 0x80);
            rest >>>= 7;
        }
        put((int) rest);
    }

    static long count(ByteBuffer in) {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            byte next = in.get();
            value |= (next & 0x7fL) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new BufferUnderflowException();
    }

    /** Reads a number of things of which each takes a byte at least: more than there are bytes were not written by us. */
    static int size(ByteBuffer in) {
        long size = count(in);
        if (size < 0 || size > in.remaining()) {
            throw new BufferUnderflowException();
        }
        return (int) size;
    }

    /** Begins a record; its content follows. Returns where it begins. */
    int begin(int type) {
        int at = room(HEAD);
        INT.set(array, at, type);
        return at;
    }

    /** Ends the record that began there: now its length and its checksum are known. */
    void end(int at) {
        INT.set(array, at + Integer.BYTES, size - at - HEAD);
        crc.reset();
        crc.update(array, at, size - at);
        putInt((int) crc.getValue());
    }

    /** Puts a whole record. */
    void record(int type, byte[] content, int length) {
        int at = begin(type);
        put(content, length);
        end(at);
    }
}
