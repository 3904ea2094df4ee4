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

import io.gradiometer.finding.Fact;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

class OverfitCheckTest {

    private static CheckResult check(Model model, DataSet batch) {
        return ModelChecks.canOverfitOneBatch(model, batch.toMultiDataSet());
    }

    private static double skill(CheckResult result) {
        return result.facts().stream()
                .filter(fact -> fact.key().equals("skill on the batch"))
                .mapToDouble(Fact::value)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void passes_a_small_network_and_stops_early() {
        CheckResult result = check(Networks.small(new Adam(0.02)), batch(16, 1));

        assertThat(result.passed()).as(result.text()).isTrue();
        assertThat(result.summary()).doesNotContain("1000 iterations");
    }

    @Test
    void passes_a_graph() {
        assertThat(check(Networks.graph(new Adam(0.02)), batch(16, 1)).passed()).isTrue();
    }

    @Test
    void passes_convolution_with_batch_norm_and_dropout() {
        Model model = CheckSamples.convolutional(0.5);

        CheckResult result = check(model, CheckSamples.images());

        assertThat(result.passed()).as(result.text()).isTrue();
    }

    @Test
    void passes_recurrent_layers_in_wrappers_on_masked_series() {
        Model model = CheckSamples.recurrent();

        CheckResult result = check(model, CheckSamples.series());

        assertThat(result.passed()).as(result.text()).isTrue();
    }

    @Test
    void passes_labels_that_are_shares_and_cost_something_even_when_met() {
        DataSet batch = batch(16, 1);
        batch.setLabels(batch.getLabels().mul(0.7).addi(0.1));

        CheckResult result = check(Networks.small(new Adam(0.05)), batch);

        assertThat(result.passed()).as(result.text()).isTrue();
    }

    @Test
    void fails_a_learning_rate_that_hardly_moves_anything() {
        CheckResult result = check(Networks.small(new Sgd(1e-6)), batch(16, 1));

        assertThat(result.passed()).isFalse();
        assertThat(skill(result)).isLessThan(0.5);
        assertThat(result.summary()).contains("same 16 examples", "300 iterations");
        assertThat(result.advice()).anyMatch(advice -> advice.contains("learning rate"));
    }

    @Test
    void fails_an_output_that_cannot_express_the_labels() {
        Model model = network(base(new Adam(0.02))
                .list()
                .layer(dense(INPUTS, 8))
                .layer(new OutputLayer.Builder(LossFunction.MSE)
                        .activation(Activation.RELU)
                        .nIn(8)
                        .nOut(CLASSES)
                        .build()));
        DataSet batch = batch(16, 1);
        batch.setLabels(batch.getLabels().neg());

        CheckResult result = check(model, batch);

        assertThat(result.passed()).isFalse();
        assertThat(result.text()).contains("[canOverfitOneBatch]", "limit 0.9", "output layer that can express");
    }

    @Test
    void fails_a_rate_that_kills_and_says_that_the_loss_is_lost() {
        Model model = network(base(new Sgd(1e6))
                .activation(Activation.IDENTITY)
                .list()
                .layer(dense(INPUTS, 8))
                .layer(new OutputLayer.Builder(LossFunction.MSE)
                        .activation(Activation.IDENTITY)
                        .nIn(8)
                        .nOut(CLASSES)
                        .build()));

        CheckResult result = check(model, batch(16, 1));

        assertThat(result.passed()).isFalse();
        assertThat(result.summary()).contains("no finite number");
    }

    @Test
    void refuses_labels_that_are_all_equal() {
        DataSet batch = batch(8, 1);
        batch.setLabels(Nd4j.zeros(8, CLASSES).putScalar(0, 0, 0).addiRowVector(Nd4j.createFromArray(1f, 0f, 0f)));

        assertThatThrownBy(() -> check(Networks.small(), batch))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("all labels of the batch are equal");
    }

    @Test
    void needs_no_more_than_a_head() {
        Model model = network(base(new Adam(0.1)).list().layer(softmax(INPUTS)));

        assertThat(check(model, batch(16, 1)).passed()).isTrue();
    }
}
