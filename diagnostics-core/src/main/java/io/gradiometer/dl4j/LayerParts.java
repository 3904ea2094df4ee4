package io.gradiometer.dl4j;

import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.BaseRecurrentLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.deeplearning4j.nn.conf.layers.wrapper.BaseWrapperLayer;

/** Finds, in a blueprint, the configurations that a remedy is about. */
final class LayerParts {

    private LayerParts() {}

    /** Returns the places with these names; all of them where none are named. */
    static List<Blueprint.Place> named(Blueprint network, List<String> names) {
        List<Blueprint.Place> found = network.places().stream()
                .filter(place -> names.isEmpty() || names.contains(place.name()))
                .toList();
        if (found.isEmpty()) {
            throw new UnfitException("the network has no layer '" + names.get(0) + "'");
        }
        return found;
    }

    /** Returns what is inside a layer's wrappers and learns. */
    static Stream<BaseLayer> learning(Layer layer) {
        if (layer instanceof FrozenLayer) {
            return Stream.of();
        } else if (layer instanceof BaseWrapperLayer wrapper) {
            return learning(wrapper.getUnderlying());
        } else if (layer instanceof Bidirectional both) {
            return Stream.concat(learning(both.getFwd()), learning(both.getBwd()));
        }
        return layer instanceof BaseLayer base ? Stream.of(base) : Stream.of();
    }

    /** Returns all that learns. */
    static Stream<BaseLayer> learning(Blueprint network) {
        return network.places().stream().flatMap(place -> learning(place.layer()));
    }

    /** Returns all that multiplies by weights: everything that learns but batch normalisation. */
    static Stream<BaseLayer> weighing(List<Blueprint.Place> places) {
        return places.stream()
                .flatMap(place -> learning(place.layer()))
                .filter(layer -> !(layer instanceof BatchNormalization));
    }

    /** Returns the named places, or else all before the outputs that multiply by weights and are not recurrent. */
    static List<Blueprint.Place> hidden(Blueprint network, List<String> names) {
        if (!names.isEmpty()) {
            return named(network, names);
        }
        return network.places().stream()
                .filter(place -> !network.isOutput(place))
                .filter(place -> weighing(List.of(place)).anyMatch(layer -> !(layer instanceof BaseRecurrentLayer)))
                .toList();
    }

    /** Changes each of some layers, of which there must be one. */
    static <T> void changeAll(Stream<T> layers, String otherwise, Consumer<T> change) {
        List<T> all = layers.toList();
        if (all.isEmpty()) {
            throw new UnfitException(otherwise);
        }
        all.forEach(change);
    }
}
