package io.gradiometer.dl4j;

import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.nio.ShortBuffer;

/** Counts magnitudes by their powers of two, one by one: about three times as slow as {@link FloatKernel}. */
final class CountingKernel implements Kernel {

    private final MagnitudeBins bins;

    CountingKernel(MagnitudeBins bins) {
        this.bins = bins;
    }

    @Override
    public void read(Window window, int start, int length) {
        switch (window.type()) {
            case FLOAT -> countFloats((IntBuffer) window.bits(), start, length);
            case DOUBLE -> countDoubles((LongBuffer) window.bits(), start, length);
            case HALF -> countHalves(FloatFormat.HALF, (ShortBuffer) window.bits(), start, length);
            case BFLOAT16 -> countHalves(FloatFormat.BFLOAT16, (ShortBuffer) window.bits(), start, length);
            default -> throw new IllegalArgumentException(window.type() + " is not a floating-point type");
        }
    }

    private void countFloats(IntBuffer bits, int start, int length) {
        for (int i = start; i < start + length; i++) {
            bins.add(bits.get(i));
        }
    }

    private void countDoubles(LongBuffer bits, int start, int length) {
        for (int i = start; i < start + length; i++) {
            bins.add(bits.get(i));
        }
    }

    private void countHalves(FloatFormat format, ShortBuffer bits, int start, int length) {
        for (int i = start; i < start + length; i++) {
            bins.add(Float.floatToRawIntBits(format.widen(bits.get(i))));
        }
    }
}
