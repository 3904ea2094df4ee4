package io.gradiometer.dl4j;

import io.gradiometer.signal.LayerView;
import io.gradiometer.signal.ModelView;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.api.layers.IOutputLayer;
import org.deeplearning4j.nn.conf.dropout.Dropout;
import org.deeplearning4j.nn.conf.dropout.IDropout;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.deeplearning4j.nn.graph.vertex.VertexIndices;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A network as the probe walks through it: layers from input to output, each with its place in the flat buffers.
 *
 * <p>Holds no reference to the network or its layers, so that observing keeps nothing alive.
 */
record Layout(ModelView view, List<LayerSlot> slots, long parameters) {

    /** Reads an initialised network. */
    static Layout of(Model model) {
        List<LayerSlot> slots =
                model instanceof ComputationGraph graph ? slots(graph) : slots((MultiLayerNetwork) model);
        List<LayerView> layers = slots.stream().map(LayerSlot::view).toList();
        INDArray parameters = model.params();
        ModelView view = new ModelView(
                model.getClass().getSimpleName(),
                layers,
                parameters == null ? 0 : parameters.length(),
                dtype(model, parameters),
                Nd4j.getBackend().getClass().getSimpleName(),
                model.conf() == null ? 0 : model.conf().getSeed());
        return new Layout(view, slots, view.parameters());
    }

    private static String dtype(Model model, INDArray parameters) {
        if (parameters != null) {
            return parameters.dataType().name();
        }
        return model.conf() == null ? "" : model.conf().getDataType().name();
    }

    /** Returns the runtime layers by the positions that slots name. */
    static Layer[] layersOf(Model model) {
        return model instanceof ComputationGraph graph ? graph.getLayers() : ((MultiLayerNetwork) model).getLayers();
    }

    private static List<LayerSlot> slots(MultiLayerNetwork network) {
        List<LayerSlot> slots = new ArrayList<>();
        Layer[] layers = network.getLayers();
        for (int i = 0; i < layers.length; i++) {
            // The forward pass reports a list: the input, then each layer's output.
            double kept = i + 2 < layers.length ? kept(layers[i + 1]) : 1;
            slots.add(slot(layers[i], i, Integer.toString(i), Integer.toString(i + 1), kept, network.params()));
        }
        return slots;
    }

    private static List<LayerSlot> slots(ComputationGraph graph) {
        List<LayerSlot> slots = new ArrayList<>();
        List<Layer> positions = List.of(graph.getLayers());
        GraphVertex[] vertices = graph.getVertices();
        for (int index : graph.topologicalSortOrder()) {
            GraphVertex vertex = vertices[index];
            if (vertex.hasLayer()) {
                VertexIndices[] inputs = vertex.getInputVertices();
                String source = inputs != null && inputs.length == 1
                        ? vertices[inputs[0].getVertexIndex()].getVertexName()
                        : "";
                slots.add(slot(
                        vertex.getLayer(),
                        identityIndex(positions, vertex.getLayer()),
                        source,
                        vertex.getVertexName(),
                        keptBehind(vertex, vertices),
                        graph.params()));
            }
        }
        return slots;
    }

    /** Several layers behind one may each change the array that they share. */
    private static double keptBehind(GraphVertex vertex, GraphVertex[] vertices) {
        VertexIndices[] outputs = vertex.getOutputVertices();
        double kept = 1;
        for (int i = 0; outputs != null && i < outputs.length; i++) {
            GraphVertex behind = vertices[outputs[i].getVertexIndex()];
            if (behind.hasLayer() && !(behind.getLayer() instanceof IOutputLayer)) {
                kept *= kept(behind.getLayer());
            }
        }
        return kept;
    }

    /** Returns what the dropout at a layer's entrance leaves of what it is given. */
    private static double kept(Layer layer) {
        IDropout dropout = LayerReader.unwrap(layer.conf().getLayer()).getIDropout();
        if (dropout == null) {
            return 1;
        } else if (dropout instanceof Dropout plain && plain.getPSchedule() == null) {
            return plain.getP();
        }
        return Double.NaN;
    }

    @SuppressWarnings("ReferenceEquality") // two equal layers of a graph are still two layers
    private static int identityIndex(List<Layer> layers, Layer layer) {
        for (int i = 0; i < layers.size(); i++) {
            if (layers.get(i) == layer) {
                return i;
            }
        }
        throw new IllegalStateException("a graph's vertex has a layer that the graph does not list");
    }

    private static LayerSlot slot(Layer layer, int position, String source, String output, double kept, INDArray flat) {
        org.deeplearning4j.nn.conf.layers.Layer configuration = layer.conf().getLayer();
        Map<String, INDArray> parameters = layer.paramTable();
        String name = configuration.getLayerName() == null
                ? configuration.getClass().getSimpleName() + "_" + position
                : configuration.getLayerName();
        LayerView view = LayerReader.read(configuration, name, LayerReader.isFrozen(layer), parameters);
        List<Long> offsets = new ArrayList<>();
        if (parameters != null) {
            parameters.values().forEach(p -> offsets.add(p.offset() - flat.offset()));
        }
        boolean readable =
                view.learns() && !source.isEmpty() && view.fanIn() > 0 && LayerReader.multipliesItsInput(configuration);
        org.deeplearning4j.nn.conf.layers.Layer inner = LayerReader.unwrap(configuration);
        boolean sized = inner instanceof FeedForwardLayer;
        return new LayerSlot(
                view,
                position,
                source,
                output,
                offsets,
                readable,
                LayerReader.activationFunction(inner),
                sized ? ((FeedForwardLayer) inner).getNIn() : 0,
                sized ? ((FeedForwardLayer) inner).getNOut() : 0,
                kept);
    }
}
