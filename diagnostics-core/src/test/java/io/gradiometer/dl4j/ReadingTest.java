package io.gradiometer.dl4j;

import static io.gradiometer.dl4j.Networks.INPUTS;
import static io.gradiometer.dl4j.Networks.base;
import static io.gradiometer.dl4j.Networks.batch;
import static io.gradiometer.dl4j.Networks.dense;
import static io.gradiometer.dl4j.Networks.network;
import static io.gradiometer.dl4j.Networks.small;
import static io.gradiometer.dl4j.Networks.softmax;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.gradiometer.signal.ColumnStats;
import io.gradiometer.signal.LayerStep;
import io.gradiometer.signal.Magnitudes;
import io.gradiometer.signal.ParameterStep;
import io.gradiometer.signal.Step;
import io.gradiometer.signal.TensorStats;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.schedule.ExponentialSchedule;
import org.nd4j.linalg.schedule.ScheduleType;

/** What is read, and when. */
class ReadingTest {

    @Nested
    class Schedule {

        @Test
        void everything_at_first_then_in_every_eighth_or_thirty_second_iteration() {
            ReadingSchedule small = ReadingSchedule.of(10_000, false);
            ReadingSchedule medium = ReadingSchedule.of(300_000, false);
            ReadingSchedule large = ReadingSchedule.of(10_000_000, false);

            assertThat(Arrays.asList(0, 1, 255, 256, 264)).allMatch(small::readsAll);
            assertThat(Arrays.asList(257, 263, 265)).noneMatch(small::readsAll);
            assertThat(Arrays.asList(0, 255, 256, 288)).allMatch(medium::readsAll);
            assertThat(Arrays.asList(264, 272)).noneMatch(medium::readsAll);
            assertThat(Arrays.asList(0, 63, 64, 96)).allMatch(large::readsAll);
            assertThat(Arrays.asList(65, 72, 95)).noneMatch(large::readsAll);
        }

        @Test
        void exact_reads_gradients_and_steps_always_parameters_in_every_eighth_and_activations_on_the_schedule() {
            assertThat(ReadingSchedule.of(1_000, true).readsActivations(257)).isFalse();
            assertThat(Arrays.asList(0, 1000, 12_345)).allMatch(ReadingSchedule.of(10_000_000, true)::readsAll);
            assertThat(Arrays.asList(0, 63, 72, 80)).allMatch(ReadingSchedule.of(10_000_000, true)::readsValues);
            assertThat(Arrays.asList(65, 71, 73)).noneMatch(ReadingSchedule.of(10_000_000, true)::readsValues);
        }

        @Test
        void exact_takes_parameters_from_the_last_reading_and_gradients_and_steps_as_they_are() {
            MultiLayerNetwork network = small();
            Steps often = new Steps(network, true);
            Steps onSchedule = new Steps(network, false);

            for (int i = 0; i < 266; i++) {
                network.fit(batch(16, i % 4));
            }

            List<ParameterStep> read = weights(often, 256);
            List<ParameterStep> later = weights(often, 263);
            assertThat(weights(onSchedule, 256)).isEqualTo(read);
            assertThat(later).extracting(ParameterStep::value).isEqualTo(values(read));
            assertThat(later).extracting(ParameterStep::gradient).doesNotContainAnyElementsOf(gradients(read));
            assertThat(often.all).allMatch(Step::full);
            assertThat(weights(often, 264)).isEqualTo(weights(onSchedule, 264));
        }

        private List<ParameterStep> weights(Steps steps, int iteration) {
            return steps.all.get(iteration).layers().stream()
                    .map(layer -> layer.parameters().get(0))
                    .toList();
        }

        private List<TensorStats> values(List<ParameterStep> parameters) {
            return parameters.stream().map(ParameterStep::value).toList();
        }

        private List<TensorStats> gradients(List<ParameterStep> parameters) {
            return parameters.stream().map(ParameterStep::gradient).toList();
        }

        @Test
        void exact_looks_at_parameters_at_once_where_gradients_are_broken() {
            MultiLayerNetwork network = small();
            Steps steps = new Steps(network, true);
            for (int i = 0; i < 259; i++) {
                network.fit(batch(16, i % 4));
            }
            network.getLayer(0).getParam("W").putScalar(0, 0, Double.NaN);

            network.fit(batch(16, 0));

            assertThat(weights(steps, 259).get(0).value().nonFinite()).isEqualTo(1);
        }

