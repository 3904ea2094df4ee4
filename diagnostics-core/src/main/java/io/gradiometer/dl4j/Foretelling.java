package io.gradiometer.dl4j;

import io.gradiometer.signal.Prospect;
import io.gradiometer.signal.TensorStats;
import org.deeplearning4j.nn.api.Model;
import org.jspecify.annotations.Nullable;

/**
 * What could be told of a network at its first gradient, before its parameters had moved.
 *
 * @param prospect nothing where telling failed
 * @param nanos what it took, once in a run
 * @param trouble what telling failed with; null where it did not
 */
record Foretelling(Prospect prospect, long nanos, @Nullable String trouble) {

    /** Of a kind of network that no formula speaks of. */
    static final Foretelling NONE = new Foretelling(Prospect.UNKNOWN, 0, null);

    /** Looks at a network; a failure of ours is told, and never stops what goes on. */
    static Foretelling of(Model model, TensorStats features) {
        long began = System.nanoTime();
        double inputRms = features.isRead() ? features.rms() : Double.NaN;
        try {
            boolean usable = Double.isFinite(inputRms) && inputRms > 0;
            Preflight preflight = Preflight.of(model, usable ? inputRms : 1);
            Prospect prospect = new Prospect(inputRms, preflight.forecast(), preflight.smells());
            return new Foretelling(prospect, System.nanoTime() - began, null);
        } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError e) {
            return new Foretelling(
                    Prospect.UNKNOWN,
                    System.nanoTime() - began,
                    "a forecast of this network: it broke with " + e + " (Gradiometer " + ToolVersion.get() + ")");
        }
    }
}
