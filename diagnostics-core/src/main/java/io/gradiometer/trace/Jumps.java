package io.gradiometer.trace;

import java.nio.ByteBuffer;

/** The latest finite values of one quantity, to tell a value that lies a decade off their median. */
final class Jumps {

    private static final int WINDOW = 16;

    /** With fewer there is no telling what is usual. */
    private static final int FEWEST = 8;

    private static final double DECADE = 10;

    private final double[] recent = new double[WINDOW];
    private long count;

    /** Takes the next value, and tells whether it jumps off those before. */
    boolean next(double value) {
        if (!Double.isFinite(value)) {
            return false;
        }
        boolean jumps = jumps(Math.abs(value));
        recent[(int) (count++ % WINDOW)] = Math.abs(value);
        return jumps;
    }

    /** Counts instead of sorting: this is done in every iteration. */
    private boolean jumps(double size) {
        int known = (int) Math.min(count, WINDOW);
        int belowIt = 0;
        int aboveIt = 0;
        for (int i = 0; i < known; i++) {
            if (recent[i] * DECADE < size) {
                belowIt++;
            } else if (recent[i] > size * DECADE) {
                aboveIt++;
            }
        }
        return known >= FEWEST && 2 * Math.max(belowIt, aboveIt) > known;
    }

    void writeState(Bytes out) {
        out.putCount(count);
        for (double value : recent) {
            out.putDouble(value);
        }
    }

    void readState(ByteBuffer in) {
        count = Math.max(0, Bytes.count(in));
        for (int i = 0; i < WINDOW; i++) {
            recent[i] = in.getDouble();
        }
    }
}
