package io.gradiometer.dl4j;

import static io.gradiometer.dl4j.Networks.INPUTS;
import static io.gradiometer.dl4j.Networks.base;
import static io.gradiometer.dl4j.Networks.batches;
import static io.gradiometer.dl4j.Networks.dense;
import static io.gradiometer.dl4j.Networks.network;
import static io.gradiometer.dl4j.Networks.softmax;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** The first law: parameters, updater and random state are the same, bit for bit, with and without us. */
class ObservingChangesNothingTest {

    /** What a program could see of a run when it is over. */
    private record Traces(List<Float> parameters, List<Float> updaterState, double score, List<Float> nextRandom) {
        static Traces of(INDArray parameters, INDArray updaterState, double score) {
            return new Traces(
                    floats(parameters.dup().data().asFloat()),
                    floats(updaterState.dup().data().asFloat()),
                    score,
                    floats(Nd4j.rand(DataType.FLOAT, 4).data().asFloat()));
        }
    }

    private static List<Float> floats(float[] values) {
        List<Float> list = new ArrayList<>();
        for (float value : values) {
            list.add(value);
        }
        return list;
    }

    private static MultiLayerNetwork dropoutAndBatchNorm(WorkspaceMode mode) {
        return network(base(new Adam(0.01))
                .trainingWorkspaceMode(mode)
                .l2(1e-3)
                .dropOut(0.8)
                .list()
                .layer(dense(INPUTS, 8))
                .layer(new BatchNormalization.Builder().nIn(8).nOut(8).build())
                .layer(softmax(8)));
    }

    private static Traces train(MultiLayerNetwork network, boolean observed) {
        if (observed) {
            network.addListeners(new GradiometerListener());
        }
        network.fit(new ListDataSetIterator<>(List.copyOf(batches(20)), 16), 5);
        return Traces.of(network.params(), network.getUpdater().getStateViewArray(), network.score());
    }

    @ParameterizedTest
    @EnumSource(
            value = WorkspaceMode.class,
            names = {"ENABLED", "NONE"})
    void in_a_network_with_dropout_and_batch_norm(WorkspaceMode mode) {
        Traces without = train(dropoutAndBatchNorm(mode), false);
        Traces with = train(dropoutAndBatchNorm(mode), true);

        assertThat(with).isEqualTo(without);
    }

    @Test
    void in_a_network_whose_constant_loss_is_searched_for() {
        Traces without = train(cosine(), false);
        Traces with = train(cosine(), true);

        assertThat(with).isEqualTo(without);
    }

    private static MultiLayerNetwork cosine() {
        return network(base(new Adam(0.01))
                .list()
                .layer(dense(INPUTS, 8))
                .layer(new org.deeplearning4j.nn.conf.layers.OutputLayer.Builder(LossFunction.COSINE_PROXIMITY)
                        .nIn(8)
                        .nOut(3)
                        .build()));
    }

    @Test
    void in_a_network_whose_output_draws_random_numbers() {
        Traces without = train(randomOutput(), false);
        Traces with = train(randomOutput(), true);

        assertThat(with).isEqualTo(without);
    }

    private static MultiLayerNetwork randomOutput() {
        return network(base(new Adam(0.01))
                .list()
                .layer(dense(INPUTS, 8))
                .layer(new org.deeplearning4j.nn.conf.layers.OutputLayer.Builder(
                                LossFunction.MEAN_SQUARED_LOGARITHMIC_ERROR)
                        .activation(org.nd4j.linalg.activations.Activation.RRELU)
                        .nIn(8)
                        .nOut(3)
                        .build()));
    }

    @Test
    void in_a_convolutional_network() {
        Traces without = trainOnImages(false);
        Traces with = trainOnImages(true);

        assertThat(with).isEqualTo(without);
    }

    private static Traces trainOnImages(boolean observed) {
        MultiLayerNetwork network = network(base(new Adam(0.01))
                .list()
                .layer(new ConvolutionLayer.Builder(3, 3).nOut(4).build())
                .layer(softmax(0))
                .setInputType(InputType.convolutional(6, 6, 1))
                .build());
        if (observed) {
            network.addListeners(new GradiometerListener());
        }
        for (int i = 0; i < 10; i++) {
            DataSet data = Networks.batch(6, i);
            network.fit(new DataSet(data.getFeatures().reshape(6, 1, 1, 6).repeat(2, 6), data.getLabels()));
        }
        return Traces.of(network.params(), network.getUpdater().getStateViewArray(), network.score());
    }

    @Test
    void in_a_graph() {
        Traces without = trainGraph(false);
        Traces with = trainGraph(true);

        assertThat(with).isEqualTo(without);
    }

    private static Traces trainGraph(boolean observed) {
        ComputationGraph graph = Networks.graph(new Adam(0.01));
        if (observed) {
            graph.addListeners(new GradiometerListener());
        }
        graph.fit(new ListDataSetIterator<>(List.copyOf(batches(20)), 16), 5);
        return Traces.of(graph.params(), graph.getUpdater().getStateViewArray(), graph.score());
    }
}
