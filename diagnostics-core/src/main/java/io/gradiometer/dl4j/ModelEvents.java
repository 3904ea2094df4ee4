package io.gradiometer.dl4j;

import io.gradiometer.config.Configuration;
import io.gradiometer.config.Setting;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.Model;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The training events of a {@code MultiLayerNetwork} or {@code ComputationGraph}, handed to its observation by an attacher.
 *
 * @param observation of the model
 * @param attacher that hears of the events
 * @param model that trains
 */
record ModelEvents(Observation observation, Object attacher, Model model) {

    void forward(List<INDArray> activations) {
        observation.on(attacher, this::probe, probe -> ((Probe) probe).forward(model, activations));
    }

    void forward(Map<String, INDArray> activations) {
        observation.on(attacher, this::probe, probe -> ((Probe) probe).forward(model, activations));
    }

    void gradient() {
        observation.begunIteration();
        observation.on(attacher, this::probe, probe -> ((Probe) probe).gradient(model));
    }

    void done(int iteration, int epoch) {
        observation.done(attacher, this::probe, probe -> ((Probe) probe).done(model, iteration, epoch));
    }

    private NetworkProbe probe(Configuration configuration) {
        return new Probe(model, configuration.flag(Setting.EXACT));
    }
}
