package io.gradiometer.dl4j;

import io.gradiometer.signal.Smell;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.NoOp;

/** Steps that are far from customary ones, and clipping that keeps running statistics from keeping up. */
final class UpdaterSmells {

    /**
     * Bengio (2012) gives 1e-6 to 1 for plain gradient descent on standardised inputs; twice that leaves room for the usual
     * momentum of 0.9 at a rate of 0.1.
     */
    private static final double LARGEST = 2;

    /** A hundred times the default of Kingma and Ba (2015): every step would move each weight by about its own size. */
    private static final double LARGEST_ADAPTIVE = 0.1;

    private static final double SMALLEST = 1e-6;

    /** Iterations and epochs at which schedules are asked. */
    private static final int[][] MOMENTS = {{0, 0}, {10, 1}, {100, 3}, {1_000, 10}, {10_000, 100}};

    private final Wiring wiring;

    UpdaterSmells(Wiring wiring) {
        this.wiring = wiring;
    }

    List<Smell> find() {
        List<Smell> smells = new ArrayList<>(rates());
        for (Station station : wiring.stations()) {
            String starving =
                    station.layer() instanceof BatchNormalization norm && !station.frozen() ? starving(norm) : null;
            if (starving != null) {
                smells.add(new Smell("clipping-starves-batch-norm", station.label(), starving));
            }
        }
        return smells;
    }

    /** Layers with one rate have one smell. */
    private List<Smell> rates() {
        Map<String, Smell> smells = new LinkedHashMap<>();
        for (Station station : wiring.stations()) {
            if (station.layer() instanceof BaseLayer layer && !station.frozen() && layer.getIUpdater() != null) {
                Smell smell = rate(station.label(), layer.getIUpdater());
                if (smell != null) {
                    smells.putIfAbsent(smell.id() + smell.summary(), smell);
                }
            }
        }
        return List.copyOf(smells.values());
    }

    private static @Nullable Smell rate(String layer, IUpdater updater) {
        if (updater instanceof NoOp || !updater.hasLearningRate()) {
            return null;
        }
        double rate = largest(updater);
        double step = updater instanceof Nesterovs momentum ? rate / (1 - momentum.getMomentum()) : rate;
        boolean adaptive = !Double.isNaN(LayerReader.epsilon(updater))
                && !(updater instanceof org.nd4j.linalg.learning.config.AdaGrad);
        double largest = adaptive ? LARGEST_ADAPTIVE : LARGEST;
        boolean tooHigh = step > largest;
        if (!tooHigh && !(step < SMALLEST)) {
            return null;
        }
        String summary = String.format(
                Locale.ROOT,
                "%s learns at a rate of %.3g%s (customary: %.0e to %.3g)",
                updater.getClass().getSimpleName(),
                rate,
                step == rate ? "" : String.format(Locale.ROOT, ", %.3g with its momentum", step),
                SMALLEST,
                largest);
        return new Smell(tooHigh ? "learning-rate-too-high" : "learning-rate-too-low", layer, summary);
    }

    /** A schedule may begin low, and end so: what counts is the largest. */
    private static double largest(IUpdater updater) {
        double largest = Double.NEGATIVE_INFINITY;
        for (int[] moment : MOMENTS) {
            largest = Math.max(largest, updater.getLearningRate(moment[0], moment[1]));
        }
        return largest;
    }

    /**
     * Deeplearning4j clips the steps of running mean and variance together with the layer's gradients.
     *
     * <p>Clipping the layers that feed a batch normalisation is harmless by itself: their weights count by direction alone, and
     * smaller gradients only slow them. But the layer's own running statistics lag behind by at most the threshold in each
     * iteration, so that the network answers otherwise than it was trained. Fires where the statistics of channels that shift by
     * one standard deviation would not get through.
     */
    private static @Nullable String starving(BatchNormalization norm) {
        GradientNormalization clipping = norm.getGradientNormalization();
        double threshold = norm.getGradientNormalizationThreshold();
        double step = 1 - norm.getDecay();
        double channels = Math.max(1, norm.getNOut());
        if (clipping == null) {
            return null;
        }
        double needed =
                switch (clipping) {
                    case ClipElementWiseAbsoluteValue -> step;
                    case ClipL2PerLayer, ClipL2PerParamType -> step * Math.sqrt(channels);
                    case RenormalizeL2PerParamType -> Double.POSITIVE_INFINITY;
                    case None, RenormalizeL2PerLayer -> 0;
                };
        if (threshold >= needed) {
            return null;
        }
        return Double.isInfinite(needed)
                ? clipping + " gives the steps of the running mean and variance a length of 1, whatever they should be"
                : String.format(
                        Locale.ROOT,
                        "%s at %.3g also clips the steps of the running mean and variance, which need %.3g",
                        clipping,
                        threshold,
                        needed);
    }
}
