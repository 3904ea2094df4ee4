package io.gradiometer.dl4j;

import static io.gradiometer.dl4j.Networks.base;
import static io.gradiometer.dl4j.Networks.batches;
import static io.gradiometer.dl4j.Networks.dense;
import static io.gradiometer.dl4j.Networks.network;
import static io.gradiometer.dl4j.Networks.softmax;
import static org.assertj.core.api.Assertions.assertThat;

import io.gradiometer.config.Configuration;
import io.gradiometer.finding.Change;
import io.gradiometer.finding.Diagnosis;
import io.gradiometer.finding.Finding;
import io.gradiometer.finding.Proof;
import io.gradiometer.finding.Remedy;
import io.gradiometer.finding.Severity;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.IWeightInit;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.Sgd;

class RemedyTrialTest {

    private static final List<DataSet> TRAINING = batches(8);
    private static final List<DataSet> HELD_OUT = List.of(Networks.batch(120, 77));

    /** So many sigmoid layers that the first ones receive no gradient. */
    private static MultiLayerNetwork deep() {
        NeuralNetConfiguration.ListBuilder layers =
                base(new Sgd(0.1)).activation(Activation.SIGMOID).list().layer(dense(Networks.INPUTS, 16));
        for (int i = 0; i < 5; i++) {
            layers.layer(dense(16, 16));
        }
        return network(layers.layer(softmax(16)));
    }

    private static Diagnosis trained(MultiLayerNetwork network, int epochs) {
        GradiometerListener listener = new GradiometerListener();
        network.setListeners(listener);
        for (int epoch = 0; epoch < epochs; epoch++) {
            TRAINING.forEach(batch -> network.fit(batch.copy()));
        }
        return listener.diagnosis();
    }

    /** A short training, and what somebody may have proposed for it. */
    private static Diagnosis proposing(MultiLayerNetwork network, Remedy... remedies) {
        Finding.Builder finding = Finding.of("stopped-too-early", Severity.WARNING, "It stopped too early.");
        List.of(remedies).forEach(finding::remedy);
        return trained(network, 2).withFindings(List.of(finding.build().withFingerprint("1")));
    }

    private static Remedy adam(double rate) {
        return Remedy.untried("adam", "use Adam", "", Change.of("learning-rate", rate));
    }

    private static List<Remedy> remedies(Diagnosis diagnosis) {
        return diagnosis.open().stream()
                .flatMap(finding -> finding.remedies().stream())
                .toList();
    }

    private static Proof proof(Diagnosis diagnosis, String remedy) {
        return remedies(diagnosis).stream()
                .filter(tried -> tried.id().equals(remedy))
                .findFirst()
                .orElseThrow()
                .proof();
    }

    @Test
    void what_was_seen_to_cure_comes_first_and_nothing_else_has_changed() {
        MultiLayerNetwork network = deep();
        Diagnosis diagnosis = trained(network, 12);
        INDArray parameters = network.params().dup();
        String configuration = network.getLayerWiseConfigurations().toJson();
        List<DataSet> data = TRAINING.stream().map(DataSet::copy).toList();
        Nd4j.getRandom().setSeed(5);
        double expected = Nd4j.rand(DataType.DOUBLE, 1).getDouble(0);
        Nd4j.getRandom().setSeed(5);
        Diagnosis proven;

        try (ObservationScope scope = ObservationScope.open(Configuration.of())) {
            proven = RemedyTrial.of(network, diagnosis, TRAINING, HELD_OUT).run();
            assertThat(scope.observations()).isEmpty();
        }

        Finding vanishing = proven.open().stream()
                .filter(finding -> finding.id().equals("vanishing-gradient"))
                .findFirst()
                .orElseThrow();
        Proof first = vanishing.remedies().get(0).proof();
        assertThat(first.status()).isEqualTo(Proof.Status.CURES);
        assertThat(first.before()).isLessThan(0.1);
        assertThat(first.after()).isGreaterThan(0.8);
        assertThat(first.leastGain()).isPositive();
        assertThat(first.metric()).isEqualTo("kappa on held-out examples");
        assertThat(Nd4j.rand(DataType.DOUBLE, 1).getDouble(0)).isEqualTo(expected);
        assertThat(network.params()).isEqualTo(parameters);
        assertThat(network.getLayerWiseConfigurations().toJson()).isEqualTo(configuration);
        assertThat(TRAINING).isEqualTo(data);
    }

