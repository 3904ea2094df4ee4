package io.gradiometer.dl4j;

import io.gradiometer.finding.Fact;
import io.gradiometer.finding.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/**
 * Compares the answers to one batch in training, dropout aside, with those in evaluation. Losses alone would not do: that of a
 * fresh network is about the same whatever it answers.
 *
 * <p>Batch normalisation makes answers differ until its running statistics have followed. So where they differ, the copy is shown
 * the batch again and again with a learning rate of 0, for as long as the statistics should need, and then compared once more.
 */
final class ModesCheck {

    static final String NAME = "trainAndEvaluationAgree";

    /** How far answers may lie apart, relative to how far those to different examples do. */
    static final double TOLERANCE = 0.1;

    static final int MOST_ITERATIONS = 1000;
    private static final int BETWEEN_LOOKS = 20;
    private static final double LEFT_OVER = 0.001;
    private static final double LAYERS_AGREE = 0.05;

    private final Specimen specimen;
    private final MultiDataSet batch;

    ModesCheck(Specimen specimen, MultiDataSet batch) {
        this.specimen = specimen;
        this.batch = batch;
    }

    CheckResult run() {
        double before = difference();
        double after = before;
        int needed = iterationsToSettle();
        int iterations = 0;
        while (!(after <= TOLERANCE) && iterations < needed) {
            OwnThread.stopIfAbandoned();
            specimen.fit(batch);
            iterations++;
            if (iterations % BETWEEN_LOOKS == 0 || iterations == needed) {
                after = difference();
            }
        }
        return result(before, after, iterations);
    }

    /** Returns how far the answers in both modes lie apart, relative to those to different examples in training. */
    private double difference() {
        Map<String, INDArray> training = specimen.activations(batch, true);
        Map<String, INDArray> evaluation = specimen.activations(batch, false);
        double largest = 0;
        for (String output : specimen.outputs()) {
            INDArray one = Specimen.activation(training, output);
            double apart = Batches.change(one, Specimen.activation(evaluation, output));
            largest = Math.max(largest, apart == 0 ? 0 : apart / Batches.change(one, Batches.next(one)));
        }
        return largest;
    }

    private int iterationsToSettle() {
        double needed = 0;
        for (LayerSlot slot : specimen.layout().slots()) {
            if (specimen.configuration(slot) instanceof BatchNormalization normalization) {
                needed = Math.max(needed, iterationsToSettle(normalization));
            }
        }
        return (int) Math.min(MOST_ITERATIONS, needed);
    }

    /** Returns how long it takes until next to nothing is left of what the running statistics were. */
    private static double iterationsToSettle(BatchNormalization normalization) {
        return Math.ceil(Math.log(LEFT_OVER) / Math.log(normalization.getDecay()));
    }

    private CheckResult result(double before, double after, int iterations) {
        List<Fact> facts = new ArrayList<>();
        facts.add(Fact.of("difference of the answers, relative to that between examples", after, TOLERANCE));
        facts.add(Fact.of("difference before", before));
        facts.add(Fact.of("loss in training", specimen.loss(batch, true)));
        facts.add(Fact.of("loss in evaluation", specimen.loss(batch, false)));
        String shown =
                iterations == 0 ? "" : " after " + iterations + " iterations for the running statistics to follow";
        if (after <= TOLERANCE) {
            return CheckResult.passed(NAME, "Training and evaluation agree on the batch" + shown + ".", facts);
        }
        LayerSlot layer = firstApart(facts);
        return CheckResult.failed(
                NAME,
                "Training and evaluation disagree on the same batch" + shown + ": they first part in layer '"
                        + layer.view().name() + "' (" + layer.view().type() + ").",
                facts,
                advice(layer));
    }

    private LayerSlot firstApart(List<Fact> facts) {
        Map<String, INDArray> training = specimen.activations(batch, true);
        Map<String, INDArray> evaluation = specimen.activations(batch, false);
        List<LayerSlot> slots = specimen.layout().slots();
        for (LayerSlot slot : slots) {
            INDArray one = training.get(slot.output());
            INDArray other = evaluation.get(slot.output());
            double share = one == null || other == null ? 0 : share(one, other);
            if (!(share <= LAYERS_AGREE)) {
                facts.add(Fact.of("relative difference behind '" + slot.view().name() + "'", share, LAYERS_AGREE));
                return slot;
            }
        }
        return slots.get(slots.size() - 1);
    }

    private static double share(INDArray one, INDArray other) {
        double size = FlatParts.rms(one);
        double apart = FlatParts.rms(one.sub(other));
        return apart == 0 ? 0 : apart / size;
    }

    private List<String> advice(LayerSlot slot) {
        List<String> advice = new ArrayList<>();
        Layer configuration = specimen.configuration(slot);
        if (configuration instanceof BatchNormalization normalization) {
            GradientNormalization clipping = normalization.getGradientNormalization();
            if (clipping != null && clipping != GradientNormalization.None) {
                advice.add("gradientNormalization(GradientNormalization.None) on this layer: " + clipping
                        + " clips the running statistics along with the gradient");
            }
            double needed = iterationsToSettle(normalization);
            if (needed > MOST_ITERATIONS) {
                advice.add("a decay of 0.9 instead of " + normalization.getDecay()
                        + ": its running statistics need some " + Numbers.format(needed) + " iterations to follow");
            }
            advice.add("larger batches, or no batch normalisation: the statistics of this one may hardly be any");
        } else {
            advice.add("the same computation in both modes, if the layer is your own: activate(training) may differ"
                    + " in dropout only");
        }
        return advice;
    }
}
