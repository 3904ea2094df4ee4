package io.gradiometer.dl4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradiometer.signal.Yardstick;
import java.util.Random;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** The yardstick of networks that really train. */
class OutputSamplesTest {

    private static void expectTwentyBatchesFiveTimes(Yardstick yardstick) {
        assertThat(yardstick.rows()).isEqualTo(320);
        assertThat(yardstick.linear()).isBetween(0.8, 1.0);
        assertThat(yardstick.examplesPerRow()).isEqualTo(5);
        assertThat(yardstick.contradictory()).isFalse();
    }

    @Test
    void of_a_network_of_layers_in_a_row() {
        MultiLayerNetwork network = Networks.small();
        Steps steps = new Steps(network);

        network.fit(new ListDataSetIterator<>(Networks.batches(20), 16), 5);

        expectTwentyBatchesFiveTimes(steps.probe.yardstick());
    }

    @Test
    void of_a_graph() {
        ComputationGraph graph = Networks.graph(new Sgd(0.1));
        Steps steps = new Steps(graph);

        graph.fit(new ListDataSetIterator<>(Networks.batches(20), 16), 5);

        expectTwentyBatchesFiveTimes(steps.probe.yardstick());
    }

    @Test
    void does_not_depend_on_what_the_network_makes_of_the_data() {
        MultiLayerNetwork standing = Networks.small(new Sgd(0));
        Steps steps = new Steps(standing);

        standing.fit(new ListDataSetIterator<>(Networks.batches(20), 16), 5);

        expectTwentyBatchesFiveTimes(steps.probe.yardstick());
    }

    @Test
    void of_a_recurrent_network_that_is_trained_in_pieces() {
        MultiLayerNetwork network = Networks.network(Networks.base(new Sgd(0.1))
                .list()
                .layer(new LSTM.Builder().nOut(4).build())
                .layer(new RnnOutputLayer.Builder(LossFunction.MSE)
                        .activation(Activation.IDENTITY)
                        .nOut(1)
                        .build())
                .setInputType(InputType.recurrent(2))
                .backpropType(org.deeplearning4j.nn.conf.BackpropType.TruncatedBPTT)
                .tBPTTLength(4)
                .build());
        Steps steps = new Steps(network);
        Random random = new Random(3);
        INDArray features = Nd4j.create(16, 2, 10);
        INDArray labels = Nd4j.create(16, 1, 10);
        for (int example = 0; example < 16; example++) {
            for (int step = 0; step < 10; step++) {
                double value = random.nextGaussian();
                features.putScalar(new int[] {example, 0, step}, value);
                labels.putScalar(new int[] {example, 0, step}, 3 * value);
            }
        }

        for (int i = 0; i < 3; i++) {
            network.fit(new DataSet(features, labels));
        }

        Yardstick yardstick = steps.probe.yardstick();
        assertThat(yardstick.rows()).isEqualTo(160);
        assertThat(yardstick.linear()).isGreaterThan(0.99);
        assertThat(yardstick.examplesPerRow()).isEqualTo(3);
    }

    @Test
    void is_unknown_of_a_network_without_output_layer() {
        MultiLayerNetwork network = Networks.network(Networks.base(new Sgd(0.1))
                .list()
                .layer(new DenseLayer.Builder().nIn(3).nOut(2).build()));

        assertThat(new Probe(network, false).yardstick()).isEqualTo(Yardstick.UNKNOWN);
    }

    @Test
    void is_unknown_where_labels_are_masked() {
        MultiLayerNetwork network = Networks.small();
        Steps steps = new Steps(network);
        DataSet batch = Networks.batch(64, 1);
        batch.setLabelsMaskArray(Nd4j.ones(64, 1));

        network.fit(batch);

        assertThat(steps.probe.yardstick()).isEqualTo(Yardstick.UNKNOWN);
    }
}
