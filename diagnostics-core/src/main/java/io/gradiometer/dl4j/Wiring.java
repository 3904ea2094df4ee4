package io.gradiometer.dl4j;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.graph.FrozenVertex;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayerWithBackprop;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * How the layers of a network follow each other, read from its configuration alone, from input to output.
 *
 * @param inputs names of the network's inputs
 * @param stations each behind those that feed it; layers in the order of the network's view
 */
record Wiring(List<String> inputs, List<Station> stations) {

    private static final String INPUT = "input";

    Wiring {
        inputs = List.copyOf(inputs);
        stations = List.copyOf(stations);
    }

    static Wiring of(Model model) {
        if (model instanceof ComputationGraph graph) {
            return of(graph.getConfiguration());
        }
        return of(((MultiLayerNetwork) model).getLayerWiseConfigurations());
    }

    static Wiring of(MultiLayerConfiguration configuration) {
        List<Station> stations = new ArrayList<>();
        for (int i = 0; i < configuration.getConfs().size(); i++) {
            Layer layer = configuration.getConf(i).getLayer();
            String before = i == 0 ? INPUT : Integer.toString(i - 1);
            stations.add(station(Integer.toString(i), List.of(before), configuration.getInputPreProcess(i), layer, i));
        }
        return new Wiring(List.of(INPUT), stations);
    }

    static Wiring of(ComputationGraphConfiguration configuration) {
        List<Station> stations = new ArrayList<>();
        int layers = 0;
        for (String name : order(configuration)) {
            GraphVertex vertex = configuration.getVertices().get(name);
            if (vertex == null) {
                continue;
            }
            GraphVertex thawed = vertex instanceof FrozenVertex frozen ? frozen.getUnderlying() : vertex;
            List<String> inputs = configuration.getVertexInputs().getOrDefault(name, List.of());
            if (thawed instanceof LayerVertex own) {
                Layer layer = own.getLayerConf().getLayer();
                stations.add(station(name, inputs, own.getPreProcessor(), layer, layers++));
            } else {
                stations.add(new Station(name, inputs, null, null, -1, name, false, thawed));
            }
        }
        return new Wiring(configuration.getNetworkInputs(), stations);
    }

    /** Networks that were initialised have settled their order; for others it is found on a copy. */
    private static List<String> order(ComputationGraphConfiguration configuration) {
        if (configuration.getTopologicalOrderStr() != null) {
            return configuration.getTopologicalOrderStr();
        }
        ComputationGraphConfiguration copy = configuration.clone();
        new ComputationGraph(copy).topologicalSortOrder();
        return copy.getTopologicalOrderStr();
    }

    private static Station station(
            String name, List<String> inputs, @Nullable InputPreProcessor preProcessor, Layer layer, int index) {
        String label =
                layer.getLayerName() == null ? layer.getClass().getSimpleName() + "_" + index : layer.getLayerName();
        boolean frozen = layer instanceof FrozenLayer || layer instanceof FrozenLayerWithBackprop;
        return new Station(name, inputs, preProcessor, LayerReader.unwrap(layer), index, label, frozen, null);
    }

    /** Returns the parameters of an initialised network, by the index of the layer; of others, nothing. */
    static Map<Integer, Map<String, INDArray>> parameters(Model model, Wiring wiring) {
        Map<Integer, Map<String, INDArray>> parameters = new HashMap<>();
        if (Layout.layersOf(model) == null || model.params() == null) {
            return parameters;
        }
        for (Station station : wiring.stations()) {
            if (station.layer() != null) {
                org.deeplearning4j.nn.api.Layer runtime = model instanceof ComputationGraph graph
                        ? graph.getLayer(station.name())
                        : ((MultiLayerNetwork) model).getLayer(station.index());
                Map<String, INDArray> table = runtime.paramTable();
                if (table != null) {
                    parameters.put(station.index(), table);
                }
            }
        }
        return parameters;
    }

    /** Returns what each place feeds. */
    Map<String, List<Station>> consumers() {
        Map<String, List<Station>> consumers = new HashMap<>();
        for (Station station : stations) {
            for (String input : station.inputs()) {
                consumers.computeIfAbsent(input, name -> new ArrayList<>()).add(station);
            }
        }
        return consumers;
    }

    @Nullable
    Station station(String name) {
        return stations.stream().filter(s -> s.name().equals(name)).findFirst().orElse(null);
    }
}
