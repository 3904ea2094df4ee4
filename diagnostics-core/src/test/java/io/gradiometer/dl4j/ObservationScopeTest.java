package io.gradiometer.dl4j;

import static io.gradiometer.dl4j.Networks.batch;
import static io.gradiometer.dl4j.Networks.small;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradiometer.config.Configuration;
import io.gradiometer.config.ConfigurationException;
import io.gradiometer.finding.Health;
import io.gradiometer.trace.RunStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;

class ObservationScopeTest {

    private final Configuration defaults = Configuration.of();

    @Test
    void gathers_what_it_is_told_to_watch() {
        try (ObservationScope scope = ObservationScope.open(defaults)) {
            MultiLayerNetwork network = small();
            Observation observation = scope.watch(network);
            assertThat(observation.trained()).isFalse();

            network.fit(batch(16, 1));

            assertThat(observation.trained()).isTrue();
            assertThat(scope.observations()).containsExactly(observation);
            assertThat(observation.trace().steps()).hasSize(1);
        }
    }

    @Test
    void gathers_networks_with_a_listener_of_the_users_own() {
        try (ObservationScope scope = ObservationScope.open(defaults)) {
            MultiLayerNetwork network = small();
            network.addListeners(new GradiometerListener());

            network.fit(batch(16, 1));

            assertThat(scope.observations()).hasSize(1);
        }
    }

    @Test
    void gathers_what_trains_in_threads_that_it_starts() throws InterruptedException {
        try (ObservationScope scope = ObservationScope.open(defaults)) {
            MultiLayerNetwork network = small();
            network.addListeners(new GradiometerListener());
            Thread thread = new Thread(() -> network.fit(batch(16, 1)));

            thread.start();
            thread.join();

            assertThat(scope.observations()).hasSize(1);
        }
    }

    @Test
    void watches_a_network_once_however_often_it_is_asked() {
        try (ObservationScope scope = ObservationScope.open(defaults)) {
            MultiLayerNetwork network = small();
            Observation first = scope.watch(network);
            Observation second = scope.watch(network);

            network.fit(batch(16, 1));

            assertThat(second).isSameAs(first);
            assertThat(network.getListeners()).hasSize(1);
            assertThat(first.diagnosis().run().iterations()).isEqualTo(1);
        }
    }

    @Test
    void gathers_nothing_once_it_is_closed() {
        ObservationScope scope = ObservationScope.open(defaults);
        scope.close();
        MultiLayerNetwork network = small();
        network.addListeners(new GradiometerListener());

        network.fit(batch(16, 1));

        assertThat(scope.observations()).isEmpty();
    }

    @Test
    void nests() {
        try (ObservationScope outer = ObservationScope.open(defaults)) {
            MultiLayerNetwork network = small();
            network.addListeners(new GradiometerListener());
            try (ObservationScope inner = ObservationScope.open(defaults)) {
                network.fit(batch(16, 1));
                assertThat(inner.observations()).hasSize(1);
                assertThat(outer.observations()).isEmpty();
            }
            network.fit(batch(16, 2));
            assertThat(outer.observations()).hasSize(1);
        }
    }

