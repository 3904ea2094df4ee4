package io.gradiometer.dl4j;

import static io.gradiometer.dl4j.Networks.INPUTS;
import static io.gradiometer.dl4j.Networks.base;
import static io.gradiometer.dl4j.Networks.batch;
import static io.gradiometer.dl4j.Networks.dense;
import static io.gradiometer.dl4j.Networks.network;
import static io.gradiometer.dl4j.Networks.softmax;
import static org.assertj.core.api.Assertions.assertThat;

import io.gradiometer.config.Configuration;
import io.gradiometer.finding.Diagnosis;
import io.gradiometer.signal.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.Sgd;

/** Equal programs get equal verdicts, from equal steps, however busy the machine is. */
class RepeatableVerdictsTest {

    private record Outcome(Diagnosis diagnosis, List<Step> kept) {}

    private static Outcome train(double rate) {
        MultiLayerNetwork network = network(base(new Sgd(rate))
                .activation(Activation.RELU)
                .list()
                .layer(dense(INPUTS, 8))
                .layer(dense(8, 8))
                .layer(softmax(8)));
        try (ObservationScope scope = ObservationScope.open(Configuration.of())) {
            Observation observation = scope.watch(network);
            for (int i = 0; i < 400; i++) {
                network.fit(batch(16, i % 10));
            }
            return new Outcome(observation.diagnosis(), observation.trace().steps());
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.05, 50})
    void under_load_as_well(double rate) throws InterruptedException {
        Outcome quiet = train(rate);
        AtomicBoolean over = new AtomicBoolean();
        AtomicLong spent = new AtomicLong();
        List<Thread> load = new ArrayList<>();
        for (int i = 0; i < 2 * Runtime.getRuntime().availableProcessors(); i++) {
            // Arithmetic alone: garbage would have collections come so often that ND4J's own race between a collection
            // and a
            // native call ends the JVM (docs/cost.md, known trouble).
            Thread busy = new Thread(() -> {
                SplittableRandom numbers = new SplittableRandom(42);
                long sum = 0;
                while (!over.get()) {
                    sum += numbers.nextLong();
                }
                spent.accumulateAndGet(sum, Long::sum);
            });
            busy.start();
            load.add(busy);
        }

        Outcome busy = train(rate);
        over.set(true);
        for (Thread thread : load) {
            thread.join();
        }

        assertThat(spent).as("the load was there").doesNotHaveValue(0);
        assertThat(busy.diagnosis().findings()).isEqualTo(quiet.diagnosis().findings());
        assertThat(busy.diagnosis().inconclusive()).isEqualTo(quiet.diagnosis().inconclusive());
        assertThat(busy.diagnosis().health()).isEqualTo(quiet.diagnosis().health());
        assertThat(busy.kept()).isEqualTo(quiet.kept());
    }
}
