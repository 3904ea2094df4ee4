package io.gradiometer.dl4j;

import static io.gradiometer.dl4j.Networks.CLASSES;
import static io.gradiometer.dl4j.Networks.INPUTS;
import static io.gradiometer.dl4j.Networks.base;
import static io.gradiometer.dl4j.Networks.batch;
import static io.gradiometer.dl4j.Networks.dense;
import static io.gradiometer.dl4j.Networks.network;
import static io.gradiometer.dl4j.Networks.softmax;
import static org.assertj.core.api.Assertions.assertThat;

import io.gradiometer.finding.Diagnosis;
import io.gradiometer.finding.Finding;
import io.gradiometer.finding.Severity;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.nd4j.linalg.schedule.MapSchedule;
import org.nd4j.linalg.schedule.ScheduleType;

/** Verdicts on runs that go on far beyond the whole beginning are those of reading everything all the time. */
class ScheduleVerdictsTest {

    private static final int ITERATIONS = 900;

    private static Diagnosis train(MultiLayerNetwork network, boolean exact) {
        GradiometerListener listener = GradiometerListener.builder()
                .set("gradiometer.exact", Boolean.toString(exact))
                .build();
        network.addListeners(listener);
        for (int i = 0; i < ITERATIONS; i++) {
            DataSet data = batch(32, i % 10);
            network.fit(data);
        }
        return listener.diagnosis();
    }

    private static List<String> verdicts(Diagnosis diagnosis) {
        return diagnosis.findings().stream()
                .map((Finding f) -> f.id() + " " + f.severity() + " in " + f.layers())
                .toList();
    }

    private static void assertSameVerdicts(Supplier<MultiLayerNetwork> network, String... ids) {
        Diagnosis onSchedule = train(network.get(), false);
        Diagnosis exact = train(network.get(), true);

        assertThat(verdicts(onSchedule)).isEqualTo(verdicts(exact));
        assertThat(onSchedule.health()).isEqualTo(exact.health());
        assertThat(onSchedule.findings())
                .filteredOn(finding -> finding.severity() != Severity.INFO)
                .extracting(Finding::id)
                .containsExactlyInAnyOrder(ids);
    }

    @Test
    void of_a_healthy_network() {
        assertSameVerdicts(() ->
                network(base(new Adam(0.01)).list().layer(dense(INPUTS, 8)).layer(softmax(8))));
    }

    @Test
    void of_a_stack_of_sigmoids_that_the_error_does_not_reach() {
        assertSameVerdicts(
                () -> {
                    NeuralNetConfiguration.ListBuilder layers =
                            base(new Sgd(0.05)).activation(Activation.SIGMOID).list();
                    layers.layer(dense(INPUTS, 8));
                    for (int i = 0; i < 7; i++) {
                        layers.layer(dense(8, 8));
                    }
                    return network(layers.layer(softmax(8)));
                },
                "class-collapse",
                "vanishing-gradient",
                "loss-not-decreasing",
                "activation-too-deep");
    }

    @Test
    void of_a_regression_that_a_late_rise_of_the_rate_throws_off() {
        assertSameVerdicts(
                () -> {
                    Map<Integer, Double> rates = new HashMap<>(Map.of(0, 0.05, 603, 20.0));
                    return network(base(new Sgd(new MapSchedule(ScheduleType.ITERATION, rates)))
                            .list()
                            .layer(new DenseLayer.Builder()
                                    .nIn(INPUTS)
                                    .nOut(8)
                                    .activation(Activation.IDENTITY)
                                    .build())
                            .layer(new OutputLayer.Builder(LossFunction.MSE)
                                    .activation(Activation.IDENTITY)
                                    .nIn(8)
                                    .nOut(CLASSES)
                                    .build()));
                },
                "exploding-gradient",
                "non-finite",
                "loss-not-decreasing",
                "learning-rate-too-high");
    }

    @Test
    void of_rectifiers_that_a_late_step_kills() {
        assertSameVerdicts(
                () -> {
                    Map<Integer, Double> rates = new HashMap<>(Map.of(0, 0.05, 603, 3000.0, 604, 0.05));
                    return network(base(new Sgd(new MapSchedule(ScheduleType.ITERATION, rates)))
                            .activation(Activation.RELU)
                            .list()
                            .layer(dense(INPUTS, 8))
                            .layer(dense(8, 8))
                            .layer(softmax(8)));
                },
                "exploding-gradient",
                "loss-diverging",
                "vanishing-gradient",
                "loss-not-decreasing",
                "learning-rate-too-high");
    }
}
