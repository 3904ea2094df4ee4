package io.gradiometer.dl4j;

import io.gradiometer.config.Configuration;
import io.gradiometer.config.ConfigurationException;
import io.gradiometer.detector.Detectors;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.apiguardian.api.API;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.SameDiff;

/**
 * Gathers the runs that belong together, those of one test for instance: every network that this thread, or a thread that it
 * starts, trains under observation between opening and closing, and every network that is watched explicitly. Threads of an
 * older pool count while a single scope is open.
 *
 * <p>Scopes nest; the innermost open one of a thread gathers.
 */
@API(status = API.Status.EXPERIMENTAL)
public final class ObservationScope implements AutoCloseable {

    private static final InheritableThreadLocal<@Nullable ObservationScope> CURRENT = new InheritableThreadLocal<>();

    private static final Set<ObservationScope> OPEN = ConcurrentHashMap.newKeySet();

    private final Configuration configuration;
    private final Consumer<Observation> newcomers;
    private final @Nullable ObservationScope outer;
    private final List<Observation> observations = new ArrayList<>();
    private volatile boolean closed;

    private ObservationScope(
            Configuration configuration, Consumer<Observation> newcomers, @Nullable ObservationScope outer) {
        this.configuration = configuration;
        this.newcomers = newcomers;
        this.outer = outer;
    }

    /**
     * Opens a scope on this thread.
     *
     * @throws ConfigurationException with every mistake in the configuration
     */
    public static ObservationScope open(Configuration configuration) {
        return open(configuration, newcomer -> {});
    }

    /**
     * Opens a scope on this thread.
     *
     * @param newcomers told of every run when it is gathered, before its first step, on the thread that trains
     * @throws ConfigurationException with every mistake in the configuration
     */
    public static ObservationScope open(Configuration configuration, Consumer<Observation> newcomers) {
        Detectors.check(configuration);
        ObservationScope scope = new ObservationScope(configuration, newcomers, CURRENT.get());
        CURRENT.set(scope);
        OPEN.add(scope);
        return scope;
    }

    /** Attaches to a network; to one that already has a listener of ours only in name, for it is one run. */
    public Observation watch(Model model) {
        if (!Observations.canObserve(model)) {
            throw new IllegalArgumentException("a " + model.getClass().getName()
                    + " cannot be watched; watch the MultiLayerNetwork or ComputationGraph that it belongs to");
        }
        Observation observation = met(model);
        if (!GradiometerListener.isOn(model)) {
            attach(model, new GradiometerListener(configuration));
        }
        return observation;
    }

    /** Attaches to a network; to one that already has a listener of ours only in name, for it is one run. */
    public Observation watch(SameDiff network) {
        Observation observation = met(network);
        if (!SameDiffAttacher.isAmong(network.getListeners())) {
            network.addListeners(new SameDiffListener(configuration));
        }
        return observation;
    }

    private Observation met(Object network) {
        Observation observation = Observations.of(network, configuration);
        observation.meet(network);
        add(observation);
        return observation;
    }

    private static void attach(Model model, GradiometerListener listener) {
        if (model instanceof ComputationGraph graph && graph.getVertices() == null) {
            // addListeners would initialise the graph, and the user's own init(parameters, …) would then do nothing.
            graph.getListeners().add(listener);
        } else {
            model.addListeners(listener);
        }
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
        closed = true;
        OPEN.remove(this);
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
            if (observations.contains(observation)) {
                return;
            }
            observations.add(observation);
        }
        newcomers.accept(observation);
    }

    /**
     * Returns the scope of this thread: the innermost that is open. Threads of a pool that is older than the test belong to none;
     * where a single scope is open, they can only be working for that one.
     */
    private static @Nullable ObservationScope current() {
        if (OwnThread.isCurrent()) {
            // What trains there is nobody's run.
            return null;
        }
        ObservationScope scope = CURRENT.get();
        while (scope != null && scope.closed) {
            scope = scope.outer;
        }
        if (scope == null && OPEN.size() == 1) {
            return OPEN.stream().findFirst().orElse(null);
        }
        return scope;
    }

    /** Tells whether runs of this thread are gathered. */
    static boolean isOpenHere() {
        return current() != null;
    }

    /** Returns the run of a network that the agent sees training on this thread; null where the agent is to leave it out. */
    static @Nullable Observation observedByAgent(Object model, AgentKeeper agent) {
        if (OwnThread.isCurrent()) {
            return null;
        }
        ObservationScope scope = current();
        Observation observation = Observations.known(model);
        if (observation == null) {
            Configuration built = model instanceof Model network ? GradiometerListener.builtSettingsOn(network) : null;
            Configuration settings = scope == null ? agent.configuration() : scope.configuration;
            observation = Observations.of(model, built == null ? settings : built);
        }
        if (!observation.isFedByAgent(model, agent)) {
            return null;
        }
        if (scope != null) {
            scope.add(observation);
        }
        return observation;
    }

    /**
     * Returns the run of a network that is being trained on this thread, and notes it in the thread's scope.
     *
     * @param settings of the listener; those of the scope count unless {@code explicit}
     */
    static Observation observing(Object network, Configuration settings, boolean explicit) {
        ObservationScope scope = current();
        Observation observation = Observations.of(network, scope == null || explicit ? settings : scope.configuration);
        if (scope != null) {
            scope.add(observation);
        }
        return observation;
    }
}
