package io.gradiometer.dl4j;

import static io.gradiometer.dl4j.Networks.base;
import static io.gradiometer.dl4j.Networks.batches;
import static io.gradiometer.dl4j.Networks.dense;
import static io.gradiometer.dl4j.Networks.network;
import static io.gradiometer.dl4j.Networks.softmax;
import static org.assertj.core.api.Assertions.assertThat;

import io.gradiometer.finding.Diagnosis;
import io.gradiometer.finding.DiagnosisJson;
import io.gradiometer.finding.Finding;
import io.gradiometer.finding.Proof;
import io.gradiometer.finding.Remedy;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.Sgd;

class RemedyTrialTest {

    private static final int EPOCHS = 12;
    private static final List<DataSet> TRAINING = batches(8);
    private static final List<DataSet> HELD_OUT = List.of(Networks.batch(120, 77));

    /** Steps so long that nothing is learned. */
    private static MultiLayerNetwork unstable() {
        return network(base(new Sgd(60)).list().layer(dense(Networks.INPUTS, 8)).layer(softmax(8)));
    }

    private static Diagnosis trained(MultiLayerNetwork network) {
        GradiometerListener listener = new GradiometerListener();
        network.setListeners(listener);
        for (int epoch = 0; epoch < EPOCHS; epoch++) {
            network.fit(new ListDataSetIterator<>(
                    TRAINING.stream().map(DataSet::copy).toList()));
        }
        return listener.diagnosis();
    }

    private static List<Remedy> remedies(Diagnosis diagnosis) {
        return diagnosis.open().stream()
                .flatMap(finding -> finding.remedies().stream())
                .toList();
    }

    private static String told(Diagnosis diagnosis) {
        StringBuilder told = new StringBuilder();
        for (Finding finding : diagnosis.open()) {
            told.append(finding.severity()).append(' ').append(finding.id()).append('\n');
            finding.remedies().forEach(r -> told.append("   ")
                    .append(r.id())
                    .append(' ')
                    .append(r.proof())
                    .append('\n'));
        }
        return told.toString();
    }

    @Nested
    class Proves {

        @Test
        void a_learning_rate_that_was_computed_cures_steps_that_are_too_long() {
            MultiLayerNetwork network = unstable();
            Diagnosis diagnosis = trained(network);

            Diagnosis proven =
                    RemedyTrial.of(network, diagnosis, TRAINING, HELD_OUT).run();

            System.out.println(told(proven));
            assertThat(remedies(proven)).as(told(proven)).anySatisfy(remedy -> {
                assertThat(remedy.id()).isEqualTo("lower-learning-rate");
                assertThat(remedy.proof().status()).isEqualTo(Proof.Status.CURES);
                assertThat(remedy.proof().after()).isGreaterThan(0.8);
                assertThat(remedy.proof().leastGain()).isPositive();
            });
            assertThat(proven.open()).allSatisfy(finding -> assertThat(finding.remedies())
                    .isSortedAccordingTo((a, b) -> ProofWriter.rank(a.proof()) - ProofWriter.rank(b.proof())));
        }

        @Test
        void graphs_are_tried_as_well() {
            ComputationGraph graph = Networks.graph(new Sgd(200));
            GradiometerListener listener = new GradiometerListener();
            graph.setListeners(listener);
            for (int epoch = 0; epoch < EPOCHS; epoch++) {
                graph.fit(new ListDataSetIterator<>(TRAINING));
            }

            Diagnosis proven = RemedyTrial.of(graph, listener.diagnosis(), TRAINING, HELD_OUT)
                    .run();

            System.out.println(told(proven));
            assertThat(remedies(proven))
                    .as(told(proven))
                    .anySatisfy(remedy -> assertThat(remedy.proof().status()).isEqualTo(Proof.Status.CURES));
        }

        @Test
        void the_same_trial_gives_the_same_proofs() {
            MultiLayerNetwork network = unstable();
            Diagnosis diagnosis = trained(network);
            RemedyTrial first = RemedyTrial.of(network, diagnosis, TRAINING, HELD_OUT);
            RemedyTrial second = RemedyTrial.of(
                    network,
                    diagnosis,
                    new ListDataSetIterator<>(TRAINING, 16),
                    new ListDataSetIterator<>(HELD_OUT, 120));

            assertThat(DiagnosisJson.write(second.run())).isEqualTo(DiagnosisJson.write(first.run()));
        }
    }

    @Nested
    class ChangesNothing {

