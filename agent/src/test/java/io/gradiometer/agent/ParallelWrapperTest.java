package io.gradiometer.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradiometer.agent.programs.Samples;
import io.gradiometer.dl4j.GradiometerListener;
import io.gradiometer.finding.Diagnosis;
import java.util.List;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.parallelism.ParallelWrapper;
import org.junit.jupiter.api.Test;

/** The listener where workers train in parallel; it stands here since this module has the wrapper for its programs. */
class ParallelWrapperTest {

    @Test
    void one_listener_sees_each_workers_replica_as_a_run_of_its_own() {
        MultiLayerNetwork network = new MultiLayerNetwork(Samples.network(0.1));
        network.init();
        GradiometerListener listener = new GradiometerListener();
        network.addListeners(listener);
        ParallelWrapper wrapper = new ParallelWrapper.Builder<>(network)
                .workers(2)
                .averagingFrequency(1)
                .prefetchBuffer(2)
                .build();

        wrapper.fit(Samples.data(12));
        wrapper.shutdown();

        List<Diagnosis> runs = listener.diagnoses();
        assertThat(runs).hasSize(2).allSatisfy(run -> {
            assertThat(run.run().iterations()).isEqualTo(6);
            assertThat(run.inconclusive())
                    .noneSatisfy(undecided -> assertThat(undecided.missing()).contains("observing that works"));
        });
    }
}