        @Test
        void a_light_step_has_the_loss_and_the_small_gradients_and_nothing_else() {
            MultiLayerNetwork network = small();
            Steps steps = new Steps(network);

            for (int i = 0; i < 264; i++) {
                network.fit(batch(16, i % 4));
            }

            Step light = steps.all.get(260);
            assertThat(light.full()).isFalse();
            assertThat(light.loss()).isEqualTo(light.score());
            assertThat(light.skill()).isGreaterThan(0.5);
            assertThat(light.watched().length()).isEqualTo(8 + 8 * 3 + 3);
            assertThat(light.gradient(steps.probe.layout().view()).isRead()).isFalse();
            assertThat(light.layers()).hasSize(2);
            assertThat(light.layers().get(0).outputs().isRead()).isFalse();
            assertThat(steps.all.stream().filter(Step::full)).hasSize(257);
        }

        @Test
        void what_is_watched_is_what_biases_and_the_output_layer_get() {
            MultiLayerNetwork network = small();
            List<TensorStats> expected = new ArrayList<>();
            Steps steps = new Steps(network, model -> {
                INDArray[] small = {
                    model.gradient().gradientForVariable().get("0_b"),
                    model.gradient().gradientForVariable().get("1_W"),
                    model.gradient().gradientForVariable().get("1_b")
                };
                expected.add(new TensorReader()
                        .read(Nd4j.hstack(Arrays.stream(small)
                                        .map(g -> g.dup('c').reshape(1, g.length()))
                                        .toArray(INDArray[]::new))
                                .div(16)));
            });

            network.fit(batch(16, 0));

            TensorStats watched = steps.all.get(0).watched();
            assertThat(watched.l2()).isCloseTo(expected.get(0).l2(), withinPercentage(1e-4));
            assertThat(watched.max()).isCloseTo(expected.get(0).max(), withinPercentage(1e-4));
        }

        @Test
        void a_broken_loss_is_located_in_its_own_iteration_although_it_is_not_on_the_schedule() {
            MultiLayerNetwork network = small();
            Steps steps = new Steps(network);
            for (int i = 0; i < 261; i++) {
                network.fit(batch(16, i % 4));
            }
            network.getLayer(0).getParam("W").putScalar(0, 0, Double.NaN);

            network.fit(batch(16, 0));

            Step broken = steps.all.get(261);
            assertThat(steps.all.get(260).full()).isFalse();
            assertThat(broken.full()).isTrue();
            assertThat(broken.layers().get(0).parameters().get(0).value().nonFinite())
                    .isEqualTo(1);
        }

        @Test
        void suspicion_is_raised_by_jumps_and_not_by_noise() {
            Suspicion suspicion = new Suspicion();
            Random random = new Random(1);
            boolean raised = false;
            for (int i = 0; i < 100_000; i++) {
                double noise = Math.exp(0.25 * random.nextGaussian());
                raised |= suspicion.isRaisedBy(noise, stats(0.01 * noise));
            }

            assertThat(raised).isFalse();
            assertThat(suspicion.isRaisedBy(1, stats(0.2))).isTrue();
            for (int i = 0; i < 15; i++) {
                assertThat(suspicion.isRaisedBy(1, stats(0.01))).isTrue();
            }
            assertThat(suspicion.isRaisedBy(1, stats(0.01))).isFalse();
            assertThat(suspicion.isRaisedBy(30, stats(0.01))).isTrue();
        }

        @Test
        void gradients_that_become_zero_are_suspicious_once() {
            Suspicion suspicion = new Suspicion();
            assertThat(suspicion.isRaisedBy(1, stats(1))).isFalse();
            assertThat(suspicion.isRaisedBy(1, stats(0))).isTrue();
            for (int i = 0; i < 15; i++) {
                suspicion.isRaisedBy(1, stats(0));
            }
            assertThat(suspicion.isRaisedBy(1, stats(0))).isFalse();
        }

        private static TensorStats stats(double rms) {
            return new TensorStats(4, 4 * rms, 2 * rms, rms, rms == 0 ? 4 : 0, 0);
        }
    }

    @Nested
    class Clipped {

