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
    private long count;
    private double mean;
    private double squares;
    private int passes;

    /**
     * One pass.
     *
     * @param iterations that it had
     * @param mean of their finite losses
     * @param deviation of their finite losses
     */
    record Pass(long iterations, double mean, double deviation) {}

    void step(Step step) {
        if (step.epoch() != epoch) {
            finish();
            epoch = step.epoch();
            passes++;
        }
        double loss = step.loss();
        if (Double.isFinite(loss)) {
            count++;
            double before = mean;
            mean += (loss - mean) / count;
            squares += (loss - before) * (loss - mean);
        }
    }

    private void finish() {
        if (count > 0) {
            finished.add(current());
            if (finished.size() > MOST) {
                finished.remove(0);
            }
        }
        count = 0;
        mean = 0;
        squares = 0;
    }

    private Pass current() {
        return new Pass(count, mean, Math.sqrt(squares / count));
    }

    /** Returns how many passes were begun, as the network counts them. */
    int passes() {
        return passes;
    }

    /** Returns the last passes, an unfinished one at the end left out unless it is about as long as the others. */
    List<Pass> last() {
        List<Pass> all = new ArrayList<>(finished);
        if (count > 0 && (all.isEmpty() || 2 * count >= all.get(all.size() - 1).iterations())) {
            all.add(current());
        }
        return all;
    }
}
