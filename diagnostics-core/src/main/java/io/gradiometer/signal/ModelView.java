package io.gradiometer.signal;

import java.util.List;
import org.apiguardian.api.API;

/**
 * A network as it stands before its first observed step.
 *
 * @param kind {@code MultiLayerNetwork} or {@code ComputationGraph}
 * @param layers from input to output (topological order in graphs)
 * @param parameters number of parameters
 * @param dtype of the parameters, {@code FLOAT} for instance
 * @param backend that computes
 * @param seed of the configuration
 */
@API(status = API.Status.EXPERIMENTAL)
public record ModelView(String kind, List<LayerView> layers, long parameters, String dtype, String backend, long seed) {

    /** A network of which nothing is known yet. */
    public static final ModelView UNKNOWN = new ModelView("", List.of(), 0, "", "", 0);

    public ModelView {
        layers = List.copyOf(layers);
    }

    public List<String> layerNames() {
        return layers.stream().map(LayerView::name).toList();
    }
}
