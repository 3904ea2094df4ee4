package io.gradiometer.signal;

import java.util.List;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * One layer as its configuration describes it.
 *
 * @param name the user's name, or the type and index where the user gave none
 * @param type for instance {@code DenseLayer}
 * @param activation for instance {@code relu}; null where the layer has none
 * @param initialization for instance {@code XAVIER}; null where the layer has none
 * @param updater how it learns
 * @param frozen whether it is kept from learning
 * @param loss the loss function of an output layer; null for every other layer
 * @param fanIn signals that meet in one unit, 0 where the layer has no weights
 * @param fanOut signals that leave for one input, 0 where the layer has no weights
 * @param dropouts what it leaves to chance while it trains; empty for most
 * @param parameters in the order of the flat parameter buffer; empty for layers without
 */
@API(status = API.Status.EXPERIMENTAL)
public record LayerView(
        String name,
        String type,
        @Nullable String activation,
        @Nullable String initialization,
        UpdaterView updater,
        boolean frozen,
        @Nullable String loss,
        long fanIn,
        long fanOut,
        List<DropoutView> dropouts,
        List<ParameterView> parameters) {

    public LayerView {
        dropouts = List.copyOf(dropouts);
        parameters = List.copyOf(parameters);
    }

    /** A layer that leaves nothing to chance. */
    public LayerView(
            String name,
            String type,
            @Nullable String activation,
            @Nullable String initialization,
            UpdaterView updater,
            boolean frozen,
            @Nullable String loss,
            long fanIn,
            long fanOut,
            List<ParameterView> parameters) {
        this(name, type, activation, initialization, updater, frozen, loss, fanIn, fanOut, List.of(), parameters);
    }

    public boolean isOutput() {
        return loss != null;
    }

    /** Tells whether training can change anything here. */
    public boolean learns() {
        return !frozen && parameters.stream().anyMatch(p -> p.role().descends());
    }

    /** Returns the standard deviation that Glorot and Bengio (2010) ask of this layer's weights, 0 where it has none. */
    public double glorotScale() {
        return fanIn + fanOut == 0 ? 0 : Math.sqrt(2.0 / (fanIn + fanOut));
    }
}
