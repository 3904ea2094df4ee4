package io.gradiometer.dl4j;

import io.gradiometer.signal.Smell;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.jspecify.annotations.Nullable;

/** Weights that no training can start from well: all alike, leaning to one side, or of quite another size than needed. */
final class InitialSmells {

    private static final String ID = "poor-initialization";

    /** By this factor the variance may miss: ReLU with the UNIFORM of Deeplearning4j misses by 6, and yet trains. */
    private static final double FACTOR = 8;

    /** Quantile of the normal distribution below which 99.95 % lie. */
    private static final double QUANTILE = 3.29;

    private final Wiring wiring;
    private final WeightSource weights;
    private final Map<String, List<Station>> consumers;

    InitialSmells(Wiring wiring, WeightSource weights) {
        this.wiring = wiring;
        this.weights = weights;
        this.consumers = wiring.consumers();
    }

    List<Smell> find() {
        List<Smell> smells = new ArrayList<>();
        for (Station station : wiring.stations()) {
            NeededScale needed = station.layer() == null || station.isOutput() || station.frozen()
                    ? null
                    : NeededScale.of(station.layer());
            WeightMoments moments = needed == null ? null : weights.moments(station.index(), "W", needed.drawing());
            String summary = needed == null || moments == null ? null : summary(station, needed, moments);
            if (summary != null) {
                smells.add(new Smell(ID, station.label(), summary));
            }
        }
        return smells;
    }

    private @Nullable String summary(Station station, NeededScale needed, WeightMoments moments) {
        boolean branch = feeds(station, ElementWiseVertex.class);
        if (moments.meanSquare() == 0 && branch) {
            // A residual branch may start at 0: the skip carries the signal meanwhile.
            return null;
        } else if (moments.allEqual() && moments.count() > 1 && needed.drawing().outputs() > 1) {
            return String.format(
                    Locale.ROOT, "all weights are %.3g: units that start alike stay alike", moments.mean());
        } else if (isNormalised(station)) {
            return null;
        } else if (moments.leans(needed.fanIn() / FACTOR)) {
            return String.format(
                    Locale.ROOT,
                    "weights lean to one side (mean %.3g, deviation %.3g): all units do nearly the same",
                    moments.mean(),
                    Math.sqrt(moments.variance()));
        }
        return size(needed, moments, branch);
    }

    /** Whether one counts the fan in or the fan out is a matter of taste: a weight must miss by both. */
    private static @Nullable String size(NeededScale needed, WeightMoments moments, boolean branch) {
        double low = Math.max(needed.fanIn(), needed.fanOut()) * moments.variance() / needed.gain();
        double high = Math.min(needed.fanIn(), needed.fanOut()) * moments.variance() / needed.gain();
        boolean tooSmall = low * chiSquareFactor(moments.count(), -QUANTILE) < 1 / FACTOR && !branch;
        boolean tooLarge = high * chiSquareFactor(moments.count(), QUANTILE) > FACTOR;
        if (!tooSmall && !tooLarge) {
            return null;
        }
        return String.format(
                Locale.ROOT,
                "the variance of the weights is %.3g times what the activation needs (%.3g by the fan in; 1/%.0f to %.0f is usual)",
                tooSmall ? low : high,
                needed.gain() / needed.fanIn(),
                FACTOR,
                FACTOR);
    }

    /** Returns by what the variance of a sample is to be multiplied for a bound of the true one (Wilson and Hilferty 1931). */
    private static double chiSquareFactor(double count, double quantile) {
        if (Double.isInfinite(count)) {
            return 1;
        }
        double n = Math.max(1, count - 1);
        double spread = 2 / (9 * n);
        return 1 / Math.max(1e-3, Math.pow(Math.max(0, 1 - spread + quantile * Math.sqrt(spread)), 3));
    }

    /** What is normalised next may be of any size. */
    private boolean isNormalised(Station station) {
        return feeds(station, BatchNormalization.class)
                || (station.layer() instanceof DenseLayer dense && dense.hasLayerNorm());
    }

    /** Tells whether the station feeds one of a kind, at once or behind an activation. */
    private boolean feeds(Station station, Class<?> kind) {
        for (Station next : consumers.getOrDefault(station.name(), List.of())) {
            if (kind.isInstance(next.layer())
                    || kind.isInstance(next.vertex())
                    || (next.layer() instanceof ActivationLayer && feeds(next, kind))) {
                return true;
            }
        }
        return false;
    }
}
