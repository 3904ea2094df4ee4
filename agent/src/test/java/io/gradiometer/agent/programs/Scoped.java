package io.gradiometer.agent.programs;

import io.gradiometer.config.Configuration;
import io.gradiometer.dl4j.Observation;
import io.gradiometer.dl4j.ObservationScope;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/** Gathers what it trains, as the test extension does. */
public final class Scoped {

    private Scoped() {}

    public static void main(String[] args) {
        MultiLayerNetwork network = new MultiLayerNetwork(Samples.network(0.1));
        network.init();
        try (ObservationScope scope = ObservationScope.open(Configuration.of())) {
            network.fit(Samples.data(10));
            for (Observation observation : scope.observations()) {
                System.out.println("gathered " + observation.iterations());
            }
        }
    }
}
