package io.gradiometer.dl4j;

import static io.gradiometer.dl4j.Networks.INPUTS;
import static io.gradiometer.dl4j.Networks.base;
import static io.gradiometer.dl4j.Networks.dense;
import static io.gradiometer.dl4j.Networks.network;
import static io.gradiometer.dl4j.Networks.softmax;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradiometer.finding.Change;
import io.gradiometer.finding.Remedy;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.BackpropType;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.dropout.Dropout;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInitIdentity;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.learning.config.AdaDelta;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.learning.regularization.L2Regularization;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

class TreatmentsTest {

    private static Remedy remedy(String id, Change change) {
        return Remedy.untried(id, "try it", "", change);
    }

    /** Three hidden layers, with everything that a remedy can take away. */
    private static MultiLayerNetwork stack() {
        return network(base(new Sgd(0.1))
                .l2(0.01)
                .list()
                .layer(new DenseLayer.Builder()
                        .name("first")
                        .nIn(INPUTS)
                        .nOut(8)
                        .build())
                .layer(new DenseLayer.Builder()
                        .name("second")
                        .nIn(8)
                        .nOut(8)
                        .dropOut(0.5)
                        .build())
                .layer(new DenseLayer.Builder().name("third").nIn(8).nOut(8).build())
                .layer(new BatchNormalization.Builder().nIn(8).nOut(8).build())
                .layer(softmax(8)));
    }

    private static ComputationGraph graph() {
        ComputationGraph graph = new ComputationGraph(base(new Sgd(0.1))
                .l2(0.01)
                .graphBuilder()
                .addInputs("in")
                .addLayer("first", dense(INPUTS, 8), "in")
                .addLayer(
                        "second",
                        new DenseLayer.Builder().nIn(8).nOut(8).dropOut(0.5).build(),
                        "first")
                .addLayer("third", dense(8, 8), "second")
                .addLayer(
                        "normal",
                        new BatchNormalization.Builder().nIn(8).nOut(8).build(),
                        "third")
                .addLayer("out", softmax(8), "normal")
                .setOutputs("out")
                .build());
        graph.init();
        return graph;
    }

    private static final TrialData DATA = data();

    private static TrialData data() {
        List<MultiDataSet> batches = new ArrayList<>();
        Networks.batches(4).forEach(batch -> batches.add(batch.toMultiDataSet()));
        return new TrialData(batches, batches, 40, 10, 1);
    }

    private static Regimen treated(Model network, Remedy remedy) {
        return OwnThread.compute(() -> Treatments.apply(Regimen.asItWas(Blueprint.of(network)), remedy, DATA));
    }

    private static List<BaseLayer> learning(Regimen regimen) {
        return LayerParts.learning(regimen.network()).toList();
    }

    static Stream<Remedy> remedies() {
        Change rate = Change.of("learning-rate", 0.01);
        return Stream.of(
                remedy("lower-learning-rate", rate.and("from", 0.1)),
                remedy("raise-learning-rate", Change.of("learning-rate", 1).and("from", 0.1)),
                remedy("adam", rate),
                remedy("sgd", rate),
                remedy("momentum", rate),
                remedy("warm-up", Change.of("iterations", 10)),
                remedy("decay-learning-rate", Change.of("factor", 0.99)),
                remedy("clip-l2-per-layer", Change.of("threshold", 0.5)),
                remedy("clip-l2-per-parameter-type", Change.of("threshold", 0.5)),
                remedy("clip-element-wise", Change.of("threshold", 0.5)),
                remedy("he-initialization", Change.NONE.in(List.of("first"))),
                remedy("lecun-initialization", Change.NONE),
                remedy("orthogonal-initialization", Change.NONE),
                remedy("identity-initialization", Change.NONE),
                remedy("relu-activation", Change.NONE.in(List.of("first", "second"))),
                remedy("leaky-relu", Change.NONE),
                remedy("elu-activation", Change.NONE),
                remedy("selu-activation", Change.NONE),
                remedy("add-nonlinearity", Change.NONE.in(List.of("first"))),
                remedy(
                        "match-loss-and-output",
                        Change.NONE.and("activation", "sigmoid").and("loss", "XENT")),
                remedy("weight-classes", Change.NONE),
                remedy("weaken-regularization", Change.of("divisor", 10)),
                remedy("regularize", Change.of("l2", 1e-4).and("keep", 0.8)),
                remedy("l1", Change.of("l1", 1e-3)),
                remedy("l2", Change.of("l2", 1e-3)),
                remedy("dropout", Change.of("keep", 0.8)),
                remedy("weaken-dropout", Change.of("keep", 0.9).and("type", "Dropout")),
                remedy("batch-normalization", Change.NONE),
                remedy("residual", Change.NONE),
                remedy("fewer-layers", Change.of("from", 3).and("layers", 2)),
                remedy("more-units", Change.of("units", 20).in(List.of("third"))));
    }

