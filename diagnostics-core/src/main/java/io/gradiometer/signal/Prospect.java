package io.gradiometer.signal;

import java.util.List;
import org.apiguardian.api.API;

/**
 * What could be told of a network at its first iteration, before its parameters had moved.
 *
 * @param inputRms root mean square of the first batch's inputs, which the forecast goes by; where it cannot be used (nothing was
 *     read, or all of it is 0), inputs of 1 were taken
 * @param forecast how the signal will fare
 * @param smells what is odd in the configuration or the weights, in the order of the layers for each kind
 */
@API(status = API.Status.EXPERIMENTAL)
public record Prospect(double inputRms, Forecast forecast, List<Smell> smells) {

    /** Of a network that nothing was told of. */
    public static final Prospect UNKNOWN = new Prospect(Double.NaN, Forecast.UNKNOWN, List.of());

    public Prospect {
        smells = List.copyOf(smells);
    }

    /** Tells whether anything is known. */
    public boolean isKnown() {
        return !forecast.layers().isEmpty() || !smells.isEmpty();
    }
}
