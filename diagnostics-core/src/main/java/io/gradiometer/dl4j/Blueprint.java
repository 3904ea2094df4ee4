package io.gradiometer.dl4j;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.BackpropType;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A copy of a network's configuration, from which untrained networks are built, and which remedies change.
 *
 * <p>Layers that are kept from learning bring their parameters along, for these are no outcome of the training. Must be used on an
 * {@link OwnThread}: building reseeds the random state.
 */
abstract sealed class Blueprint {

    /** The parameters of layers that did not learn, by the layers' names. */
    private final Map<String, INDArray> given;

    private Blueprint(Map<String, INDArray> given) {
        this.given = given;
    }

    static Blueprint of(Model network) {
        Map<String, INDArray> given = new HashMap<>();
        Layout.of(network).slots().forEach(slot -> {
            org.deeplearning4j.nn.api.Layer layer = Layout.layersOf(network)[slot.position()];
            if (LayerReader.isFrozen(layer) && layer.params() != null) {
                given.put(slot.view().name(), layer.params().dup());
            }
        });
        return network instanceof ComputationGraph graph
                ? new Web(graph.getConfiguration(), given)
                : new Stack(((MultiLayerNetwork) network).getLayerWiseConfigurations(), given);
    }

    /**
     * One of the layers.
     *
     * @param name under which findings know it
     * @param configuration of the layer; changes of it change the blueprint
     * @param direct whether it takes what another layer, or the network, gives, as it is
     */
    record Place(String name, NeuralNetConfiguration configuration, boolean direct) {

        Layer layer() {
            return configuration.getLayer();
        }
    }

    abstract Blueprint copy();

    /** Returns the layers, from input to output where that is one way. */
    abstract List<Place> places();

    abstract boolean isOutput(Place place);

    /** Puts a layer behind another one, so that it takes what all that followed took. */
    abstract void insertBehind(Place place, NeuralNetConfiguration configuration);

    /** Takes a layer out, so that what followed takes what it took. */
    abstract void remove(Place place);

    /** Returns the only layer that takes what another one gives, and takes it as it is; an empty list where there is none. */
    abstract List<Place> onlyFollower(Place place);

    /** Returns the same network as a graph, where ways around layers are possible. */
    abstract Web asGraph();

    /** Returns into how many time steps training cuts series; 0 where it does not. */
    abstract int truncation();

    /** Makes training cut series into so many time steps. */
    abstract void truncate(int steps);

    abstract String json();

    /** Builds a network that has not learned anything. */
    Model build(long seed) {
        Model built = initialised(seed);
        for (LayerSlot slot : Layout.of(built).slots()) {
            INDArray known = given.get(slot.view().name());
            org.deeplearning4j.nn.api.Layer layer = Layout.layersOf(built)[slot.position()];
            if (known != null && layer.params() != null && layer.params().length() == known.length()) {
                layer.params().assign(known);
            }
        }
        return built;
    }

    abstract Model initialised(long seed);

    Map<String, INDArray> given() {
        return given;
    }

    private static void renew(NeuralNetConfiguration configuration, long seed) {
        configuration.setSeed(seed);
        configuration.clearVariables();
    }

    private static String name(Layer layer, int position) {
        return layer.getLayerName() == null ? layer.getClass().getSimpleName() + "_" + position : layer.getLayerName();
    }

    /** Layers one upon another. */
    static final class Stack extends Blueprint {
        private final MultiLayerConfiguration configuration;
        private final List<String> names = new ArrayList<>();

        private Stack(MultiLayerConfiguration original, Map<String, INDArray> given) {
            super(given);
            this.configuration = Preparation.AS_IT_IS.copy(original);
            for (NeuralNetConfiguration layer : configuration.getConfs()) {
                String name = name(layer.getLayer(), names.size());
                names.add(name);
                // Names that count positions would change where a layer is put before another one.
                layer.getLayer().setLayerName(name);
            }
        }

