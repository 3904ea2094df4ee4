package io.gradiometer.trace;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Some quantities over a run of any length, in a bounded number of buckets that hold twice as many steps each time their number
 * reaches its bound. What they hold depends on the numbers alone.
 *
 * <p>Allocates nothing from step to step, only when a bucket is full.
 */
final class Buckets {

    /** Of one bucket and column, beside the sample. */
    private static final int NUMBERS = 4;

    private final int columns;
    private final int capacity;
    private final int sampleSize;
    private final List<Row> rows = new ArrayList<>();
    private final Levels levels;
    private final Sample scratch = new Sample();
    private Row open;
    private long width = 1;

    /**
     * Begins empty.
     *
     * @param columns how many quantities
     * @param budget in bytes
     * @param most buckets, however few columns there are
     * @param sampleSize numbers that a bucket keeps for its quantiles
     */
    Buckets(int columns, int budget, int most, int sampleSize) {
        this.columns = columns;
        this.sampleSize = sampleSize;
        int bytes = Double.BYTES * Math.max(1, columns) * (sampleSize + NUMBERS);
        capacity = Math.max(4, Math.min(most, budget / bytes)) / 2 * 2;
        levels = new Levels(columns, sampleSize);
        open = new Row(columns, sampleSize(width));
    }

    private Buckets(Buckets other) {
        columns = other.columns;
        capacity = other.capacity;
        sampleSize = other.sampleSize;
        rows.addAll(other.rows); // closed ones no longer change
        levels = other.levels.copy();
        open = other.open.copy();
        width = other.width;
    }

    Buckets copy() {
        return new Buckets(this);
    }

    /** A bucket of few steps needs no room for many. */
    private int sampleSize(long steps) {
        return (int) Math.min(sampleSize, steps);
    }

    /** Takes a step; numbers that are not finite count as looked at. */
    void add(int iteration, double[] values) {
        levels.step();
        open.step(iteration);
        for (int column = 0; column < columns; column++) {
            double value = values[column];
            if (Double.isFinite(value)) {
                open.add(column, value);
                levels.add(column, value);
            }
        }
        if (open.steps() == width) {
            close();
        }
    }

    private void close() {
        open.close(levels);
        levels.clear();
        rows.add(open);
        if (rows.size() == capacity) {
            width *= 2;
            List<Row> wide = new ArrayList<>(capacity);
            for (int i = 0; i < capacity; i += 2) {
                wide.add(Row.join(rows.get(i), rows.get(i + 1), sampleSize(width), scratch));
            }
            rows.clear();
            rows.addAll(wide);
        }
        open = new Row(columns, sampleSize(width));
    }

    /** Returns all buckets in order, the last one as far as it has come. */
    List<Row> rows() {
        List<Row> all = new ArrayList<>(rows);
        if (open.steps() > 0) {
            Row begun = open.copy();
            begun.close(levels);
            all.add(begun);
        }
        return all;
    }

    /** Returns the buckets that no further step belongs to. */
    List<Row> closed() {
        return Collections.unmodifiableList(rows);
    }

    /** Takes a row that was written; tells whether it can be one of these. */
    boolean readRow(ByteBuffer in) {
        if (rows.size() >= capacity - 1 || in.remaining() <= 2 * Integer.BYTES) {
            return false;
        }
        if (rows.isEmpty()) {
            // Behind its first and last iteration; all rows are as wide as the first.
            width = Bytes.count(in.duplicate().position(in.position() + 2 * Integer.BYTES));
            if (width < 1 || Long.bitCount(width) != 1) {
                return false;
            }
            open = new Row(columns, sampleSize(width));
        }
        Row row = Row.read(in, columns, sampleSize(width), true);
        if (row.steps() != width) {
            return false;
        }
        rows.add(row);
        return true;
    }

    void writeState(Bytes out) {
        out.putCount(rows.size());
        open.write(out);
        levels.write(out);
    }

    /** Takes up where another one stood, whose rows were read; tells whether that can be. */
    boolean readState(ByteBuffer in) {
        if (Bytes.count(in) != rows.size()) {
            return false;
        }
        open = Row.read(in, columns, sampleSize(width), false);
        return open.steps() >= 0 && open.steps() < width && levels.read(in);
    }
}
