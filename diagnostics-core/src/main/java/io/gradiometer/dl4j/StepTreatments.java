package io.gradiometer.dl4j;

import io.gradiometer.finding.Change;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.schedule.ExponentialSchedule;
import org.nd4j.linalg.schedule.FixedSchedule;
import org.nd4j.linalg.schedule.ISchedule;
import org.nd4j.linalg.schedule.RampSchedule;
import org.nd4j.linalg.schedule.ScheduleType;

/** Remedies that change how far a gradient moves parameters. */
final class StepTreatments {

    private static final String NOTHING_LEARNS = "the network has no layer that learns";

    private StepTreatments() {}

    static Map<String, Treatments.Treatment> byId() {
        Map<String, Treatments.Treatment> all = new HashMap<>();
        all.put("lower-learning-rate", (own, change, data) -> rate(own, change));
        all.put("raise-learning-rate", (own, change, data) -> rate(own, change));
        all.put("adam", (own, change, data) -> updater(own, new Adam(Treatments.needed(change, "learning-rate"))));
        all.put("sgd", (own, change, data) -> updater(own, new Sgd(Treatments.needed(change, "learning-rate"))));
        all.put(
                "momentum",
                (own, change, data) -> updater(
                        own,
                        new Nesterovs(
                                Treatments.needed(change, "learning-rate"),
                                change.number("momentum").orElse(0.9))));
        all.put("warm-up", (own, change, data) -> warmUp(own, (int) Treatments.needed(change, "iterations")));
        all.put("decay-learning-rate", (own, change, data) -> decay(own, Treatments.needed(change, "factor")));
        all.put("clip-l2-per-layer", clip(GradientNormalization.ClipL2PerLayer));
        all.put("clip-l2-per-parameter-type", clip(GradientNormalization.ClipL2PerParamType));
        all.put("clip-element-wise", clip(GradientNormalization.ClipElementWiseAbsoluteValue));
        all.put("remove-clipping", (own, change, data) -> {
            LayerParts.learning(own.network())
                    .forEach(layer -> layer.setGradientNormalization(GradientNormalization.None));
            return own;
        });
        all.put("unclip-batch-norm", (own, change, data) -> {
            LayerParts.changeAll(
                    LayerParts.learning(own.network()).filter(layer -> layer instanceof BatchNormalization),
                    "the network has no batch normalisation",
                    layer -> layer.setGradientNormalization(GradientNormalization.None));
            return own;
        });
        return all;
    }

    private static Regimen rate(Regimen own, Change change) {
        double to = Treatments.needed(change, "learning-rate");
        double from = change.number("from").orElse(Double.NaN);
        eachUpdater(own.network(), updater -> {
            double now = updater.hasLearningRate() ? updater.getLearningRate(0, 0) : Double.NaN;
            // Layers of other rates keep their proportion to the one that the remedy names.
            boolean proportional = now > 0 && from > 0 && Math.abs(now / from - 1) > 1e-6;
            return withRate(updater, proportional ? now * to / from : to, null);
        });
        return own;
    }

    private static Regimen updater(Regimen own, IUpdater updater) {
        eachUpdater(own.network(), old -> updater.clone());
        return own;
    }

    private static Regimen warmUp(Regimen own, int iterations) {
        eachUpdater(own.network(), updater -> {
            double rate = updater.getLearningRate(0, 0);
            return withRate(updater, rate, new RampSchedule(new FixedSchedule(rate), iterations));
        });
        return own;
    }

    private static Regimen decay(Regimen own, double factor) {
        eachUpdater(own.network(), updater -> {
            double rate = updater.getLearningRate(0, 0);
            return withRate(updater, rate, new ExponentialSchedule(ScheduleType.ITERATION, rate, factor));
        });
        return own;
    }

    private static IUpdater withRate(IUpdater updater, double rate, @Nullable ISchedule schedule) {
        if (!updater.hasLearningRate()) {
            throw new UnfitException(updater.getClass().getSimpleName() + " has no learning rate");
        }
        IUpdater changed = updater.clone();
        changed.setLrAndSchedule(rate, schedule);
        return changed;
    }

    private static void eachUpdater(Blueprint network, UnaryOperator<IUpdater> change) {
        LayerParts.changeAll(
                LayerParts.learning(network).filter(layer -> layer.getIUpdater() != null), NOTHING_LEARNS, layer -> {
                    layer.setIUpdater(change.apply(layer.getIUpdater()));
                    if (layer.getBiasUpdater() != null) {
                        layer.setBiasUpdater(change.apply(layer.getBiasUpdater()));
                    }
                });
    }

    private static Treatments.Treatment clip(GradientNormalization how) {
        return (own, change, data) -> {
            double threshold = Treatments.needed(change, "threshold");
            LayerParts.changeAll(
                    LayerParts.learning(own.network()), NOTHING_LEARNS, layer -> clip(layer, how, threshold));
            return own;
        };
    }

    private static void clip(BaseLayer layer, GradientNormalization how, double threshold) {
        // Clipped, batch normalisation's running statistics would lag behind.
        boolean spared = layer instanceof BatchNormalization;
        layer.setGradientNormalization(spared ? GradientNormalization.None : how);
        layer.setGradientNormalizationThreshold(threshold);
    }
}