    static Stream<Arguments> remediesOnBothKinds() {
        return remedies().flatMap(remedy -> Stream.of(Arguments.of(stack(), remedy), Arguments.of(graph(), remedy)));
    }

    @ParameterizedTest
    @MethodSource("remediesOnBothKinds")
    void changes_the_configuration_into_one_that_trains_and_leaves_the_users_alone(Model network, Remedy remedy) {
        String before = json(network);

        Regimen treated = treated(network, remedy);

        String untreated = OwnThread.compute(() -> Blueprint.of(network).copy().json());
        assertThat(treated.network().json()).isNotEqualTo(untreated);
        assertThat(json(network)).isEqualTo(before);
        OwnThread.compute(() -> {
            Model built = treated.network().build(7);
            MultiDataSet batch = DATA.training().get(0);
            if (built instanceof ComputationGraph web) {
                web.fit(Batches.copy(batch));
            } else {
                ((MultiLayerNetwork) built)
                        .fit(batch.getFeatures(0).dup(), batch.getLabels(0).dup());
            }
            assertThat(built.score()).isFinite();
            return built;
        });
    }

    private static String json(Model network) {
        return network instanceof ComputationGraph graph
                ? graph.getConfiguration().toJson()
                : ((MultiLayerNetwork) network).getLayerWiseConfigurations().toJson();
    }

    @Test
    void every_remedy_that_a_program_can_carry_out_is_known_by_an_id() {
        assertThat(Treatments.ids())
                .containsAll(remedies().map(Remedy::id).toList())
                .contains("identity-output", "standardize-input", "train-longer", "unfreeze");
    }

    @Nested
    class Steps {

        @Test
        void rates_keep_their_proportions() {
            MultiLayerNetwork network = network(base(new Sgd(0.1))
                    .list()
                    .layer(dense(INPUTS, 8))
                    .layer(new DenseLayer.Builder()
                            .nIn(8)
                            .nOut(8)
                            .updater(new Adam(0.01))
                            .build())
                    .layer(softmax(8)));

            Regimen treated = treated(
                    network,
                    remedy(
                            "lower-learning-rate",
                            Change.of("learning-rate", 0.02).and("from", 0.1)));

            assertThat(learning(treated))
                    .extracting(layer -> layer.getIUpdater().getLearningRate(0, 0))
                    .containsExactly(0.02, 0.002, 0.02);
        }

        @Test
        void batch_normalization_is_spared_by_clipping() {
            Regimen treated = treated(stack(), remedy("clip-l2-per-layer", Change.of("threshold", 0.5)));

            assertThat(learning(treated))
                    .extracting(BaseLayer::getGradientNormalization)
                    .containsExactly(
                            GradientNormalization.ClipL2PerLayer,
                            GradientNormalization.ClipL2PerLayer,
                            GradientNormalization.ClipL2PerLayer,
                            GradientNormalization.None,
                            GradientNormalization.ClipL2PerLayer);
        }

        @Test
        void an_updater_without_a_learning_rate_says_so() {
            Model network = Networks.small(new AdaDelta());

            assertThatThrownBy(() -> treated(network, remedy("lower-learning-rate", Change.of("learning-rate", 0.1))))
                    .hasMessage("AdaDelta has no learning rate");
        }

