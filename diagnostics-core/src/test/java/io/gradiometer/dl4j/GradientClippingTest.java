package io.gradiometer.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.transferlearning.TransferLearning;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.config.Sgd;

/** With {@code Sgd(1)} a step is the mean gradient: what was cut can be read off the parameters. */
class GradientClippingTest {

    private static final DataSet BATCH = Networks.batch(16, 0);

    static Stream<Named<Supplier<Model>>> networks() {
        return Stream.of(
                Named.of("MultiLayerNetwork", () -> Networks.small(new Sgd(1))),
                Named.of("ComputationGraph", () -> Networks.small(new Sgd(1)).toComputationGraph()));
    }

    private static INDArray step(Model model, TrainingListener... listeners) {
        INDArray before = model.params().dup();
        if (model instanceof ComputationGraph graph) {
            graph.setListeners(listeners);
            graph.fit(BATCH);
        } else if (model instanceof MultiLayerNetwork network) {
            network.setListeners(listeners);
            network.fit(BATCH);
        }
        return before.sub(model.params());
    }

    private static double norm(INDArray array) {
        return array.norm2Number().doubleValue();
    }

    @ParameterizedTest
    @MethodSource("networks")
    void a_long_gradient_keeps_its_direction_and_gets_the_length(Supplier<Model> networks) {
        INDArray free = step(networks.get());
        GradientClipping clipping = GradientClipping.byGlobalNorm(norm(free) / 4);

        INDArray cut = step(networks.get(), clipping);

        assertThat(cut.mul(4).sub(free).amaxNumber().doubleValue()).isLessThan(1e-6);
        assertThat(clipping.steps()).isEqualTo(1);
        assertThat(clipping.stepsCut()).isEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource("networks")
    void a_short_one_stays_as_it_is_bit_for_bit(Supplier<Model> networks) {
        INDArray free = step(networks.get());
        GradientClipping clipping = GradientClipping.byGlobalNorm(norm(free) * 1.01);

        assertThat(step(networks.get(), clipping)).isEqualTo(free);
        assertThat(clipping.stepsCut()).isZero();
    }

    @ParameterizedTest
    @MethodSource("networks")
    void elements_above_the_limit_become_zero_and_the_others_stay(Supplier<Model> networks) {
        INDArray gradient = meanGradient(networks.get());
        double largest = gradient.amaxNumber().doubleValue() / 3;
        INDArray kept = meanGradient(networks.get(), GradientClipping.truncating(largest));

        for (long i = 0; i < gradient.length(); i++) {
            double element = gradient.getDouble(i);
            assertThat(kept.getDouble(i)).isEqualTo(Math.abs(element) > largest ? 0 : element);
        }
        assertThat(kept.neq(gradient).any()).isTrue();
    }

    /** The gradient as a listener sees it that comes last. */
    private static INDArray meanGradient(Model model, TrainingListener... before) {
        List<INDArray> seen = new ArrayList<>();
        List<TrainingListener> listeners = new ArrayList<>(List.of(before));
        listeners.add(new BaseTrainingListener() {
            @Override
            public void onGradientCalculation(Model trained) {
                seen.add(trained.getGradientsViewArray().dup());
            }
        });
        step(model, listeners.toArray(new TrainingListener[0]));
        return seen.get(0).reshape(seen.get(0).length()).div(BATCH.numExamples());
    }

    @Test
    void running_statistics_are_not_cut() {
        Supplier<MultiLayerNetwork> networks = () -> Networks.network(Networks.base(new Sgd(0.1))
                .list()
                .layer(Networks.dense(Networks.INPUTS, 8))
                .layer(new BatchNormalization.Builder().nIn(8).nOut(8).build())
                .layer(Networks.softmax(8)));
        MultiLayerNetwork free = networks.get();
        MultiLayerNetwork cut = networks.get();

        step(free);
        step(cut, GradientClipping.byGlobalNorm(1e-6));

        assertThat(cut.getParam("1_mean")).isEqualTo(free.getParam("1_mean"));
        assertThat(cut.getParam("1_beta")).isNotEqualTo(free.getParam("1_beta"));
    }

    @Test
    void frozen_layers_do_not_count() {
        Supplier<MultiLayerNetwork> networks = () -> new TransferLearning.Builder(Networks.small(new Sgd(1)))
                .setFeatureExtractor(0)
                .build();
        INDArray free = step(networks.get());

        INDArray cut = step(networks.get(), GradientClipping.byGlobalNorm(norm(free) / 2));

        assertThat(norm(cut)).isEqualTo(norm(free) / 2, within(1e-6));
    }

    @Test
    void a_gradient_that_is_not_finite_stays_for_all_to_see() {
        MultiLayerNetwork network = Networks.small(new Sgd(1));
        network.params().putScalar(0, Double.NaN);
        GradientClipping clipping = GradientClipping.byGlobalNorm(1);

        step(network, clipping);

        assertThat(clipping.stepsCut()).isZero();
        assertThat(network.params().isNaN().any()).isTrue();
    }

    @Test
    void a_spike_is_cut_and_what_is_usual_is_not() {
        MultiLayerNetwork network = Networks.small(new Sgd(0.01));
        GradientClipping byZScore = GradientClipping.byZScore(6);
        GradientClipping byPercentile = GradientClipping.byPercentile(99);
        network.setListeners(byZScore, byPercentile);
        List<DataSet> batches = Networks.batches(60);
        batches.forEach(network::fit);
        long usual = byZScore.stepsCut();
        DataSet spike = new DataSet(
                batches.get(0).getFeatures(), batches.get(0).getLabels().mul(1e3));

        network.fit(spike);

        assertThat(usual).isLessThan(6);
        assertThat(byZScore.stepsCut()).isEqualTo(usual + 1);
        assertThat(byZScore.steps()).isEqualTo(61);
    }

    @Test
    void another_network_begins_anew() {
        GradientClipping clipping = GradientClipping.byPercentile(50);
        MultiLayerNetwork first = Networks.small(new Sgd(0.01));
        first.setListeners(clipping);
        Networks.batches(20).forEach(first::fit);
        long before = clipping.stepsCut();

        step(Networks.small(new Sgd(1)), clipping);

        assertThat(before).isPositive();
        assertThat(clipping.stepsCut()).isEqualTo(before);
    }

    @Test
    void limits_that_are_none_are_refused() {
        assertThatThrownBy(() -> GradientClipping.byGlobalNorm(0)).hasMessageContaining("positive number, not 0");
        assertThatThrownBy(() -> GradientClipping.byZScore(Double.NaN)).hasMessageContaining("not NaN");
        assertThatThrownBy(() -> GradientClipping.truncating(-1)).hasMessageContaining("not -1");
        assertThatThrownBy(() -> GradientClipping.byPercentile(100)).hasMessageContaining("between 0 and 100");
        assertThatThrownBy(() -> LayersInTurn.every(0)).hasMessageContaining("one iteration at least");
    }

    @ParameterizedTest
    @MethodSource("networks")
    void layers_learn_one_at_a_time_from_the_output_on(Supplier<Model> networks) {
        Model model = networks.get();
        LayersInTurn turns = LayersInTurn.every(2);
        long hidden = Networks.INPUTS * 8L + 8;

        for (int i = 0; i < 6; i++) {
            INDArray moved = step(model, turns).reshape(model.params().length());
            boolean output = i % 4 < 2;
            assertThat(norm(moved.get(NDArrayIndex.interval(0, hidden))) > 0)
                    .as("hidden layer in iteration %d", i)
                    .isEqualTo(!output);
            assertThat(norm(moved.get(NDArrayIndex.interval(hidden, moved.length()))) > 0)
                    .as("output layer in iteration %d", i)
                    .isEqualTo(output);
        }
    }
}
