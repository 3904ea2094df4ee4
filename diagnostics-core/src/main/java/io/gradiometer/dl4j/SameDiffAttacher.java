package io.gradiometer.dl4j;

import io.gradiometer.config.Configuration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.listeners.Listener;
import org.nd4j.autodiff.samediff.SameDiff;

/** Puts a listener of ours beside those that the user hands to one call of {@code fit}. */
@API(status = API.Status.EXPERIMENTAL)
public final class SameDiffAttacher {

    /** One for all networks: {@code fit} is often called for every batch, and settings are files. */
    private static @Nullable SameDiffListener shared;

    private SameDiffAttacher() {}

    /**
     * Returns the user's listeners, and one of ours unless there is one already, here or on the network.
     *
     * @param network that is about to train
     * @param listeners of this call of {@code fit}; left as they are
     * @throws io.gradiometer.config.ConfigurationException with every mistake in the settings of this JVM
     */
    public static List<Listener> with(SameDiff network, List<Listener> listeners) {
        if (isAmong(listeners) || isAmong(network.getListeners())) {
            return listeners;
        }
        List<Listener> all = new ArrayList<>(listeners);
        all.add(shared());
        return all;
    }

    private static synchronized SameDiffListener shared() {
        SameDiffListener current = shared;
        if (current == null) {
            current = SameDiffListener.forgetful(Configuration.ofThisJvm());
            shared = current;
        }
        return current;
    }

    static boolean isAmong(Collection<? extends Listener> listeners) {
        return listeners.stream().anyMatch(SameDiffListener.class::isInstance);
    }
}
