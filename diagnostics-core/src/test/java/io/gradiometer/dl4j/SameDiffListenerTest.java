package io.gradiometer.dl4j;

import static io.gradiometer.dl4j.Networks.batch;
import static io.gradiometer.dl4j.SameDiffNetworks.batches;
import static io.gradiometer.dl4j.SameDiffNetworks.classifier;
import static io.gradiometer.dl4j.SameDiffNetworks.configured;
import static io.gradiometer.dl4j.SameDiffNetworks.stack;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradiometer.config.Configuration;
import io.gradiometer.finding.Diagnosis;
import io.gradiometer.finding.Finding;
import io.gradiometer.finding.Health;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.nd4j.autodiff.listeners.BaseListener;
import org.nd4j.autodiff.listeners.Listener;
import org.nd4j.autodiff.listeners.Operation;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Sgd;

class SameDiffListenerTest {

    private final SameDiffListener listener = new SameDiffListener();

    private SameDiff observed(SameDiff network) {
        network.addListeners(listener);
        return network;
    }

    private static SameDiff deep(int layers, UnaryOperator<SDVariable> activation, IUpdater updater) {
        SameDiff network = stack(layers, activation);
        network.loss().softmaxCrossEntropy("loss", network.getVariable("labels"), network.getVariable("out"), null);
        return configured(network, updater, List.of());
    }

    @Test
    void finds_a_healthy_network_healthy() {
        observed(classifier(new Adam(0.02))).fit(batches(8), 10);

        Diagnosis diagnosis = listener.diagnosis();
        assertThat(diagnosis.health()).isEqualTo(Health.HEALTHY);
        assertThat(diagnosis.findings()).isEmpty();
        assertThat(diagnosis.inconclusive()).isEmpty();
        assertThat(diagnosis.run().model()).isEqualTo("SameDiff");
        assertThat(diagnosis.run().iterations()).isEqualTo(80);
        assertThat(diagnosis.run().epochs()).isEqualTo(10);
        assertThat(diagnosis.run().layers()).containsExactly("hidden0", "output");
    }

    @Test
    void finds_a_gradient_that_vanishes() {
        observed(deep(8, x -> x.getSameDiff().nn().sigmoid(x), new Sgd(0.1))).fit(batches(8), 10);

        assertThat(listener.diagnosis().findings()).extracting(Finding::id).contains("vanishing-gradient");
    }

    @Test
    void finds_a_gradient_that_explodes() {
        SameDiff network = observed(deep(3, x -> x, new Sgd(5)));

        network.fit(batches(8), 10);

        assertThat(listener.diagnosis().health()).isEqualTo(Health.SICK);
        assertThat(listener.diagnosis().findings())
                .extracting(Finding::id)
                .containsAnyOf("exploding-gradient", "non-finite");
    }

    @Test
    void names_features_that_are_not_finite_in_their_iteration() {
        SameDiff network = observed(classifier(new Sgd(0.1)));
        network.fit(batches(8), 1);
        DataSet poisoned = batch(16, 1);
        poisoned.getFeatures().putScalar(3, 2, Double.NaN);

        network.fit(poisoned);

        Finding finding = listener.diagnosis().findings().get(0);
        assertThat(finding.id()).isEqualTo("non-finite");
        assertThat(finding.summary()).contains("the features of the batch, in iteration 8");
    }

    @Test
    void hears_every_form_of_fit() {
        SameDiff network = observed(classifier(new Sgd(0.1)));

        network.fit(batch(16, 1));
        network.fit(batch(16, 1).toMultiDataSet());
        network.fit(batches(3), 2);
        network.fit(batches(3), 2, batches(1), 1);
        network.fit().train(batches(3), 1).exec();

        assertThat(listener.diagnosis().run().iterations()).isEqualTo(1 + 1 + 6 + 6 + 3);
    }

    @Test
    void takes_no_notice_of_what_is_not_training() {
        SameDiff network = observed(classifier(new Sgd(0.1)));
        DataSet data = batch(16, 1);
        Map<String, org.nd4j.linalg.api.ndarray.INDArray> placeholders =
                Map.of("input", data.getFeatures(), "labels", data.getLabels());

        network.output(placeholders, "out");
        network.calculateGradients(placeholders, "output/W");

        assertThat(listener.diagnoses()).isEmpty();
        network.fit(data);
        network.calculateGradients(placeholders, "output/W");
        assertThat(listener.diagnosis().run().iterations()).isEqualTo(1);
    }

    @Test
    void says_which_line_trained() {
        observed(classifier(new Sgd(0.1))).fit(batches(3), 1);

        assertThat(listener.diagnosis().run().title()).isEqualTo("SameDiffListenerTest.says_which_line_trained()");
    }

    @Test
    void counts_once_when_it_is_on_a_network_and_on_a_call_of_fit() {
        SameDiffListener second = new SameDiffListener();
        SameDiff network = observed(classifier(new Sgd(0.1)));
        network.addListeners(second);

        network.fit(batches(3), 1, listener);

        assertThat(listener.diagnosis().run().iterations()).isEqualTo(3);
        assertThat(second.diagnosis().run().iterations()).isEqualTo(3);
    }

