package io.gradiometer.trace;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * A bounded number of bytes out of a stream of any length: the first ones whole, of later ones every second, fourth, eighth …
 *
 * <p>What is kept depends on what was offered alone.
 */
final class Thinned {

    private final int budget;
    private final List<Kept> kept = new ArrayList<>();
    private long bytes;
    private long offered;
    private long stride = 1;

    /** So many are kept whatever comes later. */
    private long whole;

    /**
     * Begins empty.
     *
     * @param budget in bytes, of which the first ones may take a third
     * @param whole how many of the first ones are kept if they fit in there
     */
    Thinned(int budget, int whole) {
        this.budget = budget;
        this.whole = whole;
    }

    /** Counts the next one, and tells whether it is to be {@linkplain #add added}. */
    boolean offer() {
        long next = offered++;
        if (next < whole && next > 0 && bytes > budget / 3) {
            whole = next;
        }
        return next < whole || next % stride == 0;
    }

    /** Adds the one just offered. */
    void add(Kept next) {
        restore(next);
        while (bytes > budget && kept.size() > whole + 1) {
            thin();
        }
    }

    /** Adds one without a look at the budget, as it was kept before. */
    void restore(Kept one) {
        kept.add(one);
        bytes += one.cost();
    }

    /** Drops every second of the later ones; those left are the ones at multiples of the doubled stride. */
    private void thin() {
        List<Kept> later = new ArrayList<>(kept.subList((int) whole, kept.size()));
        kept.subList((int) whole, kept.size()).clear();
        long first = (whole + stride - 1) / stride * stride;
        for (int i = 0; i < later.size(); i++) {
            if ((first + i * stride) % (2 * stride) == 0) {
                kept.add(later.get(i));
            } else {
                bytes -= later.get(i).cost();
            }
        }
        stride *= 2;
    }

    List<Kept> kept() {
        return kept;
    }

    void writeState(Bytes out) {
        out.putCount(offered);
        out.putCount(stride);
        out.putCount(whole);
    }

    /** Takes up where another one stood when it {@linkplain #writeState wrote} its state; tells whether that can be. */
    boolean readState(ByteBuffer in) {
        offered = Bytes.count(in);
        stride = Bytes.count(in);
        whole = Bytes.count(in);
        return offered >= kept.size() && stride > 0 && Long.bitCount(stride) == 1 && whole >= 0 && kept.size() == due();
    }

    /** Returns how many are kept of those offered, by the rule. */
    private long due() {
        if (offered <= whole) {
            return offered;
        }
        long multiples = (offered - 1) / stride - (whole == 0 ? -1 : (whole - 1) / stride);
        return whole + multiples;
    }
}