    @Nested
    class Tries {

        @Test
        void graphs_and_iterators_and_comes_to_the_same_proofs_again() {
            ComputationGraph graph = Networks.graph(new Sgd(1e-4));
            GradiometerListener listener = new GradiometerListener();
            graph.setListeners(listener);
            TRAINING.forEach(batch -> graph.fit(batch.copy()));
            Finding finding = Finding.of("learning-rate-too-low", Severity.WARNING, "It is too low.")
                    .remedy(adam(0.05))
                    .build()
                    .withFingerprint("1");
            Diagnosis diagnosis = listener.diagnosis().withFindings(List.of(finding));

            Diagnosis first = RemedyTrial.of(graph, diagnosis, TRAINING, HELD_OUT)
                    .budget(20)
                    .run();
            Diagnosis second = RemedyTrial.of(
                            graph,
                            diagnosis,
                            new ListDataSetIterator<>(examples(TRAINING), 16),
                            new ListDataSetIterator<>(examples(HELD_OUT), 120))
                    .budget(20)
                    .run();

            assertThat(proof(first, "adam").leastGain()).isPositive();
            assertThat(proof(second, "adam")).isEqualTo(proof(first, "adam"));
        }

        private static List<DataSet> examples(List<DataSet> batches) {
            return batches.stream().flatMap(batch -> batch.asList().stream()).toList();
        }

        @Test
        void longer_training_beside_controls_that_are_as_long() {
            MultiLayerNetwork network = Networks.small(new Sgd(0.02));
            Remedy longer = Remedy.untried("train-longer", "train longer", "", Change.of("times", 8));

            Diagnosis proven = RemedyTrial.of(network, proposing(network, longer), TRAINING, HELD_OUT)
                    .budget(60)
                    .run();

            Proof proof = proof(proven, "train-longer");
            assertThat(proof.after()).isGreaterThan(proof.before());
            assertThat(proof.note()).startsWith("tried with 3.");
        }

        @Test
        void the_two_best_together_where_none_is_enough_alone() {
            MultiLayerNetwork network = Networks.small(new Sgd(1e-5));
            Remedy slow = Remedy.untried("momentum", "use momentum", "", Change.of("learning-rate", 1e-4));
            Remedy wide = Remedy.untried("l2", "add a penalty", "", Change.of("l2", 1e-4));

            Diagnosis proven = RemedyTrial.of(network, proposing(network, slow, wide), TRAINING, HELD_OUT)
                    .run();

            assertThat(remedies(proven)).extracting(Remedy::id).contains("momentum-and-l2");
            assertThat(proof(proven, "momentum-and-l2").after()).isFinite();
        }

        @Test
        void no_more_than_the_budget_and_tells_how_far_it_is() {
            MultiLayerNetwork network = Networks.small(new Sgd(0.02));
            List<RemedyTrial.Progress> told = new ArrayList<>();
            RemedyTrial trial = RemedyTrial.of(
                            network,
                            proposing(network, adam(0.1), adam(0.01), adam(0.001), adam(1e-4)),
                            TRAINING,
                            HELD_OUT)
                    .budget(20.5)
                    .onProgress(told::add);

            RemedyTrial.Estimate estimate = trial.estimate();
            Diagnosis proven = trial.run();

            assertThat(estimate)
                    .hasToString("4 remedies to try, of which 1 can be confirmed, in 20 times the diagnosed training"
                            + " (320 iterations)");
            assertThat(told).extracting(RemedyTrial.Progress::now).contains("as it was", "adam", "Adam at 0.001");
            assertThat(told.get(told.size() - 1).done()).isLessThan(20);
            assertThat(remedies(proven).stream()
                            .filter(remedy -> !Double.isNaN(remedy.proof().leastGain())))
                    .hasSize(1);
            assertThat(remedies(proven).get(3).proof().note()).contains("the budget confirms the best 1 only");
        }
    }

    @Nested
    class SaysWhyNot {

        /** Weights that are drawn for one network only. */
        private static final class OnlyOnce implements IWeightInit {
            private static final long serialVersionUID = 1;
            private static boolean drawn;