    @Test
    void goes_on_after_an_exception_inside_an_iteration() {
        SameDiff network = observed(classifier(new Sgd(0.1)));
        network.fit(batches(3), 1);
        Listener failing = new BaseListener() {
            @Override
            public boolean isActive(Operation operation) {
                return true;
            }

            @Override
            public void preUpdate(
                    SameDiff sd,
                    org.nd4j.autodiff.listeners.At at,
                    org.nd4j.autodiff.samediff.internal.Variable v,
                    org.nd4j.linalg.api.ndarray.INDArray update) {
                throw new IllegalStateException("the user's own");
            }
        };

        assertThatThrownBy(() -> network.fit(batches(3), 1, failing)).hasMessage("the user's own");
        network.fit(batches(3), 1);

        assertThat(listener.diagnosis().run().iterations()).isEqualTo(6);
        assertThat(listener.diagnosis().findings()).isEmpty();
    }

    @Test
    void goes_on_when_the_user_changes_the_loss() {
        SameDiff network = observed(classifier(new Sgd(0.1)));
        network.fit(batches(3), 1);
        network.loss().meanSquaredError("other", network.getVariable("labels"), network.getVariable("out"), null);
        network.setLossVariables("other");

        network.fit(batches(3), 1);

        assertThat(listener.diagnosis().run().iterations()).isEqualTo(6);
    }

    @Test
    void serves_networks_that_train_at_the_same_time() throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            SameDiff network = observed(classifier(new Sgd(0.1)));
            threads.add(new Thread(() -> network.fit(batches(8), 3)));
        }

        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(listener.diagnoses()).extracting(d -> d.run().iterations()).containsExactly(24, 24, 24);
    }

    @Test
    void a_trouble_of_ours_stops_observing_and_not_training() {
        SameDiff network = observed(classifier(new Sgd(0.1)));
        network.fit(batches(3), 1);
        network.getVariable("hidden0/b").convertToConstant();

        network.fit(batches(3), 1);

        assertThat(network.getTrainingConfig().getIterationCount()).isEqualTo(6);
        assertThat(listener.diagnosis().inconclusive()).isNotEmpty().allSatisfy(undecided -> assertThat(
                        undecided.missing())
                .contains("changed its parameters", "after iteration 2"));
    }

    @Test
    void keeps_no_network_alive() throws InterruptedException {
        WeakReference<SameDiff> gone = trainAndDrop();

        for (int i = 0; i < 100 && gone.get() != null; i++) {
            System.gc();
            Thread.sleep(20);
        }

        assertThat(gone.get()).isNull();
        assertThat(listener.diagnosis().run().iterations()).isEqualTo(3);
    }

    private WeakReference<SameDiff> trainAndDrop() {
        SameDiff network = observed(classifier(new Sgd(0.1)));
        network.fit(batches(3), 1);
        return new WeakReference<>(network);
    }

    @Test
    void names_a_loss_that_cannot_be_read_and_lets_training_go_on() {
        SameDiff network = stack(1, x -> x.getSameDiff().math().tanh(x));
        SDVariable squares = network.math().square(network.getVariable("labels").sub(network.getVariable("out")));
        // The axis as a variable: an operation of two inputs that training leaves out.
        network.mean("loss", squares, network.constant(Nd4j.createFromArray(0, 1)));
        network.setLossVariables("loss");
        observed(configured(network, new Sgd(0.1), List.of())).fit(batches(3), 1);

        assertThat(network.getTrainingConfig().getIterationCount()).isEqualTo(3);
        assertThat(listener.diagnosis().health()).isEqualTo(Health.INCONCLUSIVE);
        assertThat(listener.diagnosis().inconclusive())
                .allSatisfy(undecided -> assertThat(undecided.missing()).contains("reduce_mean", "cannot be computed"));
    }

    @Test
    void says_so_when_nothing_trained() {
        assertThatIllegalStateException()
                .isThrownBy(listener::diagnosis)
                .withMessageContaining("sameDiff.addListeners(listener)");
    }

    @Test
    void the_attacher_adds_a_listener_to_those_of_a_call_once() {
        SameDiff network = classifier(new Sgd(0.1));
        Listener users = new BaseListener() {
            @Override
            public boolean isActive(Operation operation) {
                return false;
            }
        };

        List<Listener> with = SameDiffAttacher.with(network, List.of(users));

        assertThat(with).hasSize(2).first().isSameAs(users);
        assertThat(with.get(1)).isInstanceOf(SameDiffListener.class);
        assertThat(SameDiffAttacher.with(network, with)).isSameAs(with);
        assertThat(SameDiffAttacher.with(observed(network), List.of())).isEmpty();
    }

    @Test
    void what_the_attacher_adds_feeds_the_scope_of_the_thread() {
        SameDiff network = classifier(new Sgd(0.1));

        try (ObservationScope scope = ObservationScope.open(Configuration.of())) {
            for (DataSet data : Networks.batches(4)) {
                network.fit(data, SameDiffAttacher.with(network, List.of()).toArray(Listener[]::new));
            }

            assertThat(scope.observations()).singleElement().satisfies(observation -> assertThat(
                            observation.diagnosis().run().iterations())
                    .isEqualTo(4));
        }
    }

    @Test
    void a_scope_watches_a_network_and_says_why_it_saw_nothing() {
        SameDiff network = classifier(new Sgd(0.1));

        try (ObservationScope scope = ObservationScope.open(Configuration.of())) {
            Observation observation = scope.watch(network);
            assertThat(observation.whyNothingWasSeen()).isEqualTo("fit was never called");
            network.setListeners(List.of());
            network.fit(batches(3), 1);
            assertThat(observation.whyNothingWasSeen()).contains("setListeners(...) took the watching listener off");

            scope.watch(network);
            network.fit(batches(3), 1);
            assertThat(observation.diagnosis().run().iterations()).isEqualTo(3);
        }
    }
}
