package io.gradiometer.dl4j;

import io.gradiometer.signal.Yardstick;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Keeps distinct examples of what a network is trained on, for simple models to show what can be learned from them.
 *
 * <p>Bounded: so many rows of so few columns, about four megabytes at the most; what is kept never leaves memory. Reads a part
 * of each batch in a bounded number of iterations, on the heap and without ND4J's operations; examples that come again cost no
 * more than being recognised. Sequences whose labels have steps give some rows each, of a step and the one before it. Where
 * labels are masked, or batches change their shape, nothing is known. Not thread-safe.
 */
final class SampleLedger {

    static final int MOST_ROWS = 2048;

    /** Those of the beginning, which are all full, and some after it: what keeps for ever costs for ever. */
    static final int MOST_READINGS = 288;

    static final int STEPS_PER_EXAMPLE = 8;
    private static final int MOST_NUMBERS = 64;

    /** Takes some twenty microseconds to look through. */
    private static final int MOST_ELEMENTS = 8192;

    private static final int MOST_ELEMENTS_OF_LARGE = 8 * MOST_ELEMENTS;

    private static final int MOST_CLASSES = 128;

    /** Examples that bring nothing new, for each distinct one, before all are taken to be known although some went unread. */
    private static final int QUIET = 2;

    private final LabelKind kind;
    private final boolean channelsLast;
    private final List<Block> inputBlocks = new ArrayList<>();
    private final Block labelBlock = new Block();
    private final Set<Long> seen = new HashSet<>();
    private final List<Sample> samples = new ArrayList<>();
    private @Nullable SampleShape shape;
    private @Nullable Pools pools;
    private double[] inputs = new double[0];
    private double[] labels = new double[0];
    private boolean unreadable;
    private int readings;
    private int rotation;
    private long passed;
    private long read;
    private long readSinceNew;
    private boolean overflowed;
    private int rowsAtFit;
    private SimpleModels.Skills skills = SimpleModels.Skills.UNKNOWN;

    /**
     * @param kind of the labels
     * @param channelsLast whether features and classes of sequences lie along the last axis
     */
    SampleLedger(LabelKind kind, boolean channelsLast) {
        this.kind = kind;
        this.channelsLast = channelsLast;
    }

    /** Tells whether it wants to see more batches. */
    boolean isOpen() {
        return !unreadable && !overflowed && readings < MOST_READINGS;
    }

    /** Counts the examples of an iteration, be they read or not. */
    void passed(int examples) {
        passed += examples;
    }

    /** Takes a batch; gives up on one that it cannot read, which is no reason to stop observing. */
    void read(List<INDArray> features, INDArray targets, @Nullable INDArray mask) {
        if (targets.length() == 0) {
            return;
        }
        readings++;
        try {
            SampleShape batch = mask == null ? SampleShape.of(features, targets, channelsLast) : null;
            if (batch == null || (shape != null && !shape.isLike(batch)) || !isAffordable(batch)) {
                giveUp();
            } else {
                shape = batch;
                Pools known = pools == null ? batch.pools(features) : pools;
                pools = known;
                readPart(batch, known, features, targets);
            }
        } catch (RuntimeException unsuited) {
            // An array of a form that nobody has thought of.
            giveUp();
        }
    }

    private void giveUp() {
        unreadable = true;
        seen.clear();
        samples.clear();
    }

    private boolean isAffordable(SampleShape batch) {
        boolean classes = kind == LabelKind.SHARES;
        return batch.widest() <= Block.MOST_ELEMENTS * 8 && !(classes && batch.labelColumns() > MOST_CLASSES);
    }

