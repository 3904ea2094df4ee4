package io.gradiometer.dl4j;

import io.gradiometer.dl4j.DataPlan.Scaling;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.dataset.api.preprocessor.AbstractMultiDataSetNormalizer;
import org.nd4j.linalg.dataset.api.preprocessor.MultiNormalizerMinMaxScaler;
import org.nd4j.linalg.dataset.api.preprocessor.MultiNormalizerStandardize;

/** The data of a trial in the form that a plan asks for. What scales them learns from the training data alone. */
final class TrainingSet {

    private final List<MultiDataSet> batches;
    private final DataPlan plan;
    private final int size;
    private final @Nullable AbstractMultiDataSetNormalizer<?> inputs;
    private final @Nullable AbstractMultiDataSetNormalizer<?> targets;

    TrainingSet(TrialData data, DataPlan plan) {
        this.plan = plan;
        boolean scales = plan.inputs() != Scaling.NONE || plan.targets() != Scaling.NONE;
        boolean cuts = plan.batch() > 0 || plan.shuffled();
        MultiDataSet whole = scales || cuts ? whole(data.training()) : null;
        this.inputs = whole == null ? null : fitted(plan.inputs(), whole, false);
        this.targets = whole == null ? null : fitted(plan.targets(), whole, true);
        List<MultiDataSet> uncut = cuts && whole != null ? List.of(whole) : data.training();
        this.batches = uncut.stream().map(this::scaled).toList();
        this.size = plan.batch() > 0
                ? plan.batch()
                : data.trainingExamples() / data.training().size();
    }

    private static MultiDataSet whole(List<MultiDataSet> batches) {
        return org.nd4j.linalg.dataset.MultiDataSet.merge(
                batches.stream().map(Batches::copy).toList());
    }

    private static @Nullable AbstractMultiDataSetNormalizer<?> fitted(
            Scaling scaling, MultiDataSet whole, boolean labels) {
        if (scaling == Scaling.NONE) {
            return null;
        }
        AbstractMultiDataSetNormalizer<?> normalizer =
                scaling == Scaling.MIN_MAX ? new MultiNormalizerMinMaxScaler() : new MultiNormalizerStandardize();
        normalizer.fitLabel(labels);
        normalizer.fit(whole);
        return normalizer;
    }

    private MultiDataSet scaled(MultiDataSet batch) {
        MultiDataSet scaled = features(batch);
        if (targets != null) {
            MultiDataSet labels = Batches.copy(batch);
            targets.preProcess(labels);
            scaled.setLabels(labels.getLabels());
        }
        return scaled;
    }

    /** Returns a copy of a batch with features as the network learns from them, and labels as they are. */
    MultiDataSet features(MultiDataSet batch) {
        MultiDataSet copy = Batches.copy(batch);
        if (inputs != null) {
            inputs.preProcess(copy);
        }
        return copy;
    }

    /** Brings answers back to what labels are measured in. */
    void restore(INDArray[] answers) {
        if (targets != null) {
            targets.revertLabels(answers);
        }
    }

    /** Returns the batches of one pass over the data. */
    List<MultiDataSet> pass(long seed) {
        if (plan.batch() == 0 && !plan.shuffled()) {
            return batches;
        }
        MultiDataSet whole = batches.get(0);
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < Batches.examples(whole); i++) {
            order.add(i);
        }
        if (plan.shuffled()) {
            Collections.shuffle(order, new Random(seed));
        }
        List<MultiDataSet> cut = new ArrayList<>();
        for (int from = 0; from < order.size(); from += size) {
            cut.add(rows(
                    whole,
                    order.subList(from, Math.min(order.size(), from + size)).stream()
                            .mapToInt(i -> i)
                            .toArray()));
        }
        return cut;
    }

    /** Returns some examples of a batch. */
    static MultiDataSet rows(MultiDataSet whole, int[] rows) {
        return new org.nd4j.linalg.dataset.MultiDataSet(
                rows(whole.getFeatures(), rows),
                rows(whole.getLabels(), rows),
                rowsOfMasks(whole.getFeaturesMaskArrays(), rows),
                rowsOfMasks(whole.getLabelsMaskArrays(), rows));
    }

    private static INDArray[] rows(INDArray[] arrays, int[] rows) {
        return Arrays.stream(arrays).map(array -> rows(array, rows)).toArray(INDArray[]::new);
    }

    private static INDArray @Nullable [] rowsOfMasks(@Nullable INDArray @Nullable [] masks, int[] rows) {
        if (masks == null) {
            return null;
        }
        INDArray[] cut = new INDArray[masks.length];
        for (int i = 0; i < masks.length; i++) {
            INDArray mask = masks[i];
            if (mask != null) {
                cut[i] = rows(mask, rows);
            }
        }
        return cut;
    }

    private static INDArray rows(INDArray array, int[] rows) {
        long width = array.length() / array.size(0);
        long[] shape = array.shape().clone();
        shape[0] = rows.length;
        return array.dup('c')
                .reshape('c', array.size(0), width)
                .getRows(rows)
                .dup('c')
                .reshape('c', shape);
    }
}
