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

import io.gradiometer.config.Configuration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;

/** What all checks have in common: they leave no trace, and say what cannot be checked. */
class ModelChecksTest {

    /** One of the checks. */
    private interface Check {
        CheckResult apply(Model model, MultiDataSet batch);
    }

    static Stream<Check> checks() {
        return Stream.of(
                ModelChecks::canOverfitOneBatch,
                ModelChecks::dependsOnInput,
                ModelChecks::gradientsAreCorrect,
                ModelChecks::isDeterministic,
                ModelChecks::trainAndEvaluationAgree);
    }

    /** All that a program can see of a network and of chance; the next random numbers are drawn last. */
    private record Traces(
            List<Double> parameters,
            List<Double> updater,
            String configuration,
            int listeners,
            double score,
            List<Double> features,
            List<Double> labels,
            List<Double> random) {

        static Traces of(MultiLayerNetwork network, DataSet batch) {
            return new Traces(
                    numbers(network.params()),
                    numbers(network.getUpdater().getStateViewArray()),
                    network.getLayerWiseConfigurations().toJson(),
                    network.getListeners().size(),
                    network.score(),
                    numbers(batch.getFeatures()),
                    numbers(batch.getLabels()),
                    numbers(Nd4j.rand(DataType.DOUBLE, 4)));
        }

        static Traces of(ComputationGraph graph, DataSet batch) {
            return new Traces(
                    numbers(graph.params()),
                    numbers(graph.getUpdater().getStateViewArray()),
                    graph.getConfiguration().toJson(),
                    graph.getListeners().size(),
                    graph.score(),
                    numbers(batch.getFeatures()),
                    numbers(batch.getLabels()),
                    numbers(Nd4j.rand(DataType.DOUBLE, 4)));
        }

        private static List<Double> numbers(INDArray array) {
            return Arrays.stream(array.dup().data().asDouble()).boxed().toList();
        }
    }

    private static MultiLayerNetwork layered() {
        return network(base(new Adam(0.01))
                .l2(1e-3)
                .dropOut(0.8)
                .list()
                .layer(dense(INPUTS, 8))
                .layer(new BatchNormalization.Builder().nIn(8).nOut(8).build())
                .layer(softmax(8)));
    }

    private static Traces afterTraining(MultiLayerNetwork network, Check check) {
        network.addListeners(new GradiometerListener());
        train(network::fit);
        check.apply(network, batch(16, 9).toMultiDataSet());
        train(network::fit);
        return Traces.of(network, batch(16, 9));
    }

    private static Traces afterTraining(ComputationGraph graph, Check check) {
        graph.addListeners(new GradiometerListener());
        train(graph::fit);
        check.apply(graph, batch(16, 9).toMultiDataSet());
        train(graph::fit);
        return Traces.of(graph, batch(16, 9));
    }

    private static void train(Consumer<DataSet> fit) {
        for (int i = 0; i < 3; i++) {
            fit.accept(batch(16, i));
        }
    }

    private static CheckResult none(Model model, MultiDataSet batch) {
        return CheckResult.passed("none", "Nothing was checked.", List.of());
    }

    @ParameterizedTest
    @MethodSource("checks")
    void leave_a_network_and_chance_as_if_they_had_never_been(Check check) {
        assertThat(afterTraining(layered(), check)).isEqualTo(afterTraining(layered(), ModelChecksTest::none));
    }

    @ParameterizedTest
    @MethodSource("checks")
    void leave_a_graph_and_chance_as_if_they_had_never_been(Check check) {
        assertThat(afterTraining(Networks.graph(new Adam(0.01)), check))
                .isEqualTo(afterTraining(Networks.graph(new Adam(0.01)), ModelChecksTest::none));
    }

    @ParameterizedTest
    @MethodSource("checks")
    void leave_what_is_inside_wrappers_as_it_was(Check check) {
        MultiLayerNetwork network = CheckSamples.recurrent();
        String before = network.getLayerWiseConfigurations().toJson();

        check.apply(network, CheckSamples.series().toMultiDataSet());

        assertThat(network.getLayerWiseConfigurations().toJson()).isEqualTo(before);
    }

