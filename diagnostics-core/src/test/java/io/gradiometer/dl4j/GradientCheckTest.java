package io.gradiometer.dl4j;

import static io.gradiometer.dl4j.CheckSamples.fact;
import static io.gradiometer.dl4j.Networks.CLASSES;
import static io.gradiometer.dl4j.Networks.INPUTS;
import static io.gradiometer.dl4j.Networks.base;
import static io.gradiometer.dl4j.Networks.batch;
import static io.gradiometer.dl4j.Networks.dense;
import static io.gradiometer.dl4j.Networks.network;
import static io.gradiometer.dl4j.Networks.softmax;
import static org.assertj.core.api.Assertions.assertThat;

import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.BackpropType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

class GradientCheckTest {

    private static CheckResult check(Model model, DataSet batch) {
        return ModelChecks.gradientsAreCorrect(model, batch.toMultiDataSet());
    }

    private static void passes(Model model, DataSet batch) {
        CheckResult result = check(model, batch);
        assertThat(result.passed()).as(result.text()).isTrue();
        assertThat(fact(result, "largest relative error")).isLessThan(GradientCheck.TOLERANCE / 10);
    }

    private static MultiLayerNetwork with(org.deeplearning4j.nn.conf.layers.Layer middle) {
        return network(base(new Sgd(0.1))
                .list()
                .layer(dense(INPUTS, 8))
                .layer(middle)
                .layer(dense(8, 8))
                .layer(softmax(8)));
    }

    @ParameterizedTest
    @EnumSource(
            names = {"TANH", "RELU", "LEAKYRELU", "SIGMOID", "ELU", "SELU", "SOFTPLUS", "GELU", "SWISH", "IDENTITY"})
    void passes_every_common_activation(Activation activation) {
        passes(
                network(base(new Sgd(0.1))
                        .activation(activation)
                        .list()
                        .layer(dense(INPUTS, 8))
                        .layer(dense(8, 8))
                        .layer(softmax(8))),
                batch(16, 1));
    }

    @ParameterizedTest
    @EnumSource(names = {"MSE", "XENT", "MCXENT", "MEAN_ABSOLUTE_ERROR", "POISSON", "KL_DIVERGENCE", "SQUARED_HINGE"})
    void passes_every_common_loss(LossFunction loss) {
        Activation activation =
                switch (loss) {
                    case MCXENT -> Activation.SOFTMAX;
                    case XENT, KL_DIVERGENCE -> Activation.SIGMOID;
                    case POISSON -> Activation.SOFTPLUS;
                    default -> Activation.IDENTITY;
                };
        passes(
                network(base(new Sgd(0.1))
                        .list()
                        .layer(dense(INPUTS, 8))
                        .layer(new OutputLayer.Builder(loss)
                                .activation(activation)
                                .nIn(8)
                                .nOut(CLASSES)
                                .build())),
                batch(16, 1));
    }

    @Test
    void passes_a_graph_with_a_skip_connection() {
        passes(Networks.graph(new Sgd(0.1)), batch(16, 1));
    }

    @Test
    void passes_convolution_batch_norm_pooling_and_dropout() {
        passes(CheckSamples.convolutional(0.5), CheckSamples.images());
    }

    @Test
    void passes_recurrent_layers_on_masked_series() {
        passes(CheckSamples.recurrent(), CheckSamples.series());
    }

    @Test
    void passes_truncated_back_propagation_for_the_check_runs_through_the_whole_series() {
        MultiLayerNetwork network = CheckSamples.recurrent();
        network.getLayerWiseConfigurations().setBackpropType(BackpropType.TruncatedBPTT);
        network.getLayerWiseConfigurations().setTbpttFwdLength(2);
        network.getLayerWiseConfigurations().setTbpttBackLength(2);

        passes(network, CheckSamples.series());
    }

    @Test
    void passes_penalties_and_layers_before_frozen_ones() {
        passes(
                network(base(new Sgd(0.1))
                        .l2(0.5)
                        .list()
                        .layer(dense(INPUTS, 8))
                        .layer(new FrozenLayer(dense(8, 8)))
                        .layer(softmax(8))),
                batch(16, 1));
    }