        /** With a rate of 1 and nothing added, plain descent takes off just what clipping left. */
        @ParameterizedTest
        @EnumSource(GradientNormalization.class)
        void the_clipped_gradient_is_what_deeplearning4j_steps_with(GradientNormalization mode) {
            for (double threshold : new double[] {0.01, 0.2, 1e9}) {
                MultiLayerNetwork network = network(base(new Sgd(1))
                        .gradientNormalization(mode)
                        .gradientNormalizationThreshold(threshold)
                        .list()
                        .layer(dense(INPUTS, 8))
                        .layer(new BatchNormalization.Builder().nIn(8).nOut(8).build())
                        .layer(softmax(8)));
                Steps steps = new Steps(network);

                for (int i = 0; i < 3; i++) {
                    network.fit(batch(16, i));
                }

                for (Step step : steps.all) {
                    for (LayerStep layer : step.layers()) {
                        for (ParameterStep parameter : layer.parameters()) {
                            assertSame(parameter.clipped(), parameter.update());
                        }
                    }
                }
            }
        }

        private void assertSame(TensorStats clipped, TensorStats update) {
            assertThat(clipped.l2()).isCloseTo(update.l2(), within(1e-5 * update.l2() + 1e-12));
            assertThat(clipped.l1()).isCloseTo(update.l1(), within(1e-5 * update.l1() + 1e-12));
            assertThat(clipped.max()).isCloseTo(update.max(), within(1e-5 * update.max() + 1e-12));
        }
    }

    @Test
    void each_parameter_has_its_own_learning_rate_with_its_schedule() {
        MultiLayerNetwork network = network(base(new Adam(new ExponentialSchedule(ScheduleType.ITERATION, 0.1, 0.5)))
                .biasUpdater(new Sgd(0.25))
                .list()
                .layer(dense(INPUTS, 8))
                .layer(softmax(8)));
        Steps steps = new Steps(network);

        network.fit(batch(16, 0));
        network.fit(batch(16, 0));

        List<ParameterStep> second = steps.all.get(1).layers().get(0).parameters();
        assertThat(second.get(0).learningRate()).isEqualTo(0.05, within(1e-9));
        assertThat(second.get(1).learningRate()).isEqualTo(0.25, within(1e-9));
    }

    @Test
    void columns_of_the_first_batches_are_described_one_by_one() {
        MultiLayerNetwork network = small();
        Steps steps = new Steps(network);
        DataSet data = batch(16, 0);
        data.getFeatures().getColumn(2).assign(7);
        data.getFeatures().putScalar(3, 4, Double.NaN);

        for (int i = 0; i < 5; i++) {
            network.fit(data);
        }

        List<ColumnStats> columns = steps.all.get(0).data().inputColumns();
        INDArray first = data.getFeatures().getColumn(0);
        assertThat(columns).hasSize(INPUTS);
        assertThat(columns.get(0).mean()).isCloseTo(first.meanNumber().doubleValue(), within(1e-5));
        assertThat(columns.get(0).deviation()).isCloseTo(first.stdNumber(false).doubleValue(), within(1e-5));
        assertThat(columns.get(0).min()).isEqualTo(first.minNumber().doubleValue());
        assertThat(columns.get(0).max()).isEqualTo(first.maxNumber().doubleValue());
        assertThat(columns.get(2)).isEqualTo(new ColumnStats(16, 7, 0, 7, 7, 0));
        assertThat(columns.get(4).nonFinite()).isEqualTo(1);
        assertThat(columns.get(4).count()).isEqualTo(15);
        assertThat(steps.all.get(0).data().labelColumns()).hasSize(Networks.CLASSES);
        assertThat(steps.all.get(4).data().inputColumns()).isEmpty();
    }

    @Test
    void magnitudes_are_read_ever_more_rarely() {
        MultiLayerNetwork network = small();
        List<Integer> at = new ArrayList<>();
        Steps steps = new Steps(network);

        for (int i = 0; i < 20; i++) {
            network.fit(batch(16, i));
            if (!steps.probe.magnitudes().isEmpty()) {
                at.add(i);
                for (Magnitudes magnitudes : steps.probe.magnitudes()) {
                    boolean zero = magnitudes.iteration() == 0 && magnitudes.parameter() == 1;
                    assertThat(counted(magnitudes.value().counts())).isEqualTo(zero ? 0 : length(magnitudes));
                    assertThat(counted(magnitudes.gradient().counts())).isPositive();
                    assertThat(counted(magnitudes.update().counts())).isPositive();
                }
            }
        }

        assertThat(at).containsExactly(0, 1, 2, 4, 8, 16);
    }

    private static long length(Magnitudes magnitudes) {
        long[][] lengths = {{INPUTS * 8, 8}, {8 * Networks.CLASSES, Networks.CLASSES}};
        return lengths[magnitudes.layer()][magnitudes.parameter()];
    }

    private static long counted(List<Long> counts) {
        return counts.stream().mapToLong(Long::longValue).sum();
    }
}
