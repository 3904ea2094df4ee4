package io.gradiometer.dl4j;

import io.gradiometer.config.Configuration;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.HashMap;
import java.util.Map;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.jspecify.annotations.Nullable;

/**
 * Every network that is observed in this JVM, so that several attachers on one network share one run.
 *
 * <p>Networks are told apart by identity (two networks with equal parameters are equal to each other) and held weakly.
 */
final class Observations {

    private static final Map<Key, Observation> BY_NETWORK = new HashMap<>();
    private static final ReferenceQueue<Object> GONE = new ReferenceQueue<>();

    private Observations() {}

    /** Compares networks by identity, and itself once its network is gone. */
    private static final class Key extends WeakReference<Object> {
        private final int hash;

        Key(Object network, @Nullable ReferenceQueue<Object> queue) {
            super(network, queue);
            hash = System.identityHashCode(network);
        }

        @Override
        @SuppressWarnings("ReferenceEquality") // identity is the point
        public boolean equals(@Nullable Object other) {
            Object mine = get();
            return this == other || (other instanceof Key key && mine != null && mine == key.get());
        }

        @Override
        public int hashCode() {
            return hash;
        }
    }

    /** Tells whether the probe knows how to read such a network. */
    static boolean canObserve(Model model) {
        return model instanceof MultiLayerNetwork || model instanceof ComputationGraph;
    }

    /** Returns the run of a network; null if it has never been seen. */
    static @Nullable Observation known(Object network) {
        synchronized (BY_NETWORK) {
            return BY_NETWORK.get(new Key(network, null));
        }
    }

    /** Returns the run of a network, a new one if it is seen for the first time. */
    static Observation of(Object network, Configuration configuration) {
        synchronized (BY_NETWORK) {
            for (Object gone = GONE.poll(); gone != null; gone = GONE.poll()) {
                BY_NETWORK.remove(gone);
            }
            return BY_NETWORK.computeIfAbsent(new Key(network, GONE), key -> new Observation(configuration));
        }
    }
}