    @Test
    void passes_features_of_nothing_but_zeros_where_every_unit_sits_on_its_kink() {
        DataSet zeros = new DataSet(Nd4j.zeros(16, INPUTS), batch(16, 1).getLabels());

        passes(
                network(base(new Sgd(0.1))
                        .activation(Activation.RELU)
                        .list()
                        .layer(dense(INPUTS, 8))
                        .layer(dense(8, 8))
                        .layer(softmax(8))),
                zeros);
    }

    @Test
    void passes_a_sum_over_the_batch_that_is_not_divided() {
        passes(
                network(base(new Sgd(0.1))
                        .miniBatch(false)
                        .list()
                        .layer(dense(INPUTS, 8))
                        .layer(softmax(8))),
                batch(16, 1));
    }

    @Test
    void passes_a_bias_that_batch_norm_takes_off_again() {
        CheckResult result = check(
                network(base(new Sgd(0.1))
                        .list()
                        .layer(new DenseLayer.Builder()
                                .nIn(INPUTS)
                                .nOut(8)
                                .activation(Activation.IDENTITY)
                                .build())
                        .layer(new BatchNormalization.Builder().nIn(8).nOut(8).build())
                        .layer(softmax(8))),
                batch(16, 1));

        assertThat(result.passed()).as(result.text()).isTrue();
        assertThat(result.summary()).contains("too small to be told from rounding");
    }

    @Test
    void fails_an_activation_with_a_wrong_derivative_and_names_its_layer() {
        CheckResult result = check(
                with(new DenseLayer.Builder()
                        .name("mine")
                        .nIn(8)
                        .nOut(8)
                        .activation(new WrongSigmoid())
                        .build()),
                batch(16, 1));

        assertThat(result.passed()).isFalse();
        assertThat(result.summary()).contains("layer 'mine'");
        assertThat(result.text()).contains("WrongSigmoid in layer 'mine'");
    }

    @Test
    void fails_a_layer_with_a_wrong_gradient_of_its_own_and_names_the_parameter() {
        FaultyLayer faulty = new FaultyLayer(8, 8, FaultyLayer.Fault.HALF_BIAS_GRADIENT);
        faulty.setLayerName("mine");

        CheckResult result = check(with(faulty), batch(16, 1));

        assertThat(result.passed()).isFalse();
        assertThat(result.summary()).contains("layer 'mine' (b)", "0.5 times");
        assertThat(result.advice().get(0)).contains("backpropGradient of 'mine' (FaultyLayer)");
        assertThat(result.facts()).hasSize(1);
    }

    @Test
    void fails_a_layer_that_passes_back_a_wrong_error_and_names_it() {
        FaultyLayer faulty = new FaultyLayer(8, 8, FaultyLayer.Fault.WRONG_ERROR);
        faulty.setLayerName("mine");

        CheckResult result = check(with(faulty), batch(16, 1));

        assertThat(result.passed()).isFalse();
        assertThat(result.summary()).contains("layer 'layer0' (W, b)", "-1 times");
        assertThat(result.text()).contains("FaultyLayer in layer 'mine'");
    }

    @Test
    void fails_a_loss_with_a_wrong_gradient_and_names_it() {
        CheckResult result = check(
                network(base(new Sgd(0.1))
                        .list()
                        .layer(dense(INPUTS, 8))
                        .layer(new OutputLayer.Builder(new WrongLoss())
                                .name("head")
                                .activation(Activation.IDENTITY)
                                .nIn(8)
                                .nOut(CLASSES)
                                .build())),
                batch(16, 1));

        assertThat(result.passed()).isFalse();
        assertThat(result.summary()).contains("layer 'head' (W, b)", "0.5 times");
        assertThat(result.text()).contains("WrongLoss in layer 'head'");
    }

    @Test
    void fails_softmax_with_labels_that_do_not_add_up_to_one_and_says_so() {
        DataSet batch = batch(16, 1);
        batch.setLabels(batch.getLabels().mul(3));

        CheckResult result = check(Networks.small(), batch);

        assertThat(result.passed()).isFalse();
        assertThat(result.text()).contains("labels whose rows add up to 1");
    }

    @Test
    void errors_of_right_gradients_are_far_below_the_limit() {
        assertThat(fact(check(Networks.small(), batch(16, 1)), "largest relative error"))
                .isLessThan(GradientCheck.TOLERANCE / 100);
    }
}
