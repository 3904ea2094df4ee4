package io.gradiometer.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradiometer.finding.Change;
import io.gradiometer.finding.Diagnosis;
import io.gradiometer.finding.Finding;
import io.gradiometer.finding.Proof;
import io.gradiometer.finding.Remedy;
import io.gradiometer.finding.Severity;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.learning.config.Sgd;

class KeptTrainingTest {

    private static final List<DataSet> BATCHES = Networks.batches(10);
    private static final long PLENTY = 1 << 20;

    private static KeptTraining kept(Model network, int batches, long mostBytes) {
        KeptTraining kept = new KeptTraining(network, mostBytes);
        BATCHES.subList(0, batches).forEach(batch -> kept.offer(batch.toMultiDataSet()));
        return kept;
    }

    private static byte[] written(KeptTraining kept) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        kept.write(out);
        return out.toByteArray();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void another_jvm_can_try_remedies_on_what_was_kept(boolean graph) throws IOException {
        Model network = graph ? Networks.graph(new Sgd(1e-4)) : Networks.small(new Sgd(1e-4));
        GradiometerListener listener = new GradiometerListener();
        network.setListeners(listener);
        for (DataSet batch : BATCHES) {
            if (network instanceof ComputationGraph web) {
                web.fit(batch.copy());
            } else {
                ((MultiLayerNetwork) network).fit(batch.copy());
            }
        }
        Remedy adam = Remedy.untried("adam", "use Adam", "", Change.of("learning-rate", 0.05));
        Diagnosis diagnosis = listener.diagnosis()
                .withFindings(List.of(Finding.of("learning-rate-too-low", Severity.WARNING, "It is too low.")
                        .remedy(adam)
                        .build()
                        .withFingerprint("1")));

        KeptTraining read = KeptTraining.read(new ByteArrayInputStream(written(kept(network, 10, PLENTY))));
        Proof proof = read.trial(diagnosis)
                .budget(20)
                .run()
                .findings()
                .get(0)
                .remedies()
                .get(0)
                .proof();

        assertThat(proof.note()).doesNotContain("broke");
        assertThat(proof.leastGain()).isPositive();
        assertThat(proof)
                .isEqualTo(kept(network, 10, PLENTY)
                        .trial(diagnosis)
                        .budget(20)
                        .run()
                        .findings()
                        .get(0)
                        .remedies()
                        .get(0)
                        .proof());
    }

    @Test
    void a_batch_that_comes_again_ends_the_keeping() {
        KeptTraining kept = kept(Networks.small(), 6, PLENTY);

        assertThat(kept.offer(BATCHES.get(0).toMultiDataSet())).isFalse();
        assertThat(kept.offer(BATCHES.get(7).toMultiDataSet())).isFalse();
        assertThat(kept.part(false)).hasSize(5);
        assertThat(kept.part(true)).hasSize(1);
    }

    @Test
    void no_more_is_kept_than_the_limit() {
        long three = 3L * 16 * (Networks.INPUTS + Networks.CLASSES) * 4;

        KeptTraining kept = kept(Networks.small(), 10, three);

        assertThat(kept.part(false).size()).isEqualTo(3);
    }

    @Test
    void of_a_few_batches_every_fifth_example_is_held_out() {
        KeptTraining kept = kept(Networks.small(), 2, PLENTY);

        assertThat(kept.part(false)).extracting(Batches::examples).containsExactly(13, 13);
        assertThat(kept.part(true)).extracting(Batches::examples).containsExactly(3, 3);
    }

    @Test
    void what_is_something_else_or_damaged_says_so() throws IOException {
        byte[] whole = written(kept(Networks.small(), 2, PLENTY));

        assertThatThrownBy(() -> KeptTraining.read(new ByteArrayInputStream(new byte[100])))
                .isInstanceOf(IOException.class)
                .hasMessage("is no kept training");
        for (int length : new int[] {10, 200, whole.length / 2, whole.length - 5}) {
            assertThatThrownBy(() -> KeptTraining.read(new ByteArrayInputStream(Arrays.copyOf(whole, length))))
                    .isInstanceOf(IOException.class);
        }
    }
}
