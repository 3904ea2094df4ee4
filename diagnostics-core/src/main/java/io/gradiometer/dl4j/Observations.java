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

    private static final Map<Key, Observation> BY_MODEL = new HashMap<>();
    private static final ReferenceQueue<Model> GONE = new ReferenceQueue<>();

    private Observations() {}

    /** Compares networks by identity, and itself once its network is gone. */
    private static final class Key extends WeakReference<Model> {
        private final int hash;

        Key(Model model, @Nullable ReferenceQueue<Model> queue) {
            super(model, queue);
            hash = System.identityHashCode(model);
        }

        @Override
        @SuppressWarnings("ReferenceEquality") // identity is the point
        public boolean equals(@Nullable Object other) {
            Model mine = get();
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

    /** Returns the run of a network, a new one if it is seen for the first time. */
    static Observation of(Model model, Configuration configuration) {
        synchronized (BY_MODEL) {
            for (Object gone = GONE.poll(); gone != null; gone = GONE.poll()) {
                BY_MODEL.remove(gone);
            }
            return BY_MODEL.computeIfAbsent(new Key(model, GONE), key -> new Observation(configuration));
        }
    }
}
