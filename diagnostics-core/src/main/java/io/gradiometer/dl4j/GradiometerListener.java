package io.gradiometer.dl4j;

import io.gradiometer.config.Configuration;
import io.gradiometer.config.Judge;
import io.gradiometer.config.Setting;
import io.gradiometer.detector.Detectors;
import io.gradiometer.finding.Diagnosis;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apiguardian.api.API;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Observes the networks that it is put on, and diagnoses them.
 *
 * <pre>{@code
 * GradiometerListener listener = new GradiometerListener();
 * network.addListeners(listener);
 * network.fit(data);
 * Diagnosis diagnosis = listener.diagnosis();
 * }</pre>
 *
 * <p><strong>Contract.</strong> Changes nothing that the program can read, throws nothing into the training loop, and may be
 * shared by networks and threads. Twice on one network counts once. Serialisable: a copy starts empty.
 */
@API(status = API.Status.EXPERIMENTAL)
public final class GradiometerListener extends BaseTrainingListener implements Serializable {

    private static final long serialVersionUID = 1;
    private static final String BUILDER = "GradiometerListener.builder()";

    /** What the builder was told; kept when the listener travels to another machine. */
    private final HashMap<String, String> settings;

    private transient @Nullable Configuration configuration;
    private transient List<Observation> seen;

    /**
     * Observes with the settings of this JVM: system properties and {@code gradiometer.properties}.
     *
     * @throws io.gradiometer.config.ConfigurationException with every mistake in them
     */
    public GradiometerListener() {
        this(Configuration.ofThisJvm());
    }

    GradiometerListener(Configuration configuration) {
        this(configuration, Map.of());
    }

    private GradiometerListener(Configuration configuration, Map<String, String> settings) {
        Detectors.check(configuration);
        this.settings = new HashMap<>(settings);
        this.configuration = configuration;
        this.seen = new ArrayList<>();
    }

    /** Starts a listener with settings of its own. */
    public static Builder builder() {
        return new Builder();
    }

    /** Settings in code; they come before system properties and the file. */
    public static final class Builder {
        private final Map<String, String> settings = new HashMap<>();

        private Builder() {}

        /** Sets a setting by its full key, {@code gradiometer.limit.vanishing-gradient.decades} for instance. */
        public Builder set(String key, String value) {
            settings.put(key, value);
            return this;
        }

        /**
         * Builds the listener.
         *
         * @throws io.gradiometer.config.ConfigurationException with every mistake in the settings
         */
        public GradiometerListener build() {
            return new GradiometerListener(
                    Configuration.of(
                            new Configuration.Source(BUILDER, settings),
                            Configuration.Source.systemProperties(),
                            Configuration.Source.fileOfThisThread()),
                    settings);
        }
    }

    /**
     * Returns the diagnosis, as of now, of the network that trained with this listener; of the first one if several did.
     *
     * @throws IllegalStateException if none did
     */
    public Diagnosis diagnosis() {
        List<Diagnosis> all = diagnoses();
        if (all.isEmpty()) {
            throw new IllegalStateException(
                    "no network was observed; call model.addListeners(listener) before model.fit(...),"
                            + " and not model.setListeners(...) after it"
                            + " (on a network without parameters, fit does nothing)");
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
            throw new IllegalStateException("no network was observed yet; validate after model.fit(...)");
        }
        seen.get(seen.size() - 1).validation(score);
    }

    /** Returns one diagnosis for each network that trained with this listener, in the order in which they began. */
    public List<Diagnosis> diagnoses() {
        List<Observation> observations;
        synchronized (this) {
            observations = List.copyOf(seen);
        }
        Judge judge = new Judge(settings(), List.of());
        return observations.stream().map(o -> judge.mark(o.diagnosis())).toList();
    }

    @Override
    public void onForwardPass(Model model, List<INDArray> activations) {
        if (observes(model)) {
            observing(model).forward(activations);
        }
    }

    @Override
    public void onForwardPass(Model model, Map<String, INDArray> activations) {
        if (observes(model)) {
            observing(model).forward(activations);
        }
    }

    @Override
    public void onGradientCalculation(Model model) {
        if (observes(model)) {
            observing(model).gradient();
        }
    }

    @Override
    public void iterationDone(Model model, int iteration, int epoch) {
        if (observes(model)) {
            observing(model).done(iteration, epoch);
        }
    }

    private boolean observes(Model model) {
        return Observations.canObserve(model) && !settings().flag(Setting.SKIP);
    }

    private ModelEvents observing(Model model) {
        synchronized (this) {
            Observation observation = ObservationScope.observing(model, settings(), !settings.isEmpty());
            if (!seen.contains(observation)) {
                seen.add(observation);
            }
            return new ModelEvents(observation, this, model);
        }
    }

    private synchronized Configuration settings() {
        Configuration current = configuration;
        if (current == null) {
            // A copy on another machine: what is set there must not stop its training, so only what it brought along
            // counts.
            current = Configuration.of(new Configuration.Source(BUILDER, settings));
            configuration = current;
        }
        return current;
    }

    private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
        in.defaultReadObject();
        seen = new ArrayList<>();
    }

    static boolean isOn(Model model) {
        return on(model) != null;
    }

    /** Returns the settings that a listener on the network was built with; null where none was, or without any. */
    static @Nullable Configuration builtSettingsOn(Model model) {
        GradiometerListener listener = on(model);
        return listener == null || listener.settings.isEmpty() ? null : listener.settings();
    }

    private static @Nullable GradiometerListener on(Model model) {
        Iterable<TrainingListener> listeners = model instanceof ComputationGraph graph
                ? graph.getListeners()
                : ((MultiLayerNetwork) model).getListeners();
        if (listeners != null) {
            for (TrainingListener listener : listeners) {
                if (listener instanceof GradiometerListener ours) {
                    return ours;
                }
            }
        }
        return null;
    }
}
