package io.gradiometer.dl4j;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationPReLU;
import org.nd4j.linalg.activations.impl.ActivationRReLU;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;

/**
 * Dense layers in a row, with nothing between them but what is applied to each unit alone.
 *
 * <p>Of these, and of these only, it is known exactly how chance goes from layer to layer: given the layer before, the units of a
 * layer are independent of each other, and all that they inherit is the mean square of what fed them.
 *
 * @param hops from input to output, at least two; behind the last one comes something else, or nothing
 */
record Stretch(List<Hop> hops) {

    Stretch {
        hops = List.copyOf(hops);
    }

    /**
     * One matrix of weights, and what is applied to its units up to the next matrix.
     *
     * @param inputs signals that meet in one unit
     * @param stations the dense layer, and those behind it that only apply something
     */
    record Hop(double inputs, List<Station> stations) {

        Hop {
            stations = List.copyOf(stations);
        }

        Station mixing() {
            return stations.get(0);
        }

        /** Returns what is applied at each station, in their order. */
        List<IActivation> activations() {
            return stations.stream().map(Stretch::activation).toList();
        }
    }

    /** Finds all in a network; none is part of another. */
    static List<Stretch> of(Wiring wiring) {
        Map<String, List<Station>> consumers = wiring.consumers();
        Set<String> taken = new HashSet<>();
        List<Stretch> stretches = new ArrayList<>();
        for (Station station : wiring.stations()) {
            if (mixes(station) && !taken.contains(station.name())) {
                List<Hop> hops = hopsFrom(station, consumers);
                hops.forEach(hop -> taken.add(hop.mixing().name()));
                if (hops.size() > 1) {
                    stretches.add(new Stretch(hops));
                }
            }
        }
        return stretches;
    }

    private static List<Hop> hopsFrom(Station first, Map<String, List<Station>> consumers) {
        List<Hop> hops = new ArrayList<>();
        Station mixing = first;
        while (mixing != null) {
            List<Station> stations = new ArrayList<>(List.of(mixing));
            Station next = next(mixing, consumers);
            while (next != null && isApplied(next)) {
                stations.add(next);
                next = next(next, consumers);
            }
            hops.add(new Hop(inputs(mixing), stations));
            mixing = next != null && mixes(next) ? next : null;
        }
        return hops;
    }

    /** Returns what a station alone feeds, as it is; null where there is no such, or where it works on more than single units. */
    private static @Nullable Station next(Station station, Map<String, List<Station>> consumers) {
        List<Station> fed = consumers.getOrDefault(station.name(), List.of());
        boolean alone =
                fed.size() == 1 && fed.get(0).inputs().size() == 1 && fed.get(0).preProcessor() == null;
        return alone && isUnitwise(activation(station)) ? fed.get(0) : null;
    }

    private static boolean mixes(Station station) {
        if (station.layer() instanceof DenseLayer dense) {
            return !dense.hasLayerNorm() && dense.getIDropout() == null;
        }
        return station.layer() instanceof BaseOutputLayer output && output.getIDropout() == null;
    }

    private static boolean isApplied(Station station) {
        return station.layer() instanceof ActivationLayer alone && alone.getIDropout() == null;
    }

    private static boolean isUnitwise(@Nullable IActivation activation) {
        return activation != null
                && !(activation instanceof ActivationSoftmax
                        || activation instanceof ActivationPReLU
                        || activation instanceof ActivationRReLU);
    }

    private static @Nullable IActivation activation(Station station) {
        Layer layer = station.layer();
        return layer == null ? null : LayerReader.activationFunction(layer);
    }

    private static double inputs(Station mixing) {
        return mixing.layer() instanceof FeedForwardLayer forward ? forward.getNIn() : Double.NaN;
    }
}