    @ParameterizedTest
    @MethodSource("checks")
    void leave_the_batch_as_it_was(Check check) {
        DataSet images = CheckSamples.images();
        DataSet before = images.copy();

        check.apply(CheckSamples.convolutional(0.5), images.toMultiDataSet());

        assertThat(images).isEqualTo(before);
    }

    @ParameterizedTest
    @MethodSource("checks")
    void are_no_run_for_anyone_to_gather(Check check) {
        MultiLayerNetwork network = Networks.small();
        network.addListeners(new GradiometerListener());
        try (ObservationScope scope = ObservationScope.open(Configuration.of())) {
            check.apply(network, batch(16, 1).toMultiDataSet());

            assertThat(scope.observations()).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("checks")
    void say_the_same_when_asked_again(Check check) {
        MultiLayerNetwork network = layered();
        MultiDataSet batch = batch(16, 1).toMultiDataSet();

        assertThat(check.apply(network, batch)).isEqualTo(check.apply(network, batch));
    }

    private static void refuses(Check check, Model model, MultiDataSet batch, String why) {
        assertThatThrownBy(() -> check.apply(model, batch))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(why);
    }

    @ParameterizedTest
    @MethodSource("checks")
    void refuse_a_network_that_is_not_initialised(Check check) {
        MultiLayerNetwork network = new MultiLayerNetwork(Networks.small().getLayerWiseConfigurations());
        ComputationGraph graph =
                new ComputationGraph(Networks.graph(new Adam(0.01)).getConfiguration());

        refuses(check, network, batch(4, 1).toMultiDataSet(), "not initialised; call init() first");
        refuses(check, graph, batch(4, 1).toMultiDataSet(), "not initialised; call init() first");
    }

    @ParameterizedTest
    @MethodSource("checks")
    void refuse_a_layer_that_is_no_network(Check check) {
        refuses(check, Networks.small().getLayer(0), batch(4, 1).toMultiDataSet(), "give the MultiLayerNetwork");
    }

    @ParameterizedTest
    @MethodSource("checks")
    void refuse_labels_of_another_width(Check check) {
        DataSet batch = batch(4, 1);
        batch.setLabels(Nd4j.ones(4, CLASSES + 2));

        refuses(check, Networks.small(), batch.toMultiDataSet(), "shape [4, 3], but the labels have shape [4, 5]");
    }

    @ParameterizedTest
    @MethodSource("checks")
    void refuse_features_of_another_width(Check check) {
        DataSet batch = batch(4, 1);
        batch.setFeatures(Nd4j.ones(4, INPUTS + 2));

        refuses(check, Networks.small(), batch.toMultiDataSet(), "cannot take features of shape [4, 8]");
    }

    @ParameterizedTest
    @MethodSource("checks")
    void refuse_numbers_that_are_none(Check check) {
        DataSet features = batch(4, 1);
        features.getFeatures().putScalar(2, 1, Double.NaN);
        DataSet labels = batch(4, 1);
        labels.getLabels().putScalar(1, 1, Double.POSITIVE_INFINITY);

        refuses(check, Networks.small(), features.toMultiDataSet(), "1 of 24 numbers in the batch's features");
        refuses(check, Networks.small(), labels.toMultiDataSet(), "1 of 12 numbers in the batch's labels");
    }

    @ParameterizedTest
    @MethodSource("checks")
    void refuse_a_batch_without_labels_or_anything(Check check) {
        MultiDataSet unlabelled = new org.nd4j.linalg.dataset.MultiDataSet();
        unlabelled.setFeatures(new INDArray[] {Nd4j.ones(4, INPUTS)});

        refuses(check, Networks.small(), unlabelled, "the batch has no labels");
        refuses(check, Networks.small(), new org.nd4j.linalg.dataset.MultiDataSet(), "the batch has no features");
    }

    @Test
    void a_failed_check_says_what_to_try() {
        assertThatThrownBy(() -> CheckResult.failed("check", "Something is wrong.", List.of(), List.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
