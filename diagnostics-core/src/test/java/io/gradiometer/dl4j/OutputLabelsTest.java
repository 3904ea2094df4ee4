package io.gradiometer.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.learning.config.Sgd;

class OutputLabelsTest {

    @Test
    void a_graph_has_the_constant_loss_that_a_network_of_layers_has() {
        ComputationGraph graph = Networks.graph(new Sgd(0.1));
        Steps ofGraph = new Steps(graph);
        MultiLayerNetwork network = Networks.small();
        Steps ofNetwork = new Steps(network);

        for (DataSet batch : Networks.batches(6)) {
            graph.fit(batch);
            network.fit(batch);
        }

        for (int i = 0; i < 6; i++) {
            assertThat(ofGraph.all.get(i).constantLoss())
                    .isCloseTo(Math.log(3), within(0.3))
                    .isEqualTo(ofNetwork.all.get(i).constantLoss());
            assertThat(ofGraph.all.get(i).data().labels())
                    .isEqualTo(ofNetwork.all.get(i).data().labels());
        }
    }
}
