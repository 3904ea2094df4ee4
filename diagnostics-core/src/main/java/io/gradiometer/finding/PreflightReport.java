package io.gradiometer.finding;

import io.gradiometer.signal.Smell;
import java.util.List;
import org.apiguardian.api.API;

/**
 * What was told of a network before it trained, beside what its first steps then measured.
 *
 * <p>Smells are no findings and count for nothing: an odd number in a network that learns is only odd.
 *
 * @param inputRms root mean square of the first batch's inputs; NaN where it was not read
 * @param labelRms root mean square of the first batch's labels; NaN where it was not read
 * @param skill of the network before its first step; NaN where it is not known
 * @param layers in the order of the network's layers
 * @param smells what is odd in the configuration or the weights
 */
@API(status = API.Status.EXPERIMENTAL)
public record PreflightReport(
        double inputRms, double labelRms, double skill, List<OfLayer> layers, List<Smell> smells) {

    /** Of a run before which nothing was told. */
    public static final PreflightReport NONE =
            new PreflightReport(Double.NaN, Double.NaN, Double.NaN, List.of(), List.of());

    public PreflightReport {
        layers = List.copyOf(layers);
        smells = List.copyOf(smells);
    }

    /**
     * One layer.
     *
     * @param name of the layer
     * @param output root mean square of what it gives
     * @param signalDecades log10 of the norm of the back-propagated signal at its pre-activations, relative to the output layer's
     */
    public record OfLayer(String name, Pair output, Pair signalDecades) {}

    /**
     * A number foretold and measured.
     *
     * @param foretold from configuration and initial weights; NaN where no formula fits
     * @param measured median over the first steps; NaN where it was not measured
     */
    public record Pair(double foretold, double measured) {

        /** Tells whether there is anything to compare. */
        public boolean isWhole() {
            return Double.isFinite(foretold) && Double.isFinite(measured);
        }
    }

    /** Tells whether anything was told. */
    public boolean isKnown() {
        return !layers.isEmpty() || !smells.isEmpty();
    }
}