    /** Reads as many examples as a block takes, others of a large batch every time. */
    private void readPart(SampleShape batch, Pools known, List<INDArray> features, INDArray targets) {
        int size = (int) targets.size(0);
        // An eighth of a large batch costs little beside its iteration, and few of them may make a run.
        long affordable = Math.max(MOST_ELEMENTS, Math.min(MOST_ELEMENTS_OF_LARGE, (long) size * batch.widest() / 8));
        int count = (int) Math.min(size, Math.max(1, affordable / batch.widest()));
        int first = (int) ((long) rotation++ * count % (size - count + 1));
        while (inputBlocks.size() < features.size()) {
            inputBlocks.add(new Block());
        }
        for (int i = 0; i < features.size(); i++) {
            inputBlocks.get(i).load(features.get(i), first, count);
        }
        labelBlock.load(targets, first, count);
        if (inputs.length != batch.inputWidth() || labels.length != batch.labelWidth()) {
            inputs = new double[batch.inputWidth()];
            labels = new double[batch.labelWidth()];
        }
        for (int example = 0; example < count && !overflowed; example++) {
            readExample(batch, known, example);
        }
    }

    private void readExample(SampleShape batch, Pools known, int example) {
        int at = 0;
        for (Block block : inputBlocks) {
            block.copyExample(example, inputs, at);
            at += block.width();
        }
        labelBlock.copyExample(example, labels, 0);
        long inputKey = hash(0, inputs);
        long key = hash(inputKey, labels);
        read++;
        readSinceNew++;
        if (!seen.contains(key)) {
            int rows = batch.rowsPerExample();
            if (seen.size() == MOST_ROWS || samples.size() + rows > MOST_ROWS) {
                overflowed = true;
            } else {
                seen.add(key);
                readSinceNew = 0;
                keep(batch, known, inputKey, Math.floorMod(key >>> 7, SimpleModels.FOLDS));
            }
        }
    }

    private void keep(SampleShape batch, Pools known, long inputKey, int fold) {
        if (isFinite(inputs) && isFinite(labels)) {
            for (int row = 0; row < batch.rowsPerExample(); row++) {
                samples.add(new Sample(
                        known.means(batch.inputRow(inputs, row)),
                        thinned(batch.labelRow(labels, row)),
                        inputKey + row,
                        fold));
            }
        }
    }

    /** Of many quantities, some that are spread evenly tell enough. */
    private float[] thinned(double[] row) {
        boolean needsAll = kind == LabelKind.SHARES;
        int stride = needsAll ? 1 : (row.length + MOST_NUMBERS - 1) / MOST_NUMBERS;
        float[] kept = new float[(row.length + stride - 1) / stride];
        for (int i = 0; i < kept.length; i++) {
            kept[i] = (float) row[i * stride];
        }
        return kept;
    }

    private static boolean isFinite(double[] values) {
        for (double value : values) {
            if (!Float.isFinite((float) value)) {
                return false;
            }
        }
        return true;
    }

    private static long hash(long seed, double[] values) {
        long hash = seed;
        for (double value : values) {
            // Adding zero makes the negative zero a plain one.
            hash = (hash ^ Double.doubleToRawLongBits(value + 0.0)) * 0x9E3779B97F4A7C15L;
            hash ^= hash >>> 32;
        }
        return hash;
    }

    /**
     * Returns what is known by now. Fits the models, some hundred milliseconds at the most, when it is asked for the first time
     * and then when twice as many rows are known.
     */
    Yardstick yardstick() {
        if (unreadable || samples.isEmpty()) {
            return Yardstick.UNKNOWN;
        }
        if (samples.size() >= SimpleModels.FEWEST_ROWS && samples.size() >= 2 * rowsAtFit) {
            rowsAtFit = samples.size();
            skills = SimpleModels.fit(samples, kind);
        }
        return new Yardstick(samples.size(), skills.linear(), skills.flexible(), examplesPerRow(), isContradictory());
    }

    private double examplesPerRow() {
        boolean knowsAll = !overflowed && (read == passed || readSinceNew >= (long) QUIET * seen.size());
        return knowsAll ? (double) passed / seen.size() : Double.NaN;
    }

    private boolean isContradictory() {
        // What a step's labels are may well depend on steps long ago.
        return shape != null && !shape.isSequence() && Contradictions.isIn(samples, kind);
    }
}
