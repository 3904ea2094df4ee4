package io.gradiometer.dl4j;

import static io.gradiometer.dl4j.Networks.CLASSES;
import static io.gradiometer.dl4j.Networks.INPUTS;
import static io.gradiometer.dl4j.Networks.base;
import static io.gradiometer.dl4j.Networks.batch;
import static io.gradiometer.dl4j.Networks.dense;
import static io.gradiometer.dl4j.Networks.network;
import static io.gradiometer.dl4j.Networks.softmax;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

class InputCheckTest {

    private static CheckResult check(Model model, DataSet batch) {
        return ModelChecks.dependsOnInput(model, batch.toMultiDataSet());
    }

    private static void passes(Model model, DataSet batch) {
        CheckResult result = check(model, batch);
        assertThat(result.passed()).as(result.text()).isTrue();
    }

    private static MultiLayerNetwork stack(int depth, Activation activation) {
        NeuralNetConfiguration.ListBuilder layers =
                base(new Sgd(0.1)).activation(activation).list();
        for (int i = 0; i < depth; i++) {
            layers.layer(dense(i == 0 ? INPUTS : 8, 8));
        }
        return network(layers.layer(softmax(8)));
    }

    @Test
    void passes_fresh_networks_of_every_kind() {
        passes(Networks.small(), batch(16, 1));
        passes(Networks.graph(new Sgd(0.1)), batch(16, 1));
        passes(CheckSamples.convolutional(0.5), CheckSamples.images());
        passes(CheckSamples.recurrent(), CheckSamples.series());
        passes(stack(4, Activation.SIGMOID), batch(16, 1));
    }

    @Test
    void passes_labels_far_larger_than_what_a_fresh_network_answers() {
        DataSet batch = batch(16, 1);
        batch.setLabels(batch.getLabels().mul(1e8));

        passes(
                network(base(new Sgd(0.1))
                        .list()
                        .layer(dense(INPUTS, 8))
                        .layer(new OutputLayer.Builder(LossFunction.MSE)
                                .activation(Activation.IDENTITY)
                                .nIn(8)
                                .nOut(CLASSES)
                                .build())),
                batch);
    }

    @Test
    void fails_dead_units_and_names_their_layer() {
        MultiLayerNetwork network = stack(3, Activation.RELU);
        network.getLayer(1).getParam("b").assign(-1000);

        CheckResult result = check(network, batch(16, 1));

        assertThat(result.passed()).isFalse();
        assertThat(result.summary()).contains("lost in layer 'layer1'", "100 % of what it gives is 0");
    }

    @Test
    void fails_a_sigmoid_stack_in_which_differences_vanish_and_shows_where() {
        CheckResult result = check(stack(12, Activation.SIGMOID), batch(16, 1));

        assertThat(result.passed()).isFalse();
        assertThat(result.facts())
                .anyMatch(fact -> fact.key().equals("relative change behind 'layer0'") && fact.value() > 1e-2);
        assertThat(result.text()).contains("lost in layer 'layer", "ReLU instead of sigmoid");
    }

    @Test
    void fails_saturation_by_features_that_are_far_too_large() {
        DataSet batch = batch(16, 1);
        batch.setFeatures(batch.getFeatures().addi(1e6));

        CheckResult result = check(stack(2, Activation.SIGMOID), batch);

        assertThat(result.passed()).isFalse();
        assertThat(result.text()).contains("lost in layer 'layer0'", "NormalizerStandardize");
    }

    @Test
    void fails_one_input_of_a_graph_that_nothing_comes_of() {
        ComputationGraph graph = new ComputationGraph(base(new Sgd(0.1))
                .graphBuilder()
                .addInputs("left", "right")
                .addLayer("deaf", dense(INPUTS, 4), "right")
                .addLayer("hears", dense(INPUTS, 4), "left")
                .addVertex("both", new MergeVertex(), "hears", "deaf")
                .addLayer("out", softmax(8), "both")
                .setOutputs("out")
                .build());
        graph.init();
        graph.getLayer("deaf").getParam("W").assign(0);
        DataSet one = batch(16, 1);
        INDArray other = batch(16, 2).getFeatures();

        CheckResult result = ModelChecks.dependsOnInput(
                graph, new MultiDataSet(new INDArray[] {one.getFeatures(), other}, new INDArray[] {one.getLabels()}));

        assertThat(result.passed()).isFalse();
        assertThat(result.summary()).contains("at input 1", "lost in layer 'deaf'");
    }

    @Test
    void refuses_examples_that_are_all_alike() {
        DataSet batch = batch(4, 1);
        batch.setFeatures(Nd4j.ones(4, INPUTS));

        assertThatThrownBy(() -> check(Networks.small(), batch))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("all examples of the batch have the same features");
    }
}
