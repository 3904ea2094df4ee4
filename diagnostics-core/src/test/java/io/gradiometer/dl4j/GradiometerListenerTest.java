package io.gradiometer.dl4j;

import static io.gradiometer.dl4j.Networks.batch;
import static io.gradiometer.dl4j.Networks.batches;
import static io.gradiometer.dl4j.Networks.small;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradiometer.config.ConfigurationException;
import io.gradiometer.finding.Diagnosis;
import io.gradiometer.finding.DiagnosisJson;
import io.gradiometer.finding.Finding;
import io.gradiometer.finding.Health;
import io.gradiometer.finding.RunInfo;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

class GradiometerListenerTest {

    private final GradiometerListener listener = new GradiometerListener();

    private static void train(Model network, int epochs) {
        for (int epoch = 0; epoch < epochs; epoch++) {
            for (DataSet data : batches(8)) {
                if (network instanceof ComputationGraph graph) {
                    graph.fit(data);
                } else {
                    ((MultiLayerNetwork) network).fit(data);
                }
            }
        }
    }

    @Test
    void finds_a_healthy_network_healthy() {
        MultiLayerNetwork network = small(new Adam(0.02));
        network.addListeners(listener);

        train(network, 10);

        Diagnosis diagnosis = listener.diagnosis();
        assertThat(diagnosis.health()).isEqualTo(Health.HEALTHY);
        assertThat(diagnosis.findings()).isEmpty();
        assertThat(diagnosis.run().iterations()).isEqualTo(80);
        assertThat(diagnosis.run().layers()).containsExactly("layer0", "layer1");
        assertThat(diagnosis.run().backend()).isEqualTo("CpuBackend");
        assertThat(diagnosis.cost().fraction()).isBetween(0.0, 1.0);
        assertThat(diagnosis.cost().millisPerIteration()).isPositive();
    }

    @Test
    void finds_that_validation_scores_turned_round_while_training_went_on() {
        MultiLayerNetwork network = small(new Adam(0.02));
        network.addListeners(listener);

        for (double score : new double[] {0.3, 0.5, 0.7, 0.8, 0.7, 0.6, 0.5, 0.4}) {
            train(network, 1);
            listener.validation(score);
        }

        assertThat(listener.diagnosis().findings()).extracting(Finding::id).containsExactly("overfitting");
    }

    @Test
    void says_that_a_validation_score_came_before_training() {
        assertThatThrownBy(() -> listener.validation(0.5))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("validate after model.fit");
    }

    @Test
    void finds_a_graph_healthy() {
        ComputationGraph graph = Networks.graph(new Adam(0.02));
        graph.addListeners(listener);

        train(graph, 10);

        assertThat(listener.diagnosis().health()).isEqualTo(Health.HEALTHY);
    }

    @Test
    void finds_features_that_are_not_finite_in_their_iteration() {
        MultiLayerNetwork network = small();
        network.addListeners(listener);
        train(network, 1);
        DataSet poisoned = batch(16, 1);
        poisoned.getFeatures().putScalar(3, 2, Double.NaN);

        network.fit(poisoned);

        Finding finding = listener.diagnosis().findings().get(0);
        assertThat(finding.id()).isEqualTo("non-finite");
        assertThat(finding.summary()).contains("the features of the batch, in iteration 8");
    }

    @Test
    void says_which_line_trained() {
        MultiLayerNetwork network = small();
        network.addListeners(listener);

        train(network, 1);

        RunInfo run = listener.diagnosis().run();
        assertThat(run.title()).isEqualTo("GradiometerListenerTest.train()");
        assertThat(String.valueOf(run.source())).contains("file=GradiometerListenerTest.java");
    }

    @Test
    void counts_once_when_it_is_on_a_network_twice() {
        MultiLayerNetwork network = small();
        GradiometerListener second = new GradiometerListener();
        network.addListeners(listener, second, listener);

        train(network, 1);

        assertThat(listener.diagnosis().run().iterations()).isEqualTo(8);
        assertThat(second.diagnosis().run().iterations()).isEqualTo(8);
    }

    @Test
    void goes_on_when_another_listener_of_ours_is_taken_off() {
        MultiLayerNetwork network = small();
        network.setListeners(listener);
        train(network, 1);
        GradiometerListener second = new GradiometerListener();

        network.setListeners(second);
        train(network, 1);

        assertThat(second.diagnosis().run().iterations()).isEqualTo(16);
    }

    @Test
    void tells_networks_apart_that_are_equal() {
        MultiLayerNetwork first = small();
        MultiLayerNetwork second = small();
        first.addListeners(listener);
        second.addListeners(listener);

        train(first, 1);
        train(second, 2);

        assertThat(listener.diagnoses()).extracting(d -> d.run().iterations()).containsExactly(8, 16);
    }