        @Override
        Blueprint copy() {
            return new Stack(configuration, given());
        }

        @Override
        List<Place> places() {
            List<Place> places = new ArrayList<>();
            for (int i = 0; i < names.size(); i++) {
                places.add(
                        new Place(names.get(i), configuration.getConf(i), configuration.getInputPreProcess(i) == null));
            }
            return places;
        }

        @Override
        boolean isOutput(Place place) {
            return names.indexOf(place.name()) == names.size() - 1;
        }

        @Override
        void insertBehind(Place place, NeuralNetConfiguration inserted) {
            int at = names.indexOf(place.name()) + 1;
            configuration.getConfs().add(at, inserted);
            String name = place.name() + "-" + inserted.getLayer().getClass().getSimpleName();
            inserted.getLayer().setLayerName(name);
            names.add(at, name);
            movePreProcessors(at, 1);
        }

        @Override
        void remove(Place place) {
            int at = names.indexOf(place.name());
            configuration.getConfs().remove(at);
            names.remove(at);
            configuration.getInputPreProcessors().remove(at);
            movePreProcessors(at + 1, -1);
        }

        private void movePreProcessors(int from, int by) {
            Map<Integer, InputPreProcessor> moved = new HashMap<>();
            configuration
                    .getInputPreProcessors()
                    .forEach((index, processor) -> moved.put(index >= from ? index + by : index, processor));
            configuration.setInputPreProcessors(moved);
        }

        @Override
        List<Place> onlyFollower(Place place) {
            List<Place> places = places();
            int next = names.indexOf(place.name()) + 1;
            return next < places.size() && places.get(next).direct() ? List.of(places.get(next)) : List.of();
        }

        @Override
        Web asGraph() {
            ComputationGraphConfiguration.GraphBuilder builder = new NeuralNetConfiguration.Builder()
                    .dataType(configuration.getDataType())
                    .graphBuilder()
                    .addInputs("input")
                    .validateOutputLayerConfig(false)
                    .validateTbpttConfig(false)
                    .backpropType(configuration.getBackpropType())
                    .tBPTTForwardLength(configuration.getTbpttFwdLength())
                    .tBPTTBackwardLength(configuration.getTbpttBackLength());
            MultiLayerConfiguration own = Preparation.AS_IT_IS.copy(configuration);
            String last = "input";
            for (int i = 0; i < names.size(); i++) {
                builder.addLayer(names.get(i), own.getConf(i).getLayer(), own.getInputPreProcess(i), last);
                last = names.get(i);
            }
            ComputationGraphConfiguration graph = builder.setOutputs(last).build();
            for (int i = 0; i < names.size(); i++) {
                if (graph.getVertices().get(names.get(i)) instanceof LayerVertex vertex) {
                    vertex.getLayerConf().setMiniBatch(own.getConf(i).isMiniBatch());
                }
            }
            return new Web(graph, given());
        }

        @Override
        int truncation() {
            return configuration.getBackpropType() == BackpropType.TruncatedBPTT
                    ? configuration.getTbpttFwdLength()
                    : 0;
        }

        @Override
        void truncate(int steps) {
            configuration.setBackpropType(BackpropType.TruncatedBPTT);
            configuration.setTbpttFwdLength(steps);
            configuration.setTbpttBackLength(steps);
        }

        @Override
        String json() {
            return configuration.toJson();
        }

        @Override
        Model initialised(long seed) {
            MultiLayerConfiguration own = Preparation.AS_IT_IS.copy(configuration);
            own.getConfs().forEach(layer -> renew(layer, seed));
            MultiLayerNetwork network = new MultiLayerNetwork(own);
            network.init();
            return network;
        }
    }

    /** Vertices with ways between them. */
    static final class Web extends Blueprint {
        private final ComputationGraphConfiguration configuration;

