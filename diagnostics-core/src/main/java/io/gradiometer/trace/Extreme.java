package io.gradiometer.trace;

import io.gradiometer.signal.Step;
import org.jspecify.annotations.Nullable;

/**
 * The one step so far in which something was largest.
 *
 * <p>Holds the step itself: it may change in every iteration, and nothing is to be encoded for that.
 */
final class Extreme {

    private final Size size;
    private double largest;
    private long index;
    private @Nullable Step step;

    /** What is to be largest; NaN where a step does not tell. */
    interface Size {
        double of(long index, Step step, double[] layers);
    }

    Extreme(Size size) {
        this.size = size;
    }

    /**
     * Looks at the next step.
     *
     * @param layers what {@link Measures#layers} says of it
     */
    void offer(long next, Step candidate, double[] layers) {
        double value = size.of(next, candidate, layers);
        if (!Double.isNaN(value) && (step == null || value > largest)) {
            largest = value;
            index = next;
            step = candidate;
        }
    }

    long index() {
        return index;
    }

    @Nullable
    Step step() {
        return step;
    }
}
