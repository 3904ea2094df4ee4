package io.gradiometer.dl4j;

import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;

/** Batches made of other batches. Layers may change their input in place, so each pass is given a batch of its own. */
final class Batches {

    private Batches() {}

    static MultiDataSet copy(MultiDataSet batch) {
        return map(batch, INDArray::dup);
    }

    /** Returns a copy whose real numbers have another type; whole numbers, indices for instance, stay what they are. */
    static MultiDataSet cast(MultiDataSet batch, DataType type) {
        return map(batch, array -> array.dataType().isFPType() ? array.castTo(type) : array.dup());
    }

    private static MultiDataSet map(MultiDataSet batch, UnaryOperator<INDArray> change) {
        return new org.nd4j.linalg.dataset.MultiDataSet(
                all(batch.getFeatures(), change),
                all(batch.getLabels(), change),
                masks(batch.getFeaturesMaskArrays(), change),
                masks(batch.getLabelsMaskArrays(), change));
    }

    private static INDArray[] all(INDArray[] arrays, UnaryOperator<INDArray> change) {
        INDArray[] changed = new INDArray[arrays.length];
        for (int i = 0; i < arrays.length; i++) {
            changed[i] = change.apply(arrays[i]);
        }
        return changed;
    }

    private static INDArray @Nullable [] masks(@Nullable INDArray @Nullable [] masks, UnaryOperator<INDArray> change) {
        if (masks == null) {
            return null;
        }
        INDArray[] changed = new INDArray[masks.length];
        for (int i = 0; i < masks.length; i++) {
            INDArray mask = masks[i];
            if (mask != null) {
                changed[i] = change.apply(mask);
            }
        }
        return changed;
    }

    /** Returns a copy in which every example has the features of the next one at one of the inputs. */
    static MultiDataSet withNextFeatures(MultiDataSet batch, int input) {
        MultiDataSet copy = copy(batch);
        copy.setFeatures(input, next(batch.getFeatures(input)));
        INDArray mask = batch.getFeaturesMaskArray(input);
        if (mask != null) {
            copy.setFeaturesMaskArray(input, next(mask));
        }
        return copy;
    }

    /** Returns a copy in which each example stands where the one before it stood, and the first comes last. */
    static INDArray next(INDArray array) {
        INDArray moved = array.dup();
        long examples = array.size(0);
        for (long i = 0; i < examples; i++) {
            moved.slice(i).assign(array.slice((i + 1) % examples));
        }
        return moved;
    }

    /** Returns by how much two arrays differ; of examples that have nothing to do with each other, their standard deviation. */
    static double change(INDArray before, INDArray after) {
        return FlatParts.rms(after.sub(before)) / Math.sqrt(2);
    }

    static int examples(MultiDataSet batch) {
        return (int) batch.getFeatures(0).size(0);
    }

    /** Returns the mask of labels: their own, or that of the features where both are series of equal length. */
    static @Nullable INDArray labelMask(MultiDataSet batch, int output) {
        INDArray own = batch.getLabelsMaskArray(output);
        INDArray labels = batch.getLabels(output);
        INDArray features = batch.getFeaturesMaskArray(0);
        boolean series = labels.rank() == 3 && features != null && features.rank() == 2;
        return own == null && series && features.size(1) == labels.size(2) ? features : own;
    }

    /** Lays the labels of all positions that count under one another, a row each. */
    static INDArray rows(INDArray labels, @Nullable INDArray mask, boolean channelsLast) {
        int rank = labels.rank();
        INDArray last = labels;
        if (rank > 2 && !channelsLast) {
            int[] order = new int[rank];
            order[rank - 1] = 1;
            for (int axis = 2; axis < rank; axis++) {
                order[axis - 1] = axis;
            }
            last = labels.permute(order);
        }
        long columns = rank < 2 ? 1 : last.size(rank - 1);
        INDArray rows = last.dup('c').reshape('c', labels.length() / columns, columns);
        long positions = rows.size(0) / labels.size(0);
        if (mask == null || !Masks.fits(mask, labels.size(0), positions)) {
            return rows;
        }
        int[] kept = IntStream.range(0, (int) rows.size(0))
                .filter(row -> Masks.isOn(mask, labels.size(0), positions, row / positions, row % positions))
                .toArray();
        return kept.length == 0 ? Nd4j.empty(rows.dataType()) : rows.getRows(kept);
    }
}