        private Web(ComputationGraphConfiguration original, Map<String, INDArray> given) {
            super(given);
            this.configuration = Preparation.AS_IT_IS.copy(original);
        }

        @Override
        Blueprint copy() {
            return new Web(configuration, given());
        }

        @Override
        List<Place> places() {
            List<Place> places = new ArrayList<>();
            configuration.getVertices().forEach((name, vertex) -> {
                if (vertex instanceof LayerVertex layer) {
                    boolean direct =
                            layer.getPreProcessor() == null && sources(name).size() == 1;
                    places.add(new Place(name, layer.getLayerConf(), direct));
                }
            });
            return places;
        }

        @Override
        boolean isOutput(Place place) {
            return configuration.getNetworkOutputs().contains(place.name());
        }

        @Override
        void insertBehind(Place place, NeuralNetConfiguration inserted) {
            String name = place.name() + "-" + inserted.getLayer().getClass().getSimpleName();
            inserted.getLayer().setLayerName(name);
            insertBehind(place, name, new LayerVertex(inserted, null), List.of(place.name()));
        }

        private List<String> sources(String vertex) {
            return configuration.getVertexInputs().getOrDefault(vertex, List.of());
        }

        /** Adds what a layer takes to what it gives. */
        void bypass(Place place) {
            String source = sources(place.name()).get(0);
            insertBehind(
                    place,
                    place.name() + "-residual",
                    new org.deeplearning4j.nn.conf.graph.ElementWiseVertex(
                            org.deeplearning4j.nn.conf.graph.ElementWiseVertex.Op.Add),
                    List.of(source, place.name()));
        }

        private void insertBehind(Place place, String name, GraphVertex vertex, List<String> sources) {
            Map<String, List<String>> inputs = new LinkedHashMap<>();
            configuration
                    .getVertexInputs()
                    .forEach((taker, taken) -> inputs.put(
                            taker,
                            new ArrayList<>(taken.stream()
                                    .map(source -> source.equals(place.name()) ? name : source)
                                    .toList())));
            inputs.put(name, new ArrayList<>(sources));
            configuration.setVertexInputs(inputs);
            configuration.getVertices().put(name, vertex);
        }

        @Override
        void remove(Place place) {
            String source = sources(place.name()).get(0);
            configuration.getVertices().remove(place.name());
            configuration.getVertexInputs().remove(place.name());
            configuration
                    .getVertexInputs()
                    .values()
                    .forEach(taken -> taken.replaceAll(other -> other.equals(place.name()) ? source : other));
        }

        @Override
        List<Place> onlyFollower(Place place) {
            List<String> takers = configuration.getVertexInputs().entrySet().stream()
                    .filter(taken -> taken.getValue().contains(place.name()))
                    .map(Map.Entry::getKey)
                    .toList();
            return takers.size() == 1
                    ? places().stream()
                            .filter(other -> other.name().equals(takers.get(0)) && other.direct())
                            .toList()
                    : List.of();
        }

        @Override
        Web asGraph() {
            return this;
        }

        @Override
        int truncation() {
            return configuration.getBackpropType() == BackpropType.TruncatedBPTT
                    ? configuration.getTbpttFwdLength()
                    : 0;
        }

        @Override
        void truncate(int steps) {
            configuration.setBackpropType(BackpropType.TruncatedBPTT);
            configuration.setTbpttFwdLength(steps);
            configuration.setTbpttBackLength(steps);
        }

        @Override
        String json() {
            return configuration.toJson();
        }

        @Override
        Model initialised(long seed) {
            ComputationGraphConfiguration own = Preparation.AS_IT_IS.copy(configuration);
            own.getDefaultConfiguration().setSeed(seed);
            own.getVertices().values().forEach(vertex -> {
                if (vertex instanceof LayerVertex layer) {
                    renew(layer.getLayerConf(), seed);
                }
            });
            ComputationGraph network = new ComputationGraph(own);
            network.init();
            return network;
        }
    }
}