        @Test
        void a_remedy_without_its_number_says_which() {
            assertThatThrownBy(() -> treated(stack(), remedy("clip-element-wise", Change.NONE)))
                    .hasMessage("the remedy does not say which threshold to set");
        }
    }

    @Nested
    class Layers {

        @Test
        void an_activation_brings_its_initialisation_along() {
            Regimen treated = treated(stack(), remedy("relu-activation", Change.NONE.in(List.of("second"))));

            assertThat(learning(treated).get(0).getActivationFn()).isNotInstanceOf(ActivationReLU.class);
            assertThat(learning(treated).get(1).getActivationFn()).isInstanceOf(ActivationReLU.class);
            assertThat(learning(treated).get(1).getWeightInitFn().getClass().getSimpleName())
                    .isEqualTo("WeightInitRelu");
        }

        @Test
        void recurrent_weights_become_an_identity() {
            MultiLayerNetwork network = CheckSamples.recurrent();

            Regimen treated = treated(network, remedy("identity-initialization", Change.NONE));

            assertThat(learning(treated).stream()
                            .filter(layer -> layer instanceof LSTM)
                            .map(layer -> ((LSTM) layer).getWeightInitFnRecurrent()))
                    .hasSize(2)
                    .allMatch(init -> init instanceof WeightInitIdentity);
        }

        @Test
        void an_output_becomes_linear_and_hidden_layers_stay() {
            Regimen treated = treated(stack(), remedy("identity-output", Change.NONE));

            assertThat(learning(treated).get(4).getActivationFn()).isInstanceOf(ActivationIdentity.class);
            assertThat(learning(treated).get(2).getActivationFn()).isNotInstanceOf(ActivationIdentity.class);
        }

        @Test
        void penalties_are_divided() {
            Regimen treated = treated(stack(), remedy("weaken-regularization", Change.of("divisor", 10)));

            assertThat(((L2Regularization)
                                    learning(treated).get(0).getRegularization().get(0))
                            .getL2()
                            .valueAt(0, 0))
                    .isEqualTo(0.001);
        }

        @Test
        void dropout_keeps_more_where_it_was_and_comes_nowhere_else() {
            Regimen treated = treated(
                    stack(), remedy("weaken-dropout", Change.of("keep", 0.9).and("type", "Dropout")));

            assertThat(learning(treated))
                    .extracting(layer -> layer.getIDropout() instanceof Dropout dropout ? dropout.getP() : Double.NaN)
                    .containsExactly(Double.NaN, 0.9, Double.NaN, Double.NaN, Double.NaN);
        }

        @Test
        void a_loss_that_does_not_exist_is_named() {
            assertThatThrownBy(() -> treated(
                            stack(),
                            remedy(
                                    "match-loss-and-output",
                                    Change.NONE.and("activation", "softmax").and("loss", "NO"))))
                    .hasMessageContaining("no loss 'NO'");
        }

        @Test
        void a_layer_that_does_not_exist_is_named() {
            assertThatThrownBy(() -> treated(stack(), remedy("leaky-relu", Change.NONE.in(List.of("nobody")))))
                    .hasMessage("the network has no layer 'nobody'");
        }

        @Test
        void a_frozen_layer_learns_again_and_keeps_what_it_knew() {
            MultiLayerNetwork network = network(base(new Sgd(0.1))
                    .list()
                    .layer(new FrozenLayer(new DenseLayer.Builder()
                            .name("frozen")
                            .nIn(INPUTS)
                            .nOut(8)
                            .build()))
                    .layer(softmax(8)));

            Regimen treated = treated(network, remedy("unfreeze", Change.NONE));

            Model built = OwnThread.compute(() -> treated.network().build(99));
            assertThat(((MultiLayerNetwork) built).getLayer(0).params())
                    .isEqualTo(network.getLayer(0).params());
            assertThat(LayerReader.isFrozen(((MultiLayerNetwork) built).getLayer(0)))
                    .isFalse();
        }
    }

    @Nested
    class Structure {

        @Test
        void batch_normalization_comes_behind_layers_that_have_none() {
            assertThat(treated(stack(), remedy("batch-normalization", Change.NONE))
                            .network()
                            .places())
                    .extracting(Blueprint.Place::name)
                    .containsExactly(
                            "first",
                            "first-BatchNormalization",
                            "second",
                            "second-BatchNormalization",
                            "third",
                            "layer3",
                            "layer4");
        }

