package io.gradiometer.dl4j;

import static io.gradiometer.dl4j.Networks.INPUTS;
import static io.gradiometer.dl4j.Networks.base;
import static io.gradiometer.dl4j.Networks.batch;
import static io.gradiometer.dl4j.Networks.dense;
import static io.gradiometer.dl4j.Networks.network;
import static io.gradiometer.dl4j.Networks.softmax;
import static org.assertj.core.api.Assertions.assertThat;

import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.Sgd;

class ModesCheckTest {

    private static CheckResult check(Model model, DataSet batch) {
        return ModelChecks.trainAndEvaluationAgree(model, batch.toMultiDataSet());
    }

    private static void passes(Model model, DataSet batch) {
        CheckResult result = check(model, batch);
        assertThat(result.passed()).as(result.text()).isTrue();
    }

    private static MultiLayerNetwork normalized(double decay, GradientNormalization clipping) {
        return network(base(new Adam(0.01))
                .gradientNormalization(clipping)
                .gradientNormalizationThreshold(0.1)
                .list()
                .layer(new BatchNormalization.Builder()
                        .name("norm")
                        .nIn(INPUTS)
                        .nOut(INPUTS)
                        .decay(decay)
                        .build())
                .layer(dense(INPUTS, 8))
                .layer(softmax(8)));
    }

    private static DataSet unscaled() {
        DataSet batch = batch(32, 1);
        batch.setFeatures(batch.getFeatures().mul(2).addi(30));
        return batch;
    }

    @Test
    void passes_networks_with_dropout_alone() {
        passes(
                network(base(new Sgd(0.1))
                        .dropOut(0.5)
                        .list()
                        .layer(dense(INPUTS, 8))
                        .layer(softmax(8))),
                batch(16, 1));
        passes(CheckSamples.recurrent(), CheckSamples.series());
    }

    @Test
    void passes_batch_norm_that_has_not_seen_anything_yet() {
        passes(normalized(0.9, GradientNormalization.None), unscaled());
        passes(normalized(0.99, GradientNormalization.None), unscaled());
        passes(CheckSamples.convolutional(0.5), CheckSamples.images());
    }

    @Test
    void fails_a_decay_so_slow_that_running_statistics_do_not_follow_and_says_how_long_they_need() {
        CheckResult result = check(normalized(0.9999, GradientNormalization.None), unscaled());

        assertThat(result.passed()).isFalse();
        assertThat(result.summary()).contains("layer 'norm' (BatchNormalization)", "1000 iterations");
        assertThat(result.text()).contains("a decay of 0.9 instead of 0.9999", "69100 iterations");
    }

    @Test
    void fails_clipping_that_starves_batch_norm_and_names_it() {
        CheckResult result = check(normalized(0.9, GradientNormalization.ClipL2PerLayer), unscaled());

        assertThat(result.passed()).isFalse();
        assertThat(result.text()).contains("layer 'norm'", "ClipL2PerLayer clips the running statistics");
    }

    @Test
    void fails_a_layer_that_computes_something_else_in_evaluation() {
        FaultyLayer faulty = new FaultyLayer(INPUTS, 8, FaultyLayer.Fault.DIFFERS_IN_EVALUATION);
        faulty.setLayerName("mine");

        CheckResult result =
                check(network(base(new Sgd(0.1)).list().layer(faulty).layer(softmax(8))), batch(16, 1));

        assertThat(result.passed()).isFalse();
        assertThat(result.summary()).contains("layer 'mine' (FaultyLayer)").doesNotContain("iterations");
    }
}
