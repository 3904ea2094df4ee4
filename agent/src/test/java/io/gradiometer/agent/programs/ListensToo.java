package io.gradiometer.agent.programs;

import io.gradiometer.dl4j.GradiometerListener;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/** Has a listener of ours on the network that the agent sees as well. */
public final class ListensToo {

    private ListensToo() {}

    public static void main(String[] args) {
        MultiLayerNetwork network = new MultiLayerNetwork(Samples.network(0.1));
        network.init();
        GradiometerListener listener = new GradiometerListener();
        network.setListeners(listener);
        network.fit(Samples.data(10));
        System.out.println("iterations " + listener.diagnosis().run().iterations());
    }
}
