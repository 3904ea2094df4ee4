package io.gradiometer;

import io.gradiometer.signal.ModelView;
import io.gradiometer.signal.TensorStats;

/**
 * Where tests begin to say what happened to a network.
 *
 * <pre>{@code
 * Run run = aRun(aNetwork().dense("dense_0", 10, 10, "sigmoid").output("out", 10, 3, "mcxent"))
 *         .steps(50)
 *         .from(20, step -> step.gradientRms("dense_0", 1e6).updateRatio("dense_0", 0.5))
 *         .build();
 * }</pre>
 *
 * <p>Whatever a test leaves unsaid is healthy: the loss falls, gradients are as large in every layer, steps are a
 * thousandth of the weights.
 */
public final class Runs {

    private Runs() {}

    /** Starts a network without layers, trained by {@code Sgd} at 0.01 without clipping. */
    public static NetworkBuilder aNetwork() {
        return new NetworkBuilder();
    }

    /** Starts a run of a small network: {@code dense_0}, {@code dense_1} (10 units each, tanh), {@code out} (3 classes). */
    public static RunBuilder aRun() {
        return aRun(aNetwork()
                .dense("dense_0", 10, 10, "tanh")
                .dense("dense_1", 10, 10, "tanh")
                .output("out", 10, 3, "mcxent"));
    }

    /** Starts a run of the network. */
    public static RunBuilder aRun(NetworkBuilder network) {
        return new RunBuilder(network.build());
    }

    /** Starts a healthy step of a network. */
    public static StepBuilder aStep(ModelView model, int iteration) {
        return new StepBuilder(model, iteration);
    }

    /** A tensor with this root mean square; one of 0 is all zeros, one that is NaN or infinite holds nothing finite. */
    public static TensorStats tensor(long length, double rms) {
        if (!Double.isFinite(rms)) {
            return new TensorStats(length, 0, 0, 0, 0, length);
        }
        double largest = rms * Math.min(3, Math.sqrt(length));
        return new TensorStats(length, 0.8 * rms * length, rms * Math.sqrt(length), largest, rms == 0 ? length : 0, 0);
    }
}