        @Test
        void batch_normalization_goes_before_what_reshapes_for_the_next_layer() {
            MultiLayerNetwork network = network(base(new Sgd(0.1))
                    .list()
                    .layer(new ConvolutionLayer.Builder(3, 3)
                            .name("images")
                            .nOut(4)
                            .convolutionMode(ConvolutionMode.Same)
                            .build())
                    .layer(new OutputLayer.Builder(LossFunction.MCXENT)
                            .activation(Activation.SOFTMAX)
                            .nOut(Networks.CLASSES)
                            .build())
                    .setInputType(InputType.convolutional(8, 8, 1))
                    .build());

            Regimen treated = treated(network, remedy("batch-normalization", Change.NONE));

            OwnThread.compute(() -> {
                MultiLayerNetwork built = (MultiLayerNetwork) treated.network().build(1);
                DataSet images = CheckSamples.images();
                built.fit(images);
                assertThat(built.score()).isFinite();
                assertThat(built.getLayerWiseConfigurations().getInputPreProcess(2))
                        .isNotNull();
                return built;
            });
        }

        @Test
        void a_way_around_a_layer_makes_a_graph_of_a_stack() {
            Regimen treated = treated(stack(), remedy("residual", Change.NONE));

            ComputationGraph built =
                    (ComputationGraph) OwnThread.compute(() -> treated.network().build(1));
            assertThat(built.getConfiguration().getVertexInputs().get("second-residual"))
                    .containsExactly("first", "second");
            assertThat(built.getConfiguration().getVertexInputs().get("third-residual"))
                    .containsExactly("second-residual", "third");
        }

        @Test
        void a_wider_layer_tells_those_behind_it() {
            Regimen treated =
                    treated(stack(), remedy("more-units", Change.of("units", 20).in(List.of("third"))));

            MultiLayerNetwork built = (MultiLayerNetwork)
                    OwnThread.compute(() -> treated.network().build(1));
            assertThat(built.getLayer(4).getParam("W").shape()).containsExactly(20, 3);
        }

        @Test
        void layers_that_reshape_what_they_take_cannot_go() {
            assertThatThrownBy(() -> treated(
                            Networks.small(),
                            remedy("fewer-layers", Change.of("from", 2).and("layers", 1))))
                    .hasMessageContaining("only 0 dense layers");
        }
    }

    @Nested
    class Data {

        @Test
        void a_shorter_truncation_cuts_series() {
            MultiLayerNetwork network = network(base(new Sgd(0.1))
                    .list()
                    .layer(new LSTM.Builder().nIn(INPUTS).nOut(8).build())
                    .layer(new RnnOutputLayer.Builder(LossFunction.MCXENT)
                            .activation(Activation.SOFTMAX)
                            .nIn(8)
                            .nOut(Networks.CLASSES)
                            .build())
                    .backpropType(BackpropType.TruncatedBPTT)
                    .tBPTTLength(20)
                    .build());

            Regimen treated = treated(network, remedy("shorter-tbptt", Change.of("steps", 5)));

            assertThat(treated.network().truncation()).isEqualTo(5);
        }

        @Test
        void training_is_longer_or_stops_where_validation_was_best() {
            assertThat(treated(stack(), remedy("train-longer", Change.of("times", 3)))
                            .length())
                    .isEqualTo(3);
            assertThat(treated(stack(), remedy("early-stopping", Change.of("iteration", 9)))
                            .length())
                    .isEqualTo(0.25);
        }

        @Test
        void a_batch_larger_than_the_data_says_so() {
            assertThatThrownBy(() -> treated(stack(), remedy("larger-batch", Change.of("batch", 1000))))
                    .hasMessageContaining("only 64");
        }

        @Test
        void what_only_a_person_can_do_says_so() {
            assertThatThrownBy(() -> treated(stack(), remedy("clean-labels", Change.NONE)))
                    .hasMessageStartingWith("this is for you to do");
        }
    }
}
