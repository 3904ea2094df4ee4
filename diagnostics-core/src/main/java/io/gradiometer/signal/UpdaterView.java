package io.gradiometer.signal;

import org.apiguardian.api.API;

/**
 * How a layer turns gradients into steps.
 *
 * @param name for instance {@code Sgd} or {@code Adam}
 * @param learningRate at the start; NaN where the updater has none
 * @param adaptive whether steps are divided by the gradients' own size, so that small gradients still move weights
 * @param epsilon what an adaptive updater adds to that size; NaN where it has none
 * @param clipping the gradient normalisation, {@code None} if there is none
 * @param clippingThreshold its threshold, which only clipping modes read
 */
@API(status = API.Status.EXPERIMENTAL)
public record UpdaterView(
        String name, double learningRate, boolean adaptive, double epsilon, String clipping, double clippingThreshold) {

    /** An updater without clipping. */
    public static UpdaterView plain(String name, double learningRate) {
        return new UpdaterView(name, learningRate, false, Double.NaN, "None", 1.0);
    }

    public boolean clips() {
        return !clipping.equals("None");
    }
}
