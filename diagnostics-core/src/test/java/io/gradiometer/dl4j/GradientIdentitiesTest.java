package io.gradiometer.dl4j;

import static io.gradiometer.dl4j.Networks.INPUTS;
import static io.gradiometer.dl4j.Networks.base;
import static io.gradiometer.dl4j.Networks.batch;
import static io.gradiometer.dl4j.Networks.dense;
import static io.gradiometer.dl4j.Networks.network;
import static io.gradiometer.dl4j.Networks.softmax;
import static org.assertj.core.api.Assertions.assertThat;

import io.gradiometer.finding.Fact;
import java.util.List;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.learning.config.Sgd;

class GradientIdentitiesTest {

    /** Makes one number of one parameter's gradient a little larger; layer -1 leaves all as it is. */
    private static List<String> violated(Model model, DataSet data, int layer, String parameter) {
        return OwnThread.compute(() -> {
            Specimen specimen = Specimen.of(model, Preparation.EXACT);
            MultiDataSet batch = Batches.cast(data.toMultiDataSet(), DataType.DOUBLE);
            specimen.backpropagate(batch);
            FlatParts gradient =
                    FlatParts.of(specimen.network().getGradientsViewArray().dup());
            if (layer >= 0) {
                LayerSlot slot = specimen.layout().slots().get(layer);
                // The largest, for a unit that does not fire has none.
                var part = gradient.part(slot, FlatParts.indexOf(slot, parameter));
                long largest = part.ravel().argMax(0).getLong(0);
                part.putScalar(largest, 1.001 * part.getDouble(largest) + 1e-4);
            }
            return new GradientIdentities(specimen, FlatParts.of(specimen.parameters()), gradient)
                    .violations(batch).stream().map(Fact::key).toList();
        });
    }

    private static MultiLayerNetwork stack(Activation activation) {
        return network(base(new Sgd(0.1))
                .activation(activation)
                .list()
                .layer(dense(INPUTS, 8))
                .layer(dense(8, 8))
                .layer(softmax(8)));
    }

    private static MultiLayerNetwork normalized() {
        return network(base(new Sgd(0.1))
                .list()
                .layer(new DenseLayer.Builder()
                        .nIn(INPUTS)
                        .nOut(8)
                        .activation(Activation.IDENTITY)
                        .build())
                .layer(new BatchNormalization.Builder().nIn(8).nOut(8).eps(0.1).build())
                .layer(softmax(8)));
    }

    @ParameterizedTest
    @EnumSource(names = {"RELU", "LEAKYRELU", "IDENTITY", "TANH", "SIGMOID"})
    void hold_in_right_gradients(Activation activation) {
        assertThat(violated(stack(activation), batch(16, 1), -1, "")).isEmpty();
    }

    @Test
    void hold_where_units_have_several_followers() {
        ComputationGraph graph = new ComputationGraph(base(new Sgd(0.1))
                .activation(Activation.RELU)
                .graphBuilder()
                .addInputs("in")
                .addLayer("first", dense(INPUTS, 8), "in")
                .addLayer("second", dense(8, 8), "first")
                .addVertex("sum", new ElementWiseVertex(ElementWiseVertex.Op.Add), "first", "second")
                .addLayer("out", softmax(8), "sum")
                .setOutputs("out")
                .build());
        graph.init();

        assertThat(violated(graph, batch(16, 1), -1, "")).isEmpty();
    }

    @Test
    void hold_before_batch_norm_however_large_its_epsilon() {
        assertThat(violated(normalized(), batch(16, 1), -1, "")).isEmpty();
        assertThat(violated(CheckSamples.convolutional(1), CheckSamples.images(), -1, ""))
                .isEmpty();
    }

    @Test
    void the_balance_of_units_is_broken_by_a_wrong_weight_gradient_on_either_side() {
        assertThat(violated(stack(Activation.RELU), batch(16, 1), 0, "W"))
                .containsExactly("difference of incoming and outgoing weights times gradients in 'layer0'");
        assertThat(violated(stack(Activation.RELU), batch(16, 1), 1, "W"))
                .containsExactly(
                        "difference of incoming and outgoing weights times gradients in 'layer0'",
                        "difference of incoming and outgoing weights times gradients in 'layer1'");
    }

    @Test
    void the_sums_of_softmax_are_broken_by_wrong_output_gradients() {
        assertThat(violated(stack(Activation.TANH), batch(16, 1), 2, "W"))
                .containsExactly("rows of weight gradients that should add up to 0 in 'layer2'");
        assertThat(violated(stack(Activation.TANH), batch(16, 1), 2, "b"))
                .containsExactly("bias gradients that should add up to 0 in 'layer2'");
    }

    @Test
    void what_batch_norm_takes_off_is_broken_by_wrong_gradients_before_it() {
        assertThat(violated(normalized(), batch(16, 1), 0, "b"))
                .containsExactly("bias gradient before batch normalisation in 'layer0'");
        assertThat(violated(normalized(), batch(16, 1), 0, "W"))
                .containsExactly("weights times gradients before batch normalisation in 'layer0'");
        assertThat(violated(CheckSamples.convolutional(1), CheckSamples.images(), 0, "W"))
                .containsExactly("weights times gradients before batch normalisation in 'layer0'");
    }
}