    @Test
    void serves_networks_that_train_at_the_same_time() throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            MultiLayerNetwork network = small();
            network.addListeners(listener);
            threads.add(new Thread(() -> train(network, 5)));
        }

        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(listener.diagnoses()).extracting(d -> d.run().iterations()).containsExactly(40, 40, 40, 40);
    }

    @Test
    void starts_empty_when_it_was_serialised() throws IOException, ClassNotFoundException {
        MultiLayerNetwork network = small();
        network.addListeners(listener);
        train(network, 1);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new ObjectOutputStream(bytes).writeObject(listener);

        GradiometerListener copy =
                (GradiometerListener) new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())).readObject();

        assertThat(copy.diagnoses()).isEmpty();
        MultiLayerNetwork other = small();
        other.addListeners(copy);
        train(other, 1);
        assertThat(copy.diagnosis().run().iterations()).isEqualTo(8);
    }

    @Test
    void says_so_when_no_network_trained() {
        assertThatThrownBy(listener::diagnosis)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no network was observed; call model.addListeners(listener) before model.fit");
    }

    @Test
    void cannot_tell_after_one_iteration() {
        MultiLayerNetwork network = small();
        network.addListeners(listener);

        network.fit(batch(16, 1));

        assertThat(listener.diagnosis().health()).isEqualTo(Health.INCONCLUSIVE);
        assertThat(listener.diagnosis().inconclusive())
                .anySatisfy(u -> assertThat(u.missing()).contains("2 more iterations"));
    }

    @Test
    void says_so_of_a_network_without_parameters() {
        MultiLayerNetwork network = new MultiLayerNetwork(Networks.base(new Sgd(0.1))
                .list()
                .layer(new LossLayer.Builder(LossFunction.MSE)
                        .activation(Activation.IDENTITY)
                        .build())
                .build());
        network.init();
        network.addListeners(listener);

        network.fit(new DataSet(Nd4j.ones(4, 3), Nd4j.zeros(4, 3)));

        assertThatThrownBy(listener::diagnosis)
                .hasMessageContaining("on a network without parameters, fit does nothing");
    }

    @Test
    void never_stops_a_training_that_changes_under_it() {
        MultiLayerNetwork network = small();
        network.addListeners(listener);
        train(network, 1);

        // A model whose class we cannot read, handed to us in mid-training.
        listener.onGradientCalculation(network.getLayer(0));
        listener.iterationDone(network.getLayer(0), 1, 1);
        train(network, 1);

        assertThat(listener.diagnosis().run().iterations()).isEqualTo(16);
    }

    @Test
    void never_stops_a_training_when_we_break() {
        MultiLayerNetwork network = small();
        network.addListeners(listener);
        network.addListeners(new BaseTrainingListener() {
            @Override
            public void onGradientCalculation(Model model) {
                network.setLayers(new org.deeplearning4j.nn.api.Layer[0]);
            }
        });
        org.deeplearning4j.nn.api.Layer[] layers = network.getLayers();
        listener.onGradientCalculation(network);
        network.setLayers(new org.deeplearning4j.nn.api.Layer[0]);

        listener.iterationDone(network, 0, 0);

        network.setLayers(layers);
        assertThat(listener.diagnosis().health()).isEqualTo(Health.INCONCLUSIVE);
        assertThat(listener.diagnosis().inconclusive().get(0).missing()).contains("observing that works");
    }

    @Test
    void marks_what_is_switched_off_and_sees_nothing_when_skipped() {
        GradiometerListener ignoring = GradiometerListener.builder()
                .set("gradiometer.ignore", "non-finite")
                .build();
        GradiometerListener skipping =
                GradiometerListener.builder().set("gradiometer.skip", "true").build();
        MultiLayerNetwork network = small();
        network.addListeners(ignoring, skipping);
        DataSet poisoned = batch(16, 1);
        poisoned.getFeatures().putScalar(0, 0, Double.NaN);

        network.fit(poisoned);

        assertThat(ignoring.diagnosis().findings())
                .extracting(Finding::status)
                .containsExactly(Finding.Status.SUPPRESSED);
        assertThat(skipping.diagnoses()).isEmpty();
    }

    @Test
    void keeps_its_builders_settings_when_it_was_serialised() throws IOException, ClassNotFoundException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new ObjectOutputStream(bytes)
                .writeObject(GradiometerListener.builder()
                        .set("gradiometer.ignore", "non-finite")
                        .build());

        GradiometerListener copy =
                (GradiometerListener) new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())).readObject();
        MultiLayerNetwork network = small();
        network.addListeners(copy);
        train(network, 1);

        assertThat(copy.diagnosis().configuration()).containsEntry("gradiometer.ignore", "non-finite");
    }

    @Test
    void tells_all_mistakes_in_its_settings_at_once() {
        assertThatThrownBy(() -> GradiometerListener.builder()
                        .set("gradiometer.failOn", "never ever")
                        .set("gradiometer.limit.non-finite.recoverd", "3")
                        .build())
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("2 mistakes")
                .hasMessageContaining("did you mean 'recovered'?");
    }

    @Test
    void gives_a_diagnosis_that_can_be_written_and_read_back() throws IOException {
        MultiLayerNetwork network = small();
        network.addListeners(listener);
        DataSet poisoned = batch(16, 1);
        poisoned.getLabels().putScalar(0, 0, Double.POSITIVE_INFINITY);
        network.fit(poisoned);
        train(network, 1);

        Diagnosis diagnosis = listener.diagnosis();

        assertThat(diagnosis.health()).isEqualTo(Health.SICK);
        assertThat(DiagnosisJson.read(DiagnosisJson.write(diagnosis))).isEqualTo(diagnosis);
    }
}
