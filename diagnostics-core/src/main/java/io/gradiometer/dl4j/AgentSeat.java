package io.gradiometer.dl4j;

import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * Where the agent sits while it observes this JVM.
 *
 * <p>Knows no class of Deeplearning4j: it is taken while the first of them is being loaded, and whatever was loaded along with
 * it at that moment would escape the agent.
 */
@API(status = API.Status.INTERNAL)
public final class AgentSeat {

    private static volatile @Nullable AgentKeeper keeper;

    private AgentSeat() {}

    /** Takes the seat. */
    public static void take(AgentKeeper agent) {
        keeper = agent;
    }

    /** Ends observing. */
    public static void leave() {
        keeper = null;
    }

    static @Nullable AgentKeeper taken() {
        return keeper;
    }
}
