package io.gradiometer.dl4j;

import io.gradiometer.config.Configuration;
import io.gradiometer.config.Setting;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.nd4j.autodiff.listeners.At;
import org.nd4j.autodiff.listeners.Loss;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.internal.Variable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/**
 * The events of one training iteration of a {@code SameDiff}, handed to its observation by an attacher.
 *
 * @param observation of the network
 * @param attacher that hears of the events
 * @param wanted variables whose values are to be handed on; others cost a look-up
 */
record SameDiffEvents(Observation observation, Object attacher, Set<String> wanted) {

    static SameDiffEvents begin(Observation observation, Object attacher, SameDiff network, MultiDataSet data) {
        AtomicReference<Set<String>> wanted = new AtomicReference<>(Set.of());
        observation.on(
                attacher,
                configuration -> new SameDiffProbe(network, configuration.flag(Setting.EXACT)),
                probe -> wanted.set(((SameDiffProbe) probe).begin(network, data)));
        return new SameDiffEvents(observation, attacher, Objects.requireNonNull(wanted.get()));
    }

    void computed(SameDiff graph, String name, INDArray array) {
        if (wanted.contains(name)) {
            observation.on(
                    attacher, SameDiffEvents::tooLate, probe -> ((SameDiffProbe) probe).computed(graph, name, array));
        }
    }

    void update(Variable parameter, INDArray update) {
        observation.on(attacher, SameDiffEvents::tooLate, probe -> ((SameDiffProbe) probe).update(parameter, update));
    }

    void done(SameDiff graph, At at, Loss loss) {
        observation.done(attacher, SameDiffEvents::tooLate, probe -> ((SameDiffProbe) probe).done(graph, at, loss));
    }

    private static NetworkProbe tooLate(Configuration unused) {
        throw new IllegalStateException("an iteration went on that had not begun");
    }
}
