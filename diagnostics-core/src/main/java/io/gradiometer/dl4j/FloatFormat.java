package io.gradiometer.dl4j;

import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.ShortBuffer;

/** How numbers that fit into a float lie in memory. */
enum FloatFormat {
    FLOAT {
        @Override
        void load(Window window, int start, int length, float[] values, int[] bits) {
            // Two plain copies of the same memory: the compiler makes vector code for loops over floats and for loops
            // over ints, but not for turning one into the other.
            ((FloatBuffer) window.values()).get(start, values, 0, length);
            ((IntBuffer) window.bits()).get(start, bits, 0, length);
        }
    },
    HALF {
        @Override
        void load(Window window, int start, int length, float[] values, int[] bits) {
            widen(window, start, length, values, bits);
        }

        @Override
        float widen(short half) {
            int magnitude = half & 0x7fff;
            if (magnitude >= HALF_INFINITY) {
                return magnitude == HALF_INFINITY ? Float.POSITIVE_INFINITY : Float.NaN;
            }
            // The same digits with the exponent moved; the product is exact, also for what is denormal as a half.
            return Float.intBitsToFloat(magnitude << 13) * 0x1p112f;
        }
    },
    BFLOAT16 {
        @Override
        void load(Window window, int start, int length, float[] values, int[] bits) {
            widen(window, start, length, values, bits);
        }

        @Override
        float widen(short half) {
            return Float.intBitsToFloat(half << 16);
        }
    };

    private static final int HALF_INFINITY = 0x7c00;

    /** Copies a range as numbers and as the bits of these numbers; signs may be lost. */
    abstract void load(Window window, int start, int length, float[] values, int[] bits);

    float widen(short half) {
        throw new UnsupportedOperationException(name());
    }

    void widen(Window window, int start, int length, float[] values, int[] bits) {
        ShortBuffer halves = (ShortBuffer) window.values();
        for (int i = 0; i < length; i++) {
            float value = widen(halves.get(start + i));
            values[i] = value;
            bits[i] = Float.floatToRawIntBits(value);
        }
    }
}
