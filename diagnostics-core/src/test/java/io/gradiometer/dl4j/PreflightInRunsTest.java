package io.gradiometer.dl4j;

import static io.gradiometer.dl4j.Networks.INPUTS;
import static io.gradiometer.dl4j.Networks.base;
import static io.gradiometer.dl4j.Networks.batch;
import static io.gradiometer.dl4j.Networks.batches;
import static io.gradiometer.dl4j.Networks.dense;
import static io.gradiometer.dl4j.Networks.network;
import static io.gradiometer.dl4j.Networks.small;
import static io.gradiometer.dl4j.Networks.softmax;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gradiometer.config.Configuration;
import io.gradiometer.finding.Diagnosis;
import io.gradiometer.finding.Finding;
import io.gradiometer.finding.Health;
import io.gradiometer.finding.PreflightReport;
import io.gradiometer.finding.PreflightReport.OfLayer;
import io.gradiometer.finding.Undecided;
import io.gradiometer.signal.Prospect;
import io.gradiometer.signal.Smell;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.activations.BaseActivationFunction;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.Sgd;

/** What is told before training is part of every run. */
class PreflightInRunsTest {

    private final GradiometerListener listener = new GradiometerListener();

    private static MultiLayerNetwork deepSigmoid() {
        NeuralNetConfiguration.ListBuilder layers =
                base(new Sgd(0.1)).activation(Activation.SIGMOID).list().layer(dense(INPUTS, 64));
        for (int i = 0; i < 8; i++) {
            layers.layer(dense(64, 64));
        }
        return network(layers.layer(softmax(64)));
    }

    private PreflightReport reportOf(MultiLayerNetwork network, int iterations) {
        network.addListeners(listener);
        for (int i = 0; i < iterations; i++) {
            network.fit(batch(64, i));
        }
        return listener.diagnosis().preflight();
    }

    @Test
    void sets_the_forecast_beside_what_the_first_steps_measured() {
        PreflightReport report = reportOf(deepSigmoid(), 3);

        assertThat(report.layers()).hasSize(10);
        OfLayer first = report.layers().get(0);
        assertThat(first.name()).isEqualTo("layer0");
        assertThat(first.signalDecades().foretold()).isLessThan(-4);
        assertThat(first.signalDecades().measured())
                .isCloseTo(first.signalDecades().foretold(), within(1.0));
        assertThat(report.layers())
                .filteredOn(layer -> !layer.name().equals("layer9"))
                .allSatisfy(layer -> assertThat(layer.output().measured())
                        .isCloseTo(layer.output().foretold(), within(0.1)));
    }

    @Test
    void tells_the_first_batch_by_its_own_scale() {
        MultiLayerNetwork network = small();
        DataSet data = batch(64, 1);
        data.getFeatures().muli(50);
        network.addListeners(listener);

        network.fit(data);

        PreflightReport report = listener.diagnosis().preflight();
        assertThat(report.inputRms())
                .isCloseTo(data.getFeatures().norm2Number().doubleValue() / Math.sqrt(64 * INPUTS), within(0.1));
        assertThat(report.labelRms()).isCloseTo(Math.sqrt(1.0 / 3), within(1e-6));
        // With inputs of 50 the hyperbolic tangent gives little but -1 and 1.
        assertThat(report.layers().get(0).output().foretold()).isGreaterThan(0.9);
    }

    @Test
    void a_smell_becomes_evidence_of_a_finding_of_the_run() {
        MultiLayerNetwork network = deepSigmoid();
        reportOf(network, 120);

        Diagnosis diagnosis = listener.diagnosis();

        assertThat(diagnosis.preflight().smells()).extracting(Smell::id).contains("activation-too-deep");
        assertThat(diagnosis.findings()).extracting(Finding::id).contains("vanishing-gradient", "activation-too-deep");
        assertThat(diagnosis.findings())
                .filteredOn(finding -> finding.id().equals("activation-too-deep"))
                .singleElement()
                .satisfies(finding -> assertThat(finding.evidence())
                        .anyMatch(line -> line.startsWith("forecast from the configuration: a factor of 0."))
                        .anyMatch(line -> line.startsWith("already the configuration says so: 'layer0'")));
    }

