package io.gradiometer.dl4j;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * How the examples of a batch are laid out, and how rows are cut from them.
 *
 * <p>With labels of one row for each example, all inputs laid end to end are its row. With labels that have steps, each row is
 * a step of the input with the one before it, zeros before the first.
 *
 * @param inputWidth elements of one example's inputs
 * @param labelWidth elements of one example's labels
 * @param steps of its labels, 0 if they have none
 * @param channelsLast whether features and classes of a sequence lie along the last axis
 */
record SampleShape(int inputWidth, int labelWidth, int steps, boolean channelsLast) {

    private static final int PICTURE = 4;

    /** Returns the layout; null for one that is not known here. */
    static @Nullable SampleShape of(List<INDArray> inputs, INDArray labels, boolean channelsLast) {
        if (inputs.isEmpty() || labels.length() == 0) {
            return null;
        }
        for (INDArray input : inputs) {
            boolean fits = input.rank() > 0 && input.length() > 0 && input.size(0) == labels.size(0);
            if (!fits || input.length() / input.size(0) > Block.MOST_ELEMENTS * 8L) {
                return null;
            }
        }
        if (labels.rank() == 1 || labels.rank() == 2) {
            return of(inputs, labels, 0, channelsLast);
        }
        int stepAxis = channelsLast ? 1 : 2;
        boolean sequence = labels.rank() == 3
                && inputs.size() == 1
                && inputs.get(0).rank() == 3
                && inputs.get(0).size(stepAxis) == labels.size(stepAxis);
        return sequence ? of(inputs, labels, (int) labels.size(stepAxis), channelsLast) : null;
    }

    private static SampleShape of(List<INDArray> inputs, INDArray labels, int steps, boolean channelsLast) {
        int width = 0;
        for (INDArray input : inputs) {
            width += (int) (input.length() / input.size(0));
        }
        return new SampleShape(width, (int) (labels.length() / labels.size(0)), steps, channelsLast);
    }

    /** Tells how rows of these inputs are brought down to few columns. */
    Pools pools(List<INDArray> inputs) {
        INDArray first = inputs.get(0);
        if (inputs.size() == 1 && first.rank() == PICTURE) {
            return ColumnReader.axis(first) == PICTURE - 1
                    ? Pools.ofPictures((int) first.size(3), (int) first.size(1), (int) first.size(2), true)
                    : Pools.ofPictures((int) first.size(1), (int) first.size(2), (int) first.size(3), false);
        }
        return Pools.ofRuns(inputColumns());
    }

    /** Tells whether rows of another batch have the same columns, be its sequences longer or not. */
    boolean isLike(SampleShape other) {
        return isSequence() == other.isSequence()
                && inputColumns() == other.inputColumns()
                && labelColumns() == other.labelColumns();
    }

    boolean isSequence() {
        return steps > 0;
    }

    private int inputColumns() {
        return isSequence() ? 2 * inputWidth / steps : inputWidth;
    }

    int labelColumns() {
        return isSequence() ? labelWidth / steps : labelWidth;
    }

    int widest() {
        return Math.max(inputWidth, labelWidth);
    }

    int rowsPerExample() {
        return isSequence() ? Math.min(steps, SampleLedger.STEPS_PER_EXAMPLE) : 1;
    }

    /** Steps are spread evenly over the sequence, the last one among them: labels that need history come late. */
    private int step(int row) {
        return (int) ((row + 1L) * steps / rowsPerExample()) - 1;
    }

    double[] inputRow(double[] example, int row) {
        if (!isSequence()) {
            return example;
        }
        int features = inputWidth / steps;
        double[] values = new double[2 * features];
        copyStep(example, step(row), features, values, 0);
        if (step(row) > 0) {
            copyStep(example, step(row) - 1, features, values, features);
        }
        return values;
    }

    double[] labelRow(double[] example, int row) {
        if (!isSequence()) {
            return example;
        }
        double[] values = new double[labelColumns()];
        copyStep(example, step(row), values.length, values, 0);
        return values;
    }

    private void copyStep(double[] example, int step, int columns, double[] target, int at) {
        for (int column = 0; column < columns; column++) {
            target[at + column] = example[channelsLast ? step * columns + column : column * steps + step];
        }
    }
}
