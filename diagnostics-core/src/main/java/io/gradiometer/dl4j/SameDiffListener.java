package io.gradiometer.dl4j;

import io.gradiometer.config.Configuration;
import io.gradiometer.config.Judge;
import io.gradiometer.config.Setting;
import io.gradiometer.detector.Detectors;
import io.gradiometer.finding.Diagnosis;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.listeners.At;
import org.nd4j.autodiff.listeners.BaseListener;
import org.nd4j.autodiff.listeners.Loss;
import org.nd4j.autodiff.listeners.Operation;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.internal.SameDiffOp;
import org.nd4j.autodiff.samediff.internal.Variable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/**
 * Observes the {@code SameDiff} networks that it is put on while they train, and diagnoses them: what
 * {@link GradiometerListener} is to other networks.
 *
 * <pre>{@code
 * SameDiffListener listener = new SameDiffListener();
 * network.addListeners(listener);
 * network.fit(data, epochs);
 * Diagnosis diagnosis = listener.diagnosis();
 * }</pre>
 *
 * <p><strong>Contract.</strong> Changes nothing that the program can read, throws nothing into training, and may be shared by
 * networks and threads. Twice on one network counts once. The loss is read right where {@code SameDiff} reports 0, and that report
 * is left as it is.
 */
@API(status = API.Status.EXPERIMENTAL)
public final class SameDiffListener extends BaseListener {

    private final Configuration configuration;
    private final boolean remembers;
    private final List<Observation> seen = new ArrayList<>();

    /** The iteration that each thread is in; a network trains on one thread from beginning to end. */
    private final Map<Long, SameDiffEvents> current = new ConcurrentHashMap<>();

    /**
     * Observes with the settings of this JVM: system properties and {@code gradiometer.properties}.
     *
     * @throws io.gradiometer.config.ConfigurationException with every mistake in them
     */
    public SameDiffListener() {
        this(Configuration.ofThisJvm());
    }

    SameDiffListener(Configuration configuration) {
        this(configuration, true);
    }

    private SameDiffListener(Configuration configuration, boolean remembers) {
        Detectors.check(configuration);
        this.configuration = configuration;
        this.remembers = remembers;
    }

    /** Returns a listener that lives as long as the JVM, and that nobody asks for its diagnoses. */
    static SameDiffListener forgetful(Configuration configuration) {
        return new SameDiffListener(configuration, false);
    }

    /**
     * Returns the diagnosis, as of now, of the network that trained with this listener; of the first one if several did.
     *
     * @throws IllegalStateException if none did
     */
    public Diagnosis diagnosis() {
        List<Diagnosis> all = diagnoses();
        if (all.isEmpty()) {
            throw new IllegalStateException("no network was observed; call sameDiff.addListeners(listener) before"
                    + " sameDiff.fit(...), and not sameDiff.setListeners(...) after it");
        }
        return all.get(0);
    }

    /**
     * Notes a validation score, at the iteration that training has reached, of the network that began to train last.
     *
     * @throws IllegalStateException if none did
     */
    public synchronized void validation(double score) {
        if (seen.isEmpty()) {
            throw new IllegalStateException("no network was observed yet; validate after sameDiff.fit(...)");
        }
        seen.get(seen.size() - 1).validation(score);
    }

    /** Returns one diagnosis for each network that trained with this listener, in the order in which they began. */
    public List<Diagnosis> diagnoses() {
        List<Observation> observations;
        synchronized (this) {
            observations = List.copyOf(seen);
        }
        Judge judge = new Judge(configuration, List.of());
        return observations.stream().map(o -> judge.mark(o.diagnosis())).toList();
    }

    /** Wants to hear of training alone; inference and validation are nobody's gradient. */
    @Override
    public boolean isActive(Operation operation) {
        return operation == Operation.TRAINING;
    }

    @Override
    public void iterationStart(SameDiff sd, At at, MultiDataSet data, long etlTimeMs) {
        if (!configuration.flag(Setting.SKIP)) {
            current.put(at.javaThreadNum(), SameDiffEvents.begin(observing(sd), this, sd, data));
        }
    }

    @Override
    public void activationAvailable(
            SameDiff sd, At at, @Nullable MultiDataSet batch, SameDiffOp op, String varName, INDArray activation) {
        SameDiffEvents events = current.get(at.javaThreadNum());
        // Gradients that the user asks for outside of training come without a batch.
        if (events != null && batch != null && activation != null) {
            events.computed(sd, varName, activation);
        }
    }

    @Override
    public void preUpdate(SameDiff sd, At at, Variable v, INDArray update) {
        SameDiffEvents events = current.get(at.javaThreadNum());
        if (events != null) {
            events.update(v, update);
        }
    }

    @Override
    public void iterationDone(SameDiff sd, At at, MultiDataSet dataSet, Loss loss) {
        SameDiffEvents events = current.remove(at.javaThreadNum());
        if (events != null) {
            events.done(sd, at, loss);
        }
    }

    private synchronized Observation observing(SameDiff network) {
        Observation observation = ObservationScope.observing(network, configuration, false);
        if (remembers && !seen.contains(observation)) {
            seen.add(observation);
        }
        return observation;
    }
}
