package io.gradiometer.dl4j;

import io.gradiometer.config.Configuration;
import org.apiguardian.api.API;

/**
 * Decides for the agent which networks are observed, and keeps what was.
 *
 * <p>Called on threads that train; must neither throw nor take long.
 */
@API(status = API.Status.INTERNAL)
public interface AgentKeeper {

    /** Returns the settings of runs that no test extension and no listener has settings for. */
    Configuration configuration();

    /**
     * Tells whether a network is to be observed.
     *
     * @param modelClass its class
     * @param callerClass the user's class that trains it; empty where that could not be told
     */
    boolean wants(String modelClass, String callerClass);

    /** Takes a run that has just ended its first iteration and that no test extension gathers. */
    void keep(Observation observation, Object model);

    /** Tells whether a run with an error is to be stopped by an exception. */
    boolean failsFast();

    /** Hears of a fault of ours that no diagnosis could be told of. */
    void trouble(Throwable fault);
}
