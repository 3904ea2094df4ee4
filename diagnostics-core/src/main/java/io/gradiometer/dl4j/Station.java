package io.gradiometer.dl4j;

import java.util.List;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.jspecify.annotations.Nullable;

/**
 * One place on the way through a network: a layer, or a vertex that has none.
 *
 * @param name of the vertex, or of the place of the layer; inputs of the network have none
 * @param inputs names of what feeds it
 * @param preProcessor what changes the shape of its input; null if nothing does
 * @param layer wrappers taken off; null for other vertices
 * @param index of the layer among all layers, from input to output; -1 for other vertices
 * @param label of the layer, as reports call it
 * @param frozen whether training leaves it alone
 * @param vertex what it is otherwise; null for layers
 */
record Station(
        String name,
        List<String> inputs,
        @Nullable InputPreProcessor preProcessor,
        @Nullable Layer layer,
        int index,
        String label,
        boolean frozen,
        @Nullable GraphVertex vertex) {

    Station {
        inputs = List.copyOf(inputs);
    }

    /** Tells whether a loss is computed here. */
    boolean isOutput() {
        return layer != null && LayerReader.loss(layer) != null;
    }
}