        @Test
        void network_data_and_chance_stay_what_they_are() {
            MultiLayerNetwork network = unstable();
            Diagnosis diagnosis = trained(network);
            INDArray parameters = network.params().dup();
            String configuration = network.getLayerWiseConfigurations().toJson();
            List<DataSet> data = TRAINING.stream().map(DataSet::copy).toList();
            Nd4j.getRandom().setSeed(5);
            double expected = Nd4j.rand(DataType.DOUBLE, 1).getDouble(0);
            Nd4j.getRandom().setSeed(5);

            try (ObservationScope scope = ObservationScope.open(io.gradiometer.config.Configuration.of())) {
                RemedyTrial.of(network, diagnosis, TRAINING, HELD_OUT).run();
                assertThat(scope.observations()).isEmpty();
            }

            assertThat(Nd4j.rand(DataType.DOUBLE, 1).getDouble(0)).isEqualTo(expected);
            assertThat(network.params()).isEqualTo(parameters);
            assertThat(network.getLayerWiseConfigurations().toJson()).isEqualTo(configuration);
            assertThat(TRAINING).isEqualTo(data);
        }
    }

    @Nested
    class SaysWhyNot {

        @Test
        void a_small_budget_is_unclear_and_says_what_it_takes() {
            MultiLayerNetwork network = unstable();
            Diagnosis diagnosis = trained(network);
            RemedyTrial trial =
                    RemedyTrial.of(network, diagnosis, TRAINING, HELD_OUT).budget(3);

            assertThat(trial.estimate().confirmed()).isZero();
            assertThat(remedies(trial.run()))
                    .filteredOn(remedy -> remedy.id().equals("lower-learning-rate"))
                    .isNotEmpty()
                    .allSatisfy(remedy -> {
                        assertThat(remedy.proof().status()).isEqualTo(Proof.Status.UNCLEAR);
                        assertThat(remedy.proof().note()).contains("a budget of 3 trainings tells nothing");
                    });
        }

        @Test
        void a_healthy_network_has_nothing_to_try() {
            MultiLayerNetwork network = Networks.small(new Adam(0.02));
            Diagnosis diagnosis = trained(network);

            assertThat(diagnosis.open()).isEmpty();
            assertThat(RemedyTrial.of(network, diagnosis, TRAINING, HELD_OUT).run())
                    .isSameAs(diagnosis);
        }

        @Test
        void too_few_examples_tell_nothing() {
            MultiLayerNetwork network = unstable();
            Diagnosis diagnosis = trained(network);

            Diagnosis tried = RemedyTrial.of(network, diagnosis, TRAINING, List.of(Networks.batch(5, 1)))
                    .run();

            assertThat(remedies(tried)).allSatisfy(remedy -> assertThat(remedy.proof())
                    .isEqualTo(Proof.notTried("there is too little held-out data to tell anything by: 5 examples,"
                            + " and 20 are the least")));
        }

        @Test
        void an_iterator_that_is_used_up_is_named() {
            MultiLayerNetwork network = unstable();
            Diagnosis diagnosis = trained(network);

            Diagnosis tried =
                    RemedyTrial.of(network, diagnosis, List.of(), HELD_OUT).run();

            assertThat(remedies(tried))
                    .allSatisfy(remedy -> assertThat(remedy.proof().note()).startsWith("there is no training data"));
        }

        @Test
        void a_trial_that_is_stopped_keeps_the_diagnosis() {
            MultiLayerNetwork network = unstable();
            Diagnosis diagnosis = trained(network);
            RemedyTrial trial = RemedyTrial.of(network, diagnosis, TRAINING, HELD_OUT);
            List<String> begun = new ArrayList<>();
            trial.onProgress(progress -> {
                begun.add(progress.now());
                trial.stop();
            });

            Diagnosis tried = trial.run();

            assertThat(begun).hasSize(1);
            assertThat(tried.findings()).hasSameSizeAs(diagnosis.findings());
            assertThat(remedies(tried))
                    .filteredOn(remedy -> remedy.id().equals("lower-learning-rate"))
                    .allSatisfy(remedy -> assertThat(remedy.proof().note()).contains("was stopped"));
        }

        @Test
        void remedies_for_people_say_so() {
            MultiLayerNetwork network = unstable();
            Diagnosis diagnosis = trained(network);

            assertThat(remedies(RemedyTrial.of(network, diagnosis, TRAINING, HELD_OUT)
                            .budget(0)
                            .run()))
                    .filteredOn(remedy -> remedy.id().equals("overfit-one-batch"))
                    .isNotEmpty()
                    .allSatisfy(remedy -> assertThat(remedy.proof().note()).startsWith("this is for you to do"));
        }
    }
}
