package io.gradiometer.dl4j;

import java.nio.Buffer;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * A stretch of native memory as Java can copy from it. Does not own the memory and does not keep it alive.
 *
 * @param address of the first byte
 * @param bytes that it is long
 * @param type of the elements
 * @param values view of the elements as numbers
 * @param bits view of the same memory as integers of the same width
 */
record Window(long address, long bytes, DataType type, Buffer values, Buffer bits) {

    boolean shows(long otherAddress, long otherBytes, DataType otherType) {
        return address == otherAddress && bytes == otherBytes && type == otherType;
    }
}
