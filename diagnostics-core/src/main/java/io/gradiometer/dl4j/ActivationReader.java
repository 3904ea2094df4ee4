package io.gradiometer.dl4j;

import io.gradiometer.signal.ActivationStats;
import java.util.Arrays;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Reads what one layer gives, iteration after iteration, and remembers which of its units were active of late.
 *
 * <p>A unit is active where its output lies outside the flat part of its activation. A dropout in the layer behind changes the
 * array in place before it can be read: its zeros are left out, or reckoned back where a rectifier leaves zeros, too.
 */
final class ActivationReader {

    private final @Nullable FlatPart flatPart;
    private final long outputs;

    /** What the dropout behind keeps: 1 without one, NaN where noise of another kind hides what there was. */
    private final double kept;

    /** Rows of a window: silence in two of them bounds a unit's rate of firing to 3 in 3 000, at a confidence of 95 %. */
    static final int WINDOW = 1_500;

    /** Readings of a window where batches are small: units that die are to be seen within a run of usual length. */
    static final int READINGS = 32;

    private static final int FEWEST_ROWS = 200;

    private BitSet active = new BitSet();
    private BitSet activeBefore = new BitSet();
    private double[] sums = new double[0];
    private double[] squares = new double[0];
    private long[] counts = new long[0];
    private int units;
    private long rows;
    private long rowsBefore;
    private int readings;

    ActivationReader(@Nullable FlatPart flatPart, long outputs, double kept) {
        this.flatPart = flatPart;
        this.outputs = outputs;
        this.kept = kept;
    }

    /**
     * Reads a block of the layer's outputs.
     *
     * @param array that it was loaded from, for its shape
     * @param mask one value for each example, or for each example and step; null if all count
     */
    ActivationStats read(Block block, INDArray array, @Nullable INDArray mask) {
        if (block.examples() == 0 || array.rank() < 2) {
            return ActivationStats.UNREAD;
        }
        int axis = unitAxis(array);
        int inner = 1;
        for (int i = axis + 1; i < array.rank(); i++) {
            inner *= (int) array.size(i);
        }
        return read(block, (int) array.size(axis), inner, mask, array.size(0));
    }

    /**
     * Reads a block of which every example holds, again and again, all units, and each unit so many positions one after the other.
     */
    ActivationStats read(Block block, int unitCount, int inner, @Nullable INDArray mask, long batch) {
        begin(unitCount);
        Tally tally = new Tally();
        int positions = block.width() / unitCount;
        // A mask of another shape belongs to another layer's output.
        INDArray fitting = Masks.fits(mask, batch, positions) ? mask : null;
        for (int example = 0; example < block.examples(); example++) {
            for (int outer = 0; outer < positions; outer += inner) {
                for (int i = 0; i < inner; i++) {
                    if (Masks.isOn(
                            fitting, batch, positions, block.firstExample() + (long) example, outer + (long) i)) {
                        tally.rows++;
                        takeRow(tally, block, example, outer * unitCount + i, inner);
                    }
                }
            }
        }
        return result(tally);
    }

    private void takeRow(Tally tally, Block block, int example, int first, int stride) {
        for (int unit = 0; unit < units; unit++) {
            take(tally, unit, block.value(example, first + unit * stride));
        }
    }

    private static final class Tally {
        long rows;
        long values;
        long flat;
        long nonFinite;
        double sum;
        double squares;
    }

    private void take(Tally tally, int unit, double seen) {
        if (!Double.isFinite(seen)) {
            tally.nonFinite++;
            return;
        }
        boolean dropped = seen == 0 && kept < 1;
        if (dropped && (flatPart == null || !flatPart.rectifies())) {
            return;
        }
        double value = kept < 1 ? seen * kept : seen;
        tally.values++;
        tally.sum += value;
        tally.squares += value * value;
        sums[unit] += value;
        squares[unit] += value * value;
        counts[unit]++;
        if (flatPart != null) {
            if (flatPart.contains(value)) {
                tally.flat++;
            } else {
                active.set(unit);
            }
        }
    }

    private void begin(int count) {
        readings++;
        if (rows >= WINDOW || (readings >= READINGS && rows >= FEWEST_ROWS)) {
            readings = 0;
            BitSet cleared = activeBefore;
            activeBefore = active;
            active = cleared;
            active.clear();
            rowsBefore = rows;
            rows = 0;
        }
        if (units != count) {
            units = count;
            sums = new double[count];
            squares = new double[count];
            counts = new long[count];
            active.clear();
            activeBefore.clear();
            rows = 0;
            rowsBefore = 0;
        } else {
            Arrays.fill(sums, 0);
            Arrays.fill(squares, 0);
            Arrays.fill(counts, 0);
        }
    }

    private ActivationStats result(Tally tally) {
        rows += tally.rows;
        boolean knowsFlat = flatPart != null && !Double.isNaN(kept) && tally.values > 0;
        return new ActivationStats(
                tally.rows,
                tally.values == 0 ? Double.NaN : tally.sum / tally.values,
                tally.values == 0 ? Double.NaN : Math.sqrt(tally.squares / tally.values),
                spread(),
                knowsFlat ? flatShare(tally) : Double.NaN,
                units,
                knowsFlat ? silent() : -1,
                rowsBefore + rows,
                tally.nonFinite);
    }

    private int silent() {
        int silent = 0;
        for (int unit = 0; unit < units; unit++) {
            silent += active.get(unit) || activeBefore.get(unit) ? 0 : 1;
        }
        return silent;
    }

    /** Of a rectifier's zeros behind a dropout, only those are its own that exceed the share which the dropout makes. */
    private double flatShare(Tally tally) {
        double flat = (double) tally.flat / tally.values;
        boolean mixed = flatPart != null && flatPart.rectifies() && kept < 1;
        return mixed ? Math.max(0, 1 - (1 - flat) / kept) : flat;
    }

    private double spread() {
        double sum = 0;
        int n = 0;
        for (int unit = 0; unit < units; unit++) {
            if (counts[unit] > 1) {
                double mean = sums[unit] / counts[unit];
                // Rounding can take the difference below zero.
                sum += Math.max(0, squares[unit] / counts[unit] - mean * mean);
                n++;
            }
        }
        return n == 0 ? Double.NaN : Math.sqrt(sum / n);
    }

    /** Units, or channels, stand where as many lie as the layer has outputs: last in some formats, else right after the examples. */
    private int unitAxis(INDArray array) {
        int last = array.rank() - 1;
        return outputs > 0 && array.size(1) != outputs && array.size(last) == outputs ? last : 1;
    }
}
