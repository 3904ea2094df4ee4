package io.gradiometer.dl4j;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.deeplearning4j.nn.graph.vertex.VertexIndices;
import org.deeplearning4j.nn.graph.vertex.impl.LayerVertex;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.ILossFunction;

/**
 * A copy of a user's network to experiment on: same configuration and parameters, no listeners, a new updater, counters at 0.
 *
 * <p>Must be made and used on an {@link OwnThread}, whose random state it sets to the network's seed.
 */
abstract sealed class Specimen {

    private final Layout layout;

    private Specimen(Model network) {
        this.layout = Layout.of(network);
    }

    static Specimen of(Model original, Preparation preparation) {
        INDArray parameters = original.params();
        DataType type = preparation.type(parameters.dataType());
        INDArray own = parameters.dataType() == type ? parameters.dup() : parameters.castTo(type);
        Specimen specimen = original instanceof ComputationGraph graph
                ? new Graph(graph, preparation, own)
                : new Layered((MultiLayerNetwork) original, preparation, own);
        specimen.rewind();
        return specimen;
    }

    abstract Model network();

    /** Trains for one iteration. */
    abstract void fit(MultiDataSet batch);

    /** Computes the mean loss per example on the data alone, as in training or as in evaluation. */
    abstract double loss(MultiDataSet batch, boolean training);

    /** Leaves the gradient, summed over the batch, in the network's gradient buffer. */
    abstract void backpropagate(MultiDataSet batch);

    /** Computes what every layer gives, under the names of {@link LayerSlot#output()} and {@link LayerSlot#source()}. */
    abstract Map<String, INDArray> activations(MultiDataSet batch, boolean training);

    /** Returns the names under which the network's outputs are among its activations. */
    abstract List<String> outputs();

    /** Returns the layer behind one of the outputs. */
    abstract Layer outputLayer(int output);

    /** Looks up what a layer gave. */
    static INDArray activation(Map<String, INDArray> all, String name) {
        INDArray found = all.get(name);
        if (found == null) {
            throw new IllegalStateException("the forward pass gave nothing under the name '" + name + "'");
        }
        return found;
    }

    /** Returns the key of one of a layer's parameters in the network's gradient. */
    abstract String key(LayerSlot slot, String parameter);

    /** Returns the one layer that is given what another one gives, and nothing else; null where there is no such layer. */
    abstract @Nullable LayerSlot onlyFollower(LayerSlot slot);

    /** Returns the names of all activations that one of the inputs has a part in. */
    abstract Set<String> reachedFrom(int input);

    Layout layout() {
        return layout;
    }

    /** Returns the runtime layer of a slot. */
    Layer layer(LayerSlot slot) {
        return Layout.layersOf(network())[slot.position()];
    }

    /** Returns the configuration of a layer, out of its wrappers. */
    org.deeplearning4j.nn.conf.layers.Layer configuration(LayerSlot slot) {
        return LayerReader.unwrap(layer(slot).conf().getLayer());
    }

    /** Returns all that has a hand in a layer's gradient and may be of the user's own making. */
    List<Object> parts(LayerSlot slot) {
        List<Object> parts = new ArrayList<>();
        parts.add(configuration(slot));
        parts.add(layer(slot));
        if (slot.activation() != null) {
            parts.add(slot.activation());
        }
        ILossFunction loss = LayerReader.loss(configuration(slot));
        if (loss != null) {
            parts.add(loss);
        }
        return parts;
    }

    /** Returns the slot of the layer behind one of the outputs. */
    LayerSlot outputSlot(int output) {
        return layout.slots().stream()
                .filter(slot -> slot.output().equals(outputs().get(output)))
                .findFirst()
                .orElseThrow();
    }

    INDArray parameters() {
        return network().params();
    }

    /** Makes chance begin anew, so that two passes draw the same numbers. */
    void rewind() {
        Nd4j.getRandom().setSeed(network().conf().getSeed());
    }

    private static final class Layered extends Specimen {
        private final MultiLayerNetwork network;

        Layered(MultiLayerNetwork original, Preparation preparation, INDArray parameters) {
            this(copy(original, preparation, parameters));
        }

        private Layered(MultiLayerNetwork network) {
            super(network);
            this.network = network;
        }

        private static MultiLayerNetwork copy(
                MultiLayerNetwork original, Preparation preparation, INDArray parameters) {
            MultiLayerNetwork copy = new MultiLayerNetwork(preparation.copy(original.getLayerWiseConfigurations()));
            copy.init(parameters, false);
            Layer[] layers = copy.getLayers();
            for (int i = 0; i < layers.length; i++) {
                if (LayerReader.isFrozen(original.getLayer(i)) && !LayerReader.isFrozen(layers[i])) {
                    layers[i] = new org.deeplearning4j.nn.layers.FrozenLayer(layers[i]);
                }
            }
            copy.setLayers(layers);
            return copy;
        }

        @Override
        Model network() {
            return network;
        }

        @Override
        void fit(MultiDataSet batch) {
            MultiDataSet own = Batches.copy(batch);
            network.fit(own.getFeatures(0), own.getLabels(0), own.getFeaturesMaskArray(0), own.getLabelsMaskArray(0));
        }

        @Override
        double loss(MultiDataSet batch, boolean training) {
            MultiDataSet own = Batches.copy(batch);
            double score = network.score(
                    new org.nd4j.linalg.dataset.DataSet(
                            own.getFeatures(0),
                            own.getLabels(0),
                            own.getFeaturesMaskArray(0),
                            own.getLabelsMaskArray(0)),
                    training);
            return score - network.calcRegularizationScore(true);
        }

