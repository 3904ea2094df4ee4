package io.gradiometer.detector;

import io.gradiometer.signal.Step;
import java.util.ArrayList;
import java.util.List;

/**
 * Mean losses of whole passes over the data, the last ones of the run.
 *
 * <p>Every pass holds the same examples, so what differs between two of them is what the network learned or forgot; the luck of
 * a minibatch cancels.
 */
final class Passes {

    private static final int MOST = 128;

    private final List<Pass> finished = new ArrayList<>();
    private int epoch = Integer.MIN_VALUE;
    private long iterations;
    private long examples;
    private double sum;
    private int passes;

    /**
     * One pass.
     *
     * @param iterations whose loss was finite
     * @param mean loss of an example, over those whose loss is finite
     */
    record Pass(long iterations, double mean) {}

    void step(Step step) {
        if (step.epoch() != epoch) {
            finish();
            epoch = step.epoch();
            passes++;
        }
        if (Double.isFinite(step.loss())) {
            iterations++;
            // By examples, not by batches: the last batch of a pass is often smaller.
            examples += step.examples();
            sum += step.loss() * step.examples();
        }
    }

    private void finish() {
        if (examples > 0) {
            finished.add(current());
            if (finished.size() > MOST) {
                finished.remove(0);
            }
        }
        iterations = 0;
        examples = 0;
        sum = 0;
    }

    private Pass current() {
        return new Pass(iterations, sum / examples);
    }

    /** Returns how many passes were begun, as the network counts them. */
    int passes() {
        return passes;
    }

    /** Returns the last passes, an unfinished one at the end left out unless it is about as long as the others. */
    List<Pass> last() {
        List<Pass> all = new ArrayList<>(finished);
        if (examples > 0
                && (all.isEmpty() || 2 * iterations >= all.get(all.size() - 1).iterations())) {
            all.add(current());
        }
        return all;
    }
}