            @Override
            public INDArray init(double in, double out, long[] shape, char order, INDArray view) {
                if (drawn) {
                    throw new IllegalStateException("no more weights");
                }
                drawn = true;
                return view.assign(0.1).reshape(order, shape);
            }
        }

        @Test
        void a_network_that_cannot_be_built_again() {
            MultiLayerNetwork network = network(base(new Sgd(0.1))
                    .list()
                    .layer(new DenseLayer.Builder()
                            .nIn(Networks.INPUTS)
                            .nOut(8)
                            .weightInit(new OnlyOnce())
                            .build())
                    .layer(softmax(8)));

            Diagnosis tried = RemedyTrial.of(network, proposing(network, adam(0.01)), TRAINING, HELD_OUT)
                    .run();

            assertThat(proof(tried, "adam").status()).isEqualTo(Proof.Status.NOT_TRIED);
            assertThat(proof(tried, "adam").note())
                    .isEqualTo("the network cannot be built again from its configuration: no more weights");
        }

        @Test
        void a_candidate_that_breaks() {
            MultiLayerNetwork network = Networks.small(new Sgd(0.1));
            Remedy wrong = Remedy.untried(
                    "match-loss-and-output",
                    "expect class numbers",
                    "",
                    Change.NONE.and("activation", "softmax").and("loss", "SPARSE_MCXENT"));

            Diagnosis tried = RemedyTrial.of(network, proposing(network, wrong, adam(0.05)), TRAINING, HELD_OUT)
                    .run();

            assertThat(proof(tried, "match-loss-and-output").note()).startsWith("its training broke: ");
            assertThat(proof(tried, "adam").after()).isFinite();
        }

        @Test
        void a_budget_that_is_too_small() {
            MultiLayerNetwork network = Networks.small(new Sgd(0.1));

            Diagnosis tried = RemedyTrial.of(network, proposing(network, adam(0.05)), TRAINING, HELD_OUT)
                    .budget(3)
                    .run();

            assertThat(proof(tried, "adam").status()).isEqualTo(Proof.Status.UNCLEAR);
            assertThat(proof(tried, "adam").note()).isEqualTo("a budget of 3 trainings tells nothing; 16 are needed");
        }

        @Test
        void a_healthy_network() {
            MultiLayerNetwork network = Networks.small(new Adam(0.02));
            Diagnosis diagnosis = trained(network, 2).withFindings(List.of());

            assertThat(RemedyTrial.of(network, diagnosis, TRAINING, HELD_OUT).run())
                    .isSameAs(diagnosis);
        }

        @Test
        void too_few_examples() {
            MultiLayerNetwork network = Networks.small(new Sgd(0.1));

            Diagnosis tried = RemedyTrial.of(
                            network, proposing(network, adam(0.05)), TRAINING, List.of(Networks.batch(5, 1)))
                    .run();

            assertThat(proof(tried, "adam"))
                    .isEqualTo(Proof.notTried("there is too little held-out data to tell anything by: 5 examples,"
                            + " and 20 are the least"));
        }

        @Test
        void data_that_was_read_before() {
            MultiLayerNetwork network = Networks.small(new Sgd(0.1));

            Diagnosis tried = RemedyTrial.of(network, proposing(network, adam(0.05)), List.of(), HELD_OUT)
                    .run();

            assertThat(proof(tried, "adam").note()).startsWith("there is no training data");
        }

        @Test
        void a_trial_that_is_stopped() {
            MultiLayerNetwork network = Networks.small(new Sgd(0.1));
            RemedyTrial trial = RemedyTrial.of(network, proposing(network, adam(0.05)), TRAINING, HELD_OUT);
            List<String> begun = new ArrayList<>();
            trial.onProgress(progress -> {
                begun.add(progress.now());
                trial.stop();
            });

            Diagnosis tried = trial.run();

            assertThat(begun).hasSize(1);
            assertThat(proof(tried, "adam").note()).contains("was stopped");
        }

        @Test
        void what_only_a_person_can_do() {
            MultiLayerNetwork network = Networks.small(new Sgd(0.1));
            Remedy clean = Remedy.untried("clean-labels", "clean the labels", "");

            Diagnosis tried = RemedyTrial.of(network, proposing(network, clean), TRAINING, HELD_OUT)
                    .run();

            assertThat(proof(tried, "clean-labels").note()).startsWith("this is for you to do");
        }
    }
}