        @Override
        void backpropagate(MultiDataSet batch) {
            MultiDataSet own = Batches.copy(batch);
            network.setInput(own.getFeatures(0));
            network.setLabels(own.getLabels(0));
            network.setLayerMaskArrays(own.getFeaturesMaskArray(0), own.getLabelsMaskArray(0));
            network.computeGradientAndScore();
            network.clearLayerMaskArrays();
            network.clearLayersStates();
        }

        @Override
        Map<String, INDArray> activations(MultiDataSet batch, boolean training) {
            MultiDataSet own = Batches.copy(batch);
            network.setInput(own.getFeatures(0));
            network.setLayerMaskArrays(own.getFeaturesMaskArray(0), own.getLabelsMaskArray(0));
            List<INDArray> all = network.feedForward(training);
            network.clearLayerMaskArrays();
            network.clearLayersStates();
            Map<String, INDArray> named = new HashMap<>();
            for (int i = 0; i < all.size(); i++) {
                named.put(Integer.toString(i), all.get(i));
            }
            return named;
        }

        @Override
        List<String> outputs() {
            return List.of(Integer.toString(network.getnLayers()));
        }

        @Override
        Layer outputLayer(int output) {
            return network.getOutputLayer();
        }

        @Override
        String key(LayerSlot slot, String parameter) {
            return slot.position() + "_" + parameter;
        }

        @Override
        @Nullable
        LayerSlot onlyFollower(LayerSlot slot) {
            int next = slot.position() + 1;
            boolean direct = network.getLayerWiseConfigurations().getInputPreProcess(next) == null;
            return direct && next < layout().slots().size() ? layout().slots().get(next) : null;
        }

        @Override
        Set<String> reachedFrom(int input) {
            return layout().slots().stream().map(LayerSlot::output).collect(Collectors.toSet());
        }
    }

    private static final class Graph extends Specimen {
        private final ComputationGraph network;

        Graph(ComputationGraph original, Preparation preparation, INDArray parameters) {
            this(copy(original, preparation, parameters));
        }

        private Graph(ComputationGraph network) {
            super(network);
            this.network = network;
        }

        private static ComputationGraph copy(ComputationGraph original, Preparation preparation, INDArray parameters) {
            ComputationGraph copy = new ComputationGraph(preparation.copy(original.getConfiguration()));
            copy.init(parameters, false);
            for (GraphVertex vertex : original.getVertices()) {
                GraphVertex own = copy.getVertex(vertex.getVertexName());
                if (vertex.hasLayer()
                        && LayerReader.isFrozen(vertex.getLayer())
                        && !LayerReader.isFrozen(own.getLayer())) {
                    own.setLayerAsFrozen();
                }
            }
            return copy;
        }

        @Override
        Model network() {
            return network;
        }

        @Override
        void fit(MultiDataSet batch) {
            network.fit(Batches.copy(batch));
        }

        @Override
        double loss(MultiDataSet batch, boolean training) {
            double score = network.score(Batches.copy(batch), training);
            network.clearLayerMaskArrays();
            return score - network.calcRegularizationScore(true);
        }

        @Override
        void backpropagate(MultiDataSet batch) {
            MultiDataSet own = Batches.copy(batch);
            network.setInputs(own.getFeatures());
            network.setLabels(own.getLabels());
            network.setLayerMaskArrays(own.getFeaturesMaskArrays(), own.getLabelsMaskArrays());
            network.computeGradientAndScore();
            network.clearLayerMaskArrays();
            network.clearLayersStates();
        }

        @Override
        Map<String, INDArray> activations(MultiDataSet batch, boolean training) {
            MultiDataSet own = Batches.copy(batch);
            network.setLayerMaskArrays(own.getFeaturesMaskArrays(), own.getLabelsMaskArrays());
            Map<String, INDArray> all = network.feedForward(own.getFeatures(), training);
            network.clearLayerMaskArrays();
            network.clearLayersStates();
            return all;
        }

        @Override
        List<String> outputs() {
            return network.getConfiguration().getNetworkOutputs();
        }

        @Override
        Layer outputLayer(int output) {
            return network.getOutputLayer(output);
        }

        @Override
        String key(LayerSlot slot, String parameter) {
            return slot.output() + "_" + parameter;
        }

        @Override
        @Nullable
        LayerSlot onlyFollower(LayerSlot slot) {
            VertexIndices[] behind = network.getVertex(slot.output()).getOutputVertices();
            if (behind == null || behind.length != 1 || outputs().contains(slot.output())) {
                return null;
            }
            GraphVertex vertex = network.getVertices()[behind[0].getVertexIndex()];
            boolean direct = vertex instanceof LayerVertex layer && layer.getLayerPreProcessor() == null;
            return layout().slots().stream()
                    .filter(follower -> direct && follower.output().equals(vertex.getVertexName()))
                    .findFirst()
                    .orElse(null);
        }

        @Override
        Set<String> reachedFrom(int input) {
            Set<String> reached = new HashSet<>();
            reach(network.getConfiguration().getNetworkInputs().get(input), reached);
            return reached;
        }

        private void reach(String name, Set<String> reached) {
            VertexIndices[] behind = network.getVertex(name).getOutputVertices();
            if (reached.add(name) && behind != null) {
                for (VertexIndices next : behind) {
                    reach(network.getVertices()[next.getVertexIndex()].getVertexName(), reached);
                }
            }
        }
    }
}