    @Test
    void smells_in_a_network_that_learns_change_nothing() {
        MultiLayerNetwork network =
                network(base(new Adam(0.15)).list().layer(dense(INPUTS, 8)).layer(softmax(8)));
        network.addListeners(listener);
        for (int epoch = 0; epoch < 10; epoch++) {
            batches(8).forEach(network::fit);
        }

        Diagnosis diagnosis = listener.diagnosis();

        assertThat(diagnosis.preflight().smells()).extracting(Smell::id).contains("learning-rate-too-high");
        assertThat(diagnosis.health()).isEqualTo(Health.HEALTHY);
    }

    @Test
    void is_kept_in_the_trace() {
        try (ObservationScope scope = ObservationScope.open(Configuration.of())) {
            ComputationGraph graph = Networks.graph(new Adam(0.02));
            Observation observation = scope.watch(graph);
            graph.fit(batch(16, 1));

            Prospect prospect = observation.trace().prospect();

            assertThat(prospect.isKnown()).isTrue();
            assertThat(prospect.forecast().layers()).hasSize(2);
            assertThat(observation.diagnosis().preflight().inputRms()).isEqualTo(prospect.inputRms());
        }
    }

    @Test
    void nothing_is_told_before_a_training_that_has_begun_unobserved() {
        MultiLayerNetwork network = small();
        network.fit(batch(16, 1));

        assertThat(reportOf(network, 3)).isEqualTo(PreflightReport.NONE);
        assertThat(listener.diagnosis().cost().millisOnce()).isNaN();
    }

    @Test
    void its_time_is_told_apart() {
        reportOf(small(), 5);

        assertThat(listener.diagnosis().cost().millisOnce()).isPositive();
        assertThat(listener.diagnosis().cost().fraction()).isBetween(0.0, 1.0);
    }

    @Test
    void a_failure_of_it_is_named_and_the_run_is_diagnosed_all_the_same() {
        MultiLayerNetwork network = new Unreadable(small().getLayerWiseConfigurations());
        network.init();

        PreflightReport report = reportOf(network, 30);

        assertThat(report).isEqualTo(PreflightReport.NONE);
        Diagnosis diagnosis = listener.diagnosis();
        assertThat(diagnosis.run().iterations()).isEqualTo(30);
        assertThat(diagnosis.isConclusive()).isTrue();
        assertThat(diagnosis.inconclusive())
                .filteredOn(undecided -> undecided.id().equals("preflight"))
                .extracting(Undecided::missing)
                .singleElement()
                .asString()
                .contains("a forecast of this network", "not for you");
    }

    @Test
    void an_activation_of_the_users_that_remembers_does_not_notice() {
        Forgetful observed = new Forgetful();
        Forgetful alone = new Forgetful();

        MultiLayerNetwork network = trained(observed, true);
        MultiLayerNetwork twin = trained(alone, false);

        assertThat(listener.diagnosis().preflight().layers().get(0).output().foretold())
                .isPositive();
        assertThat(network.params()).isEqualTo(twin.params());
    }

    private MultiLayerNetwork trained(Forgetful activation, boolean observed) {
        MultiLayerNetwork network = network(base(new Sgd(0.1))
                .list()
                .layer(new DenseLayer.Builder()
                        .nIn(INPUTS)
                        .nOut(8)
                        .activation(activation)
                        .build())
                .layer(softmax(8)));
        if (observed) {
            network.addListeners(listener);
        }
        batches(5).forEach(network::fit);
        return network;
    }

    /** Gives a little less each time that it is asked. */
    private static final class Forgetful extends BaseActivationFunction {
        private static final long serialVersionUID = 1;

        private int asked;

        @Override
        public INDArray getActivation(INDArray in, boolean training) {
            asked++;
            return in.muli(1.0 / asked);
        }

        @Override
        public Pair<INDArray, INDArray> backprop(INDArray in, INDArray error) {
            return new Pair<>(error.muli(1.0 / Math.max(1, asked)), null);
        }
    }

    /** Shows its configuration to everybody but the forecast. */
    @SuppressWarnings("overrides") // what Deeplearning4j's own class leaves out of a signature
    private static final class Unreadable extends MultiLayerNetwork {
        private static final long serialVersionUID = 1;

        Unreadable(MultiLayerConfiguration configuration) {
            super(configuration);
        }

        @Override
        public MultiLayerConfiguration getLayerWiseConfigurations() {
            boolean asked = StackWalker.getInstance().walk(frames -> frames.limit(4)
                    .anyMatch(frame -> frame.getClassName().endsWith(".Preflight")));
            if (asked) {
                throw new IllegalStateException("not for you");
            }
            return super.getLayerWiseConfigurations();
        }
    }
}
