package io.gradiometer.trace;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The numbers of an open bucket, for its quantiles: the latest themselves, older ones in samples that stand for twice, four
 * times … as many, like the digits of a binary number (Munro and Paterson 1980; turns as Karnin, Lang and Liberty 2016).
 */
final class Levels {

    private final int columns;
    private final int size;

    /** Of each column {@code size} places, ascending. */
    private final double[] latest;

    private final int[] latestCounts;
    private final List<Level> levels = new ArrayList<>();
    private final Sample scratch = new Sample();
    private long steps;

    /** For each column {@code size} ascending numbers, or none. */
    private static final class Level {
        final double[] values;
        final boolean[] filled;

        Level(int columns, int size) {
            values = new double[columns * size];
            filled = new boolean[columns];
        }

        Level(Level other) {
            values = other.values.clone();
            filled = other.filled.clone();
        }
    }

    Levels(int columns, int size) {
        this.columns = columns;
        this.size = size;
        latest = new double[columns * size];
        latestCounts = new int[columns];
    }

    private Levels(Levels other) {
        columns = other.columns;
        size = other.size;
        latest = other.latest.clone();
        latestCounts = other.latestCounts.clone();
        steps = other.steps;
        other.levels.forEach(level -> levels.add(new Level(level)));
    }

    Levels copy() {
        return new Levels(this);
    }

    /** Begins a new bucket. */
    void clear() {
        Arrays.fill(latestCounts, 0);
        levels.forEach(level -> Arrays.fill(level.filled, false));
    }

    void step() {
        steps++;
    }

    void add(int column, double value) {
        int start = column * size;
        int at = start + latestCounts[column]++;
        for (; at > start && latest[at - 1] > value; at--) {
            latest[at] = latest[at - 1];
        }
        latest[at] = value;
        if (latestCounts[column] == size) {
            carry(column);
            latestCounts[column] = 0;
        }
    }

    /** Moves the latest numbers of a column into the first free level, together with those of the levels before. */
    private void carry(int column) {
        int start = column * size;
        int free = 0;
        while (free < levels.size() && levels.get(free).filled[column]) {
            Level level = levels.get(free++);
            scratch.clear();
            scratch.add(latest, start, size, 1);
            scratch.add(level.values, start, size, 1);
            scratch.reduce(size, early(column), latest, start);
            level.filled[column] = false;
        }
        if (free == levels.size()) {
            levels.add(new Level(columns, size));
        }
        System.arraycopy(latest, start, levels.get(free).values, start, size);
        levels.get(free).filled[column] = true;
    }

    /** Returns all numbers of a column; to be used before anything else is called. */
    Sample gather(int column) {
        int start = column * size;
        scratch.clear();
        scratch.add(latest, start, latestCounts[column], 1);
        double weight = 1;
        for (Level level : levels) {
            if (level.filled[column]) {
                scratch.add(level.values, start, size, weight);
            }
            weight *= 2;
        }
        return scratch;
    }

    boolean early(int column) {
        return early(steps, column);
    }

    /** Draws one of two neighbours, from the numbers of the step and the column alone, so that equal runs draw alike. */
    static boolean early(long step, int column) {
        long mixed = (step * 0x9E3779B97F4A7C15L) ^ (column * 0xC2B2AE3D27D4EB4FL);
        mixed = (mixed ^ (mixed >>> 32)) * 0xD6E8FEB86659FD93L;
        return (mixed >>> 63) == 0;
    }

    void write(Bytes out) {
        out.putCount(steps);
        out.put(levels.size());
        for (int column = 0; column < columns; column++) {
            out.putCount(latestCounts[column]);
            write(out, latest, column, latestCounts[column]);
            for (Level level : levels) {
                out.put(level.filled[column] ? 1 : 0);
                write(out, level.values, column, level.filled[column] ? size : 0);
            }
        }
    }

    private void write(Bytes out, double[] from, int column, int count) {
        for (int i = 0; i < count; i++) {
            out.putDouble(from[column * size + i]);
        }
    }

    /** Takes up where another one stood; tells whether that can be. */
    boolean read(ByteBuffer in) {
        steps = Bytes.count(in);
        int count = in.get();
        if (count < 0 || count > Long.SIZE || in.remaining() < (long) columns * (count + 1)) {
            return false;
        }
        for (int i = 0; i < count; i++) {
            levels.add(new Level(columns, size));
        }
        for (int column = 0; column < columns; column++) {
            int held = Bytes.size(in);
            if (held >= size) {
                return false;
            }
            latestCounts[column] = held;
            read(in, latest, column, held);
            for (Level level : levels) {
                level.filled[column] = in.get() != 0;
                read(in, level.values, column, level.filled[column] ? size : 0);
            }
        }
        return true;
    }

    private void read(ByteBuffer in, double[] to, int column, int count) {
        for (int i = 0; i < count; i++) {
            to[column * size + i] = in.getDouble();
        }
    }
}
