package io.gradiometer.dl4j;

import io.gradiometer.signal.Forecast;
import io.gradiometer.signal.Smell;
import java.util.ArrayList;
import java.util.List;
import org.apiguardian.api.API;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/**
 * What can be told of a network before it has seen any data.
 *
 * <p>Smells are odd, not yet harmful: whether they hurt, only training shows. Reads the network and changes nothing, neither
 * parameters nor random state nor workspaces.
 *
 * @param forecast how the signal will fare
 * @param smells what is odd in the configuration or the weights, in the order of the layers for each kind
 */
@API(status = API.Status.EXPERIMENTAL)
public record Preflight(Forecast forecast, List<Smell> smells) {

    /** Nothing known, as of networks of other kinds. */
    public static final Preflight UNKNOWN = new Preflight(Forecast.UNKNOWN, List.of());

    public Preflight {
        smells = List.copyOf(smells);
    }

    /** Examines a network with standardised inputs: the weights it has, or those it would draw if it is not initialised. */
    public static Preflight of(Model model) {
        return of(model, 1);
    }

    /**
     * Examines a network.
     *
     * @param inputRms root mean square of its inputs
     */
    public static Preflight of(Model model, double inputRms) {
        if (!isRead(model)) {
            return UNKNOWN;
        }
        Wiring wiring = Wiring.of(model);
        var parameters = Wiring.parameters(model, wiring);
        WeightSource weights =
                parameters.isEmpty() ? WeightSource.ofConfiguration() : WeightSource.ofWeights(parameters);
        return examine(wiring, weights, inputRms);
    }

    /** Examines a network as its configuration would draw it, whatever weights it has. */
    public static Preflight ofConfiguration(Model model) {
        return isRead(model) ? examine(Wiring.of(model), WeightSource.ofConfiguration(), 1) : UNKNOWN;
    }

    private static boolean isRead(Model model) {
        return model instanceof MultiLayerNetwork || model instanceof ComputationGraph;
    }

    private static Preflight examine(Wiring wiring, WeightSource weights, double inputRms) {
        Forecast forecast = MeanField.forecast(wiring, weights, inputRms * inputRms);
        List<Smell> smells = new ArrayList<>();
        smells.addAll(new InitialSmells(wiring, weights).find());
        smells.addAll(new DepthSmells(wiring).find(forecast));
        smells.addAll(new HeadSmells(wiring).find());
        smells.addAll(new UpdaterSmells(wiring).find());
        smells.addAll(new StackSmells(wiring).find());
        return new Preflight(forecast, smells);
    }
}
