package io.gradiometer.trace;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** One stretch of a run: every column of a {@link Buckets} over the same steps. */
final class Row {

    private final int capacity;
    private int first;
    private int last;
    private long steps;
    private final long[] counts;
    private final double[] least;
    private final double[] most;
    private final double[] means;

    /** Of each column {@code capacity} places; ascending, empty while the row is open. */
    private double[] samples = new double[0];

    Row(int columns, int capacity) {
        this.capacity = capacity;
        counts = new long[columns];
        least = new double[columns];
        most = new double[columns];
        means = new double[columns];
        Arrays.fill(least, Double.POSITIVE_INFINITY);
        Arrays.fill(most, Double.NEGATIVE_INFINITY);
    }

    private Row(Row other) {
        capacity = other.capacity;
        first = other.first;
        last = other.last;
        steps = other.steps;
        counts = other.counts.clone();
        least = other.least.clone();
        most = other.most.clone();
        means = other.means.clone();
        samples = other.samples.clone();
    }

    Row copy() {
        return new Row(this);
    }

    int columns() {
        return counts.length;
    }

    long steps() {
        return steps;
    }

    void step(int iteration) {
        if (steps++ == 0) {
            first = iteration;
        }
        last = iteration;
    }

    /** Takes a finite number of this step. */
    void add(int column, double value) {
        long count = ++counts[column];
        least[column] = Math.min(least[column], value);
        most[column] = Math.max(most[column], value);
        // Apart, so that two numbers near the largest do not make an infinite difference.
        means[column] += value / count - means[column] / count;
    }

    /** Gives the row its samples, now that no further step belongs to it. */
    void close(Levels levels) {
        samples = new double[columns() * capacity];
        for (int column = 0; column < columns(); column++) {
            levels.gather(column).reduce(capacity, levels.early(column), samples, column * capacity);
        }
    }

    private int held(int column) {
        return (int) Math.min(counts[column], capacity);
    }

    /** Returns the two rows as one, with samples of at most {@code size} numbers. */
    static Row join(Row one, Row next, int size, Sample scratch) {
        Row joined = new Row(one.columns(), size);
        joined.first = one.first;
        joined.last = next.last;
        joined.steps = one.steps + next.steps;
        joined.samples = new double[one.columns() * size];
        for (int c = 0; c < one.columns(); c++) {
            long count = one.counts[c] + next.counts[c];
            joined.counts[c] = count;
            joined.least[c] = Math.min(one.least[c], next.least[c]);
            joined.most[c] = Math.max(one.most[c], next.most[c]);
            if (count > 0) {
                double share = (double) next.counts[c] / count;
                joined.means[c] = one.means[c] * (1 - share) + next.means[c] * share;
                scratch.clear();
                one.addTo(scratch, c);
                next.addTo(scratch, c);
                boolean early = Levels.early(joined.steps + Math.abs((long) joined.first), c);
                scratch.reduce(size, early, joined.samples, c * size);
            }
        }
        return joined;
    }

    private void addTo(Sample sample, int column) {
        int held = held(column);
        if (held > 0) {
            sample.add(samples, column * capacity, held, (double) counts[column] / held);
        }
    }

    Bucket bucket(int column) {
        long count = counts[column];
        if (count == 0) {
            double none = Double.NaN;
            return new Bucket(first, last, steps, 0, none, none, none, none, none, none);
        }
        return new Bucket(
                first,
                last,
                steps,
                count,
                least[column],
                most[column],
                means[column],
                quantile(column, 0.05),
                quantile(column, 0.5),
                quantile(column, 0.95));
    }

    /** Returns the number of the nearest rank; of a sample, what lies between the middles of what its numbers stand for. */
    private double quantile(int column, double share) {
        int held = held(column);
        int start = column * capacity;
        if (held == counts[column]) {
            return samples[start + Math.max(0, (int) Math.ceil(share * held) - 1)];
        }
        double place = Math.max(0, Math.min(held - 1, share * held - 0.5));
        int below = (int) place;
        double above = place - below;
        double lower = samples[start + below];
        return above == 0 ? lower : lower * (1 - above) + samples[start + below + 1] * above;
    }

    void write(Bytes out) {
        out.putInt(first);
        out.putInt(last);
        out.putCount(steps);
        for (int c = 0; c < columns(); c++) {
            out.putCount(counts[c]);
            if (counts[c] > 0) {
                out.putDouble(least[c]);
                out.putDouble(most[c]);
                out.putDouble(means[c]);
            }
            int held = samples.length == 0 ? 0 : held(c);
            for (int i = 0; i < held; i++) {
                out.putDouble(samples[c * capacity + i]);
            }
        }
    }

    /** Reads a row that has its samples, or one that is still open. */
    static Row read(ByteBuffer in, int columns, int capacity, boolean closed) {
        if (in.remaining() < columns) {
            throw new BufferUnderflowException();
        }
        Row row = new Row(columns, capacity);
        row.first = in.getInt();
        row.last = in.getInt();
        row.steps = Bytes.count(in);
        row.samples = new double[closed ? columns * capacity : 0];
        for (int c = 0; c < columns; c++) {
            row.counts[c] = Bytes.count(in);
            if (row.counts[c] < 0) {
                throw new BufferUnderflowException();
            } else if (row.counts[c] > 0) {
                row.least[c] = in.getDouble();
                row.most[c] = in.getDouble();
                row.means[c] = in.getDouble();
            }
            int held = closed ? row.held(c) : 0;
            for (int i = 0; i < held; i++) {
                row.samples[c * capacity + i] = in.getDouble();
            }
        }
        return row;
    }
}
