package io.gradiometer.signal;

import java.util.List;
import java.util.stream.DoubleStream;
import org.apiguardian.api.API;

/**
 * What mean-field theory foretells of a network before it has seen any data: how large each layer's output will be, and how much
 * of the error will come back to it.
 *
 * <p>Every number is the root of a mean of squares over random weights, for standardised inputs that are independent of each
 * other: of dense layers in a row, as wide as they are; elsewhere in the limit of large widths. One network of modest width scatters
 * around it.
 *
 * @param layers in the order of {@link ModelView#layers()}
 */
@API(status = API.Status.EXPERIMENTAL)
public record Forecast(List<OfLayer> layers) {

    /** A forecast for a network of which no formula speaks. */
    public static final Forecast UNKNOWN = new Forecast(List.of());

    public Forecast {
        layers = List.copyOf(layers);
    }

    /**
     * The forecast for one layer.
     *
     * @param name of the layer
     * @param outputRms root mean square of what the layer gives; NaN where no formula fits
     * @param signalDecades log10 of the norm of the back-propagated signal at the layer's pre-activations (at its output where it
     *     applies no activation), relative to the output layer's, as {@link LayerStep#signal()} measures it; NaN where no formula
     *     fits or the size of an image is not known
     * @param unitSignalDecades the same for the root mean square over units and positions, which needs no size
     */
    public record OfLayer(String name, double outputRms, double signalDecades, double unitSignalDecades) {}

    /** Returns by how many powers of ten the signal grows from the output to the first layer: below 0 it is lost. */
    public double totalDecades() {
        return decades().findFirst().orElse(Double.NaN);
    }

    /** Returns the lowest the signal falls anywhere, relative to the output, in powers of ten. */
    public double lowestDecades() {
        return decades().min().orElse(Double.NaN);
    }

    /** Returns the highest the signal rises anywhere, relative to the output, in powers of ten. */
    public double highestDecades() {
        return decades().max().orElse(Double.NaN);
    }

    /** By norm, unless the norm is unknown somewhere where the mean square is not. */
    private DoubleStream decades() {
        boolean sized = layers.stream()
                .allMatch(layer -> Double.isNaN(layer.unitSignalDecades) || !Double.isNaN(layer.signalDecades));
        return layers.stream()
                .mapToDouble(layer -> sized ? layer.signalDecades : layer.unitSignalDecades)
                .filter(decades -> !Double.isNaN(decades));
    }
}
