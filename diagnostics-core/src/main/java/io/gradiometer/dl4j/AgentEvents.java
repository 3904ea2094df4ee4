package io.gradiometer.dl4j;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apiguardian.api.API;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.optimize.solvers.BaseOptimizer;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.listeners.Listener;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * What the agent's code inside Deeplearning4j calls: hands the events of every training loop to the network's
 * {@link Observation}, the very one that a listener would feed.
 *
 * <p>Like listeners, events run outside all workspaces, so that nothing of ours lands in the user's memory. They throw nothing,
 * but for {@link #endOfIteration}, which does where the user has asked for it.
 */
@API(status = API.Status.INTERNAL)
public final class AgentEvents {

    private AgentEvents() {}

    /** Hears of a forward pass of training; the activations are valid now only. */
    public static void forward(Model model, List<INDArray> activations) {
        feed(model, observation -> events(observation, model).forward(activations));
    }

    /** Hears of a forward pass of training; the activations are valid now only. */
    public static void forward(Model model, Map<String, INDArray> activations) {
        feed(model, observation -> events(observation, model).forward(activations));
    }

    /** Hears of the raw gradient, just before the updater turns it into the update. */
    public static void gradient(Model model) {
        feed(model, observation -> events(observation, model).gradient());
    }

    /** Hears that the parameters have been stepped; every listener has been told. */
    public static void done(Model model) {
        AgentKeeper keeper = AgentSeat.taken();
        if (keeper == null) {
            return;
        }
        feed(model, observation -> {
            int iteration = BaseOptimizer.getIterationCount(model);
            events(observation, model).done(iteration, BaseOptimizer.getEpochCount(model));
            keep(observation, model, keeper);
        });
    }

    private static ModelEvents events(Observation observation, Model model) {
        return new ModelEvents(observation, Observation.AGENT, model);
    }

    private static void keep(Observation observation, Object network, AgentKeeper keeper) {
        if (!ObservationScope.isOpenHere() && observation.becomesKept()) {
            keeper.keep(observation, network);
        }
    }

    /** Hears that the network's training loop has ended in an exception. */
    public static void failed(Object network) {
        feedNetwork(network, Observation::breakOff);
    }

    /** Hears that layers of a network are about to be pretrained one by one, in loops that know nothing of the network. */
    public static void pretrains(Model model) {
        AgentKeeper keeper = AgentSeat.taken();
        if (keeper == null) {
            return;
        }
        feed(model, observation -> {
            observation.meet(model);
            observation.note(
                    "pretraining",
                    "layer-wise pretraining: what the network does as a whole is observed, not what its layers do one by"
                            + " one");
            keep(observation, model, keeper);
        });
    }

    /**
     * Hears that a {@code SameDiff} network is about to be fitted.
     *
     * @param listeners of this call of {@code fit}
     * @return them, and what observes for us
     */
    public static List<Listener> listeners(SameDiff network, List<Listener> listeners) {
        AgentKeeper keeper = AgentSeat.taken();
        if (keeper == null) {
            return listeners;
        }
        try {
            Observation observation = ObservationScope.observedByAgent(network, keeper);
            if (observation == null) {
                return listeners;
            }
            keep(observation, network, keeper);
            List<Listener> all = SameDiffAttacher.with(network, listeners);
            return keeper.failsFast() ? withFailFast(network, all) : all;
        } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError e) {
            keeper.trouble(e);
            return listeners;
        }
    }

    private static List<Listener> withFailFast(SameDiff network, List<Listener> listeners) {
        List<Listener> all = new ArrayList<>(listeners);
        all.add(new SameDiffFailFast(network));
        return all;
    }

    /**
     * Ends an iteration.
     *
     * @throws TrainingFailedException where the agent is told to fail fast and the run has an error
     */
    public static void endOfIteration(Model model) {
        if (Observations.canObserve(model)) {
            stopIfFailed(model);
        }
    }

    static void stopIfFailed(Object network) {
        TrainingFailedException failure = failure(network);
        if (failure != null) {
            throw failure;
        }
    }

    private static @Nullable TrainingFailedException failure(Object network) {
        AgentKeeper keeper = AgentSeat.taken();
        if (keeper == null || !keeper.failsFast()) {
            return null;
        }
        try {
            Observation observation = Observations.known(network);
            return observation == null ? null : observation.failure();
        } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError e) {
            keeper.trouble(e);
            return null;
        }
    }

    /** One event of one run. */
    private interface Event {
        void reach(Observation observation);
    }

    private static void feed(Model model, Event event) {
        if (Observations.canObserve(model)) {
            feedNetwork(model, event);
        }
    }

    @SuppressWarnings("try") // closing is all that is wanted of it
    private static void feedNetwork(Object network, Event event) {
        AgentKeeper keeper = AgentSeat.taken();
        if (keeper == null) {
            return;
        }
        try (MemoryWorkspace none = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
            Observation observation = ObservationScope.observedByAgent(network, keeper);
            if (observation != null) {
                event.reach(observation);
            }
        } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError e) {
            keeper.trouble(e);
        }
    }
}