    @Test
    void knows_a_network_that_was_watched_before_it_was_initialised() {
        try (ObservationScope scope = ObservationScope.open(defaults)) {
            MultiLayerNetwork network = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                    .updater(new Sgd(0.1))
                    .list()
                    .layer(Networks.dense(Networks.INPUTS, 4))
                    .layer(Networks.softmax(4))
                    .build());
            Observation observation = scope.watch(network);
            assertThat(observation.diagnosis().health()).isEqualTo(Health.INCONCLUSIVE);
            assertThat(observation.diagnosis().inconclusive()).isNotEmpty();

            network.init();
            network.fit(batch(16, 1));

            assertThat(observation.diagnosis().run().iterations()).isEqualTo(1);
        }
    }

    @Test
    void leaves_a_graph_to_its_user_to_initialise() {
        ComputationGraph like = Networks.graph(new Sgd(0.1));
        ComputationGraph graph = new ComputationGraph(like.getConfiguration().clone());
        try (ObservationScope scope = ObservationScope.open(defaults)) {
            Observation observation = scope.watch(graph);

            graph.init(Nd4j.valueArrayOf(like.numParams(), 0.25), true);
            graph.fit(batch(16, 1));

            assertThat(observation.diagnosis().run().iterations()).isEqualTo(1);
            assertThat(observation
                            .trace()
                            .steps()
                            .get(0)
                            .layers()
                            .get(0)
                            .parameters()
                            .get(0)
                            .value()
                            .max())
                    .isEqualTo(0.25);
        }
    }

    @Test
    void gathers_what_trains_in_a_pool_that_is_older_than_it() throws Exception {
        ExecutorService pool = Executors.newSingleThreadExecutor();
        try {
            try (ObservationScope earlier = ObservationScope.open(defaults)) {
                pool.submit(() -> {}).get();
                assertThat(earlier.observations()).isEmpty();
            }
            try (ObservationScope scope = ObservationScope.open(defaults)) {
                MultiLayerNetwork network = small();
                network.addListeners(new GradiometerListener());
                pool.submit(() -> network.fit(batch(16, 1))).get();

                assertThat(scope.observations()).hasSize(1);
            }
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void says_why_nothing_was_seen() {
        try (ObservationScope scope = ObservationScope.open(defaults)) {
            MultiLayerNetwork network = small();
            Observation observation = scope.watch(network);
            assertThat(observation.whyNothingWasSeen()).isEqualTo("fit was never called");

            network.setListeners();
            network.fit(batch(16, 1));

            assertThat(observation.whyNothingWasSeen()).contains("setListeners(...) took the watching listener off");
        }
    }

    @Test
    void refuses_what_cannot_be_watched() {
        try (ObservationScope scope = ObservationScope.open(defaults)) {
            assertThatThrownBy(() -> scope.watch(small().getLayer(0)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("watch the MultiLayerNetwork or ComputationGraph that it belongs to");
        }
    }

    @Test
    void refuses_a_configuration_with_mistakes() {
        Configuration mistaken = Configuration.of(
                new Configuration.Source("@Diagnosed", Map.of("gradiometer.ignore", "vanishing-gradients")));

        assertThatThrownBy(() -> ObservationScope.open(mistaken))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("did you mean 'vanishing-gradient'?");
    }

    @Test
    void keeps_validation_scores_with_their_iteration() {
        try (ObservationScope scope = ObservationScope.open(defaults)) {
            MultiLayerNetwork network = small();
            Observation observation = scope.watch(network);
            network.fit(batch(16, 1));
            network.fit(batch(16, 2));

            observation.validation(0.8);

            assertThat(observation.trace().validations()).hasSize(1);
            assertThat(observation.trace().validations().get(0).iteration()).isEqualTo(1);
        }
    }

    @Test
    void a_run_that_cannot_be_written_goes_on_and_says_so(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "not a folder");
        try (ObservationScope scope = ObservationScope.open(
                defaults, newcomer -> newcomer.writeTo(new RunStore(file, "session").open("run")))) {
            MultiLayerNetwork network = small();
            Observation observation = scope.watch(network);
            network.fit(batch(16, 1));

            while (observation.diagnosis().inconclusive().stream().noneMatch(u -> u.id().equals("trace"))) {
                new CountDownLatch(1).await(50, TimeUnit.MILLISECONDS);
            }
            network.fit(batch(16, 2));

            assertThat(observation.trace().stepsSeen()).isEqualTo(2);
            assertThat(observation.diagnosis().inconclusive())
                    .filteredOn(u -> u.id().equals("trace"))
                    .singleElement()
                    .asString()
                    .contains(file.toString());
        }
    }
}
