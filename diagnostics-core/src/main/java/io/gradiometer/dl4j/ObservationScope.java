package io.gradiometer.dl4j;

import io.gradiometer.config.Configuration;
import io.gradiometer.config.ConfigurationException;
import io.gradiometer.detector.Detectors;
import java.util.ArrayList;
import java.util.List;
import org.apiguardian.api.API;
import org.deeplearning4j.nn.api.Model;
import org.jspecify.annotations.Nullable;

/**
 * Gathers the runs that belong together, those of one test for instance: every network that this thread, or a thread that it
 * starts, trains under observation between opening and closing, and every network that is watched explicitly.
 *
 * <p>Scopes nest; the innermost open one of a thread gathers.
 */
@API(status = API.Status.EXPERIMENTAL)
public final class ObservationScope implements AutoCloseable {

    private static final InheritableThreadLocal<@Nullable ObservationScope> CURRENT = new InheritableThreadLocal<>();

    private final Configuration configuration;
    private final @Nullable ObservationScope outer;
    private final List<Observation> observations = new ArrayList<>();
    private boolean closed;

    private ObservationScope(Configuration configuration, @Nullable ObservationScope outer) {
        this.configuration = configuration;
        this.outer = outer;
    }

    /**
     * Opens a scope on this thread.
     *
     * @throws ConfigurationException with every mistake in the configuration
     */
    public static ObservationScope open(Configuration configuration) {
        Detectors.check(configuration);
        ObservationScope scope = new ObservationScope(configuration, CURRENT.get());
        CURRENT.set(scope);
        return scope;
    }

    /** Attaches to a network; to one that already has a listener of ours only in name, for it is one run. */
    public Observation watch(Model model) {
        if (!Observations.canObserve(model)) {
            throw new IllegalArgumentException("a " + model.getClass().getName()
                    + " cannot be watched; watch the MultiLayerNetwork or ComputationGraph that it belongs to");
        }
        Observation observation = Observations.of(model, configuration);
        observation.meet(model);
        add(observation);
        if (!GradiometerListener.isOn(model)) {
            model.addListeners(new GradiometerListener(configuration));
        }
        return observation;
    }

    /** Returns the runs gathered up to now, in the order in which they were first seen. */
    public List<Observation> observations() {
        synchronized (observations) {
            return List.copyOf(observations);
        }
    }

    /** Ends gathering; runs that go on are no longer added. */
    @Override
    @SuppressWarnings("ReferenceEquality") // a scope is itself
    public void close() {
        synchronized (observations) {
            closed = true;
        }
        if (CURRENT.get() == this) {
            if (outer == null) {
                CURRENT.remove();
            } else {
                CURRENT.set(outer);
            }
        }
    }

    private void add(Observation observation) {
        synchronized (observations) {
            if (!closed && !observations.contains(observation)) {
                observations.add(observation);
            }
        }
    }

    /** Returns the run of a network that is being trained on this thread, and notes it in the thread's scope. */
    static Observation observing(Model model, Configuration fallback) {
        ObservationScope scope = CURRENT.get();
        Observation observation = Observations.of(model, scope == null ? fallback : scope.configuration);
        if (scope != null) {
            scope.add(observation);
        }
        return observation;
    }
}
