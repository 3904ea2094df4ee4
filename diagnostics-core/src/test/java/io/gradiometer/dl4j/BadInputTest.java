package io.gradiometer.dl4j;

import static io.gradiometer.dl4j.Networks.INPUTS;
import static io.gradiometer.dl4j.Networks.base;
import static io.gradiometer.dl4j.Networks.batch;
import static io.gradiometer.dl4j.Networks.batches;
import static io.gradiometer.dl4j.Networks.dense;
import static io.gradiometer.dl4j.Networks.network;
import static io.gradiometer.dl4j.Networks.small;
import static org.assertj.core.api.Assertions.assertThat;

import io.gradiometer.config.Configuration;
import io.gradiometer.finding.Diagnosis;
import io.gradiometer.finding.Finding;
import io.gradiometer.finding.Health;
import io.gradiometer.finding.Severity;
import io.gradiometer.finding.Undecided;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** What goes in wrong comes out named, in words that tell an engineer what to change; and training goes on as without us. */
class BadInputTest {

    private static final int EPOCHS = 5;

    private static MultiLayerNetwork head(LossFunction loss, Activation activation, int outputs) {
        return head(new Adam(0.02), loss, activation, outputs);
    }

    private static MultiLayerNetwork head(IUpdater updater, LossFunction loss, Activation activation, int outputs) {
        return network(base(updater)
                .list()
                .layer(dense(INPUTS, 8))
                .layer(new OutputLayer.Builder(loss)
                        .activation(activation)
                        .nIn(8)
                        .nOut(outputs)
                        .build())
                .validateOutputLayerConfig(false));
    }

    private static MultiLayerNetwork classifier() {
        return small(new Adam(0.02));
    }

    private static List<DataSet> classes(Consumer<DataSet> change) {
        List<DataSet> batches = batches(8);
        batches.forEach(change);
        return batches;
    }

    /** One column of labels, made from the first input. */
    private static List<DataSet> targets(DoubleUnaryOperator ofInput) {
        List<DataSet> batches = new ArrayList<>();
        for (DataSet data : batches(8)) {
            INDArray features = data.getFeatures();
            INDArray labels = Nd4j.create(features.rows(), 1);
            for (int row = 0; row < features.rows(); row++) {
                labels.putScalar(row, 0, ofInput.applyAsDouble(features.getDouble(row, 0)));
            }
            batches.add(new DataSet(features, labels));
        }
        return batches;
    }

    private static double classNumber(double input) {
        return input > 1 ? 2 : input > 0 ? 1 : 0;
    }

    /** Trains with a listener and without, and returns what the listener says once both have come to the same. */
    private static Diagnosis diagnosisOf(Supplier<MultiLayerNetwork> maker, List<DataSet> batches, int epochs) {
        MultiLayerNetwork alone = maker.get();
        train(alone, batches, epochs);
        MultiLayerNetwork watched = maker.get();
        GradiometerListener listener = new GradiometerListener();
        watched.addListeners(listener);
        train(watched, batches, epochs);

        assertThat(watched.params().dup().data().asFloat())
                .isEqualTo(alone.params().dup().data().asFloat());
        assertThat(Double.compare(watched.score(), alone.score())).isZero();
        assertThat(listener.diagnosis().run().iterations()).isEqualTo(batches.size() * epochs);
        return listener.diagnosis();
    }

    private static Diagnosis diagnosisOf(Supplier<MultiLayerNetwork> maker, List<DataSet> batches) {
        return diagnosisOf(maker, batches, EPOCHS);
    }

    private static void train(MultiLayerNetwork network, List<DataSet> batches, int epochs) {
        for (int epoch = 0; epoch < epochs; epoch++) {
            batches.forEach(network::fit);
        }
    }

    private static Finding finding(Diagnosis diagnosis, String id) {
        return diagnosis.findings().stream()
                .filter(finding -> finding.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + id + " in " + diagnosis));
    }

    private static String missing(Diagnosis diagnosis, String id) {
        return diagnosis.inconclusive().stream()
                .filter(undecided -> undecided.id().equals(id))
                .map(Undecided::missing)
                .findFirst()
                .orElseThrow(() -> new AssertionError(id + " is decided in " + diagnosis));
    }

    @Test
    void labels_outside_the_range_of_the_output() {
        Supplier<MultiLayerNetwork> squashed = () -> head(LossFunction.MSE, Activation.TANH, 1);

        Finding finding = finding(diagnosisOf(squashed, targets(x -> 5 * x)), "loss-output-mismatch");

        assertThat(finding.severity()).isEqualTo(Severity.WARNING);
        assertThat(finding.summary()).contains("(tanh, LossMSE)", "which tanh cannot follow beyond [-1, 1]");
        assertThat(diagnosisOf(squashed, targets(Math::tanh)).findings()).isEmpty();
    }

    @Test
    void integer_labels_where_one_hot_is_due() {
        Diagnosis oneUnit =
                diagnosisOf(() -> head(LossFunction.MCXENT, Activation.SOFTMAX, 1), targets(BadInputTest::classNumber));
        Diagnosis sigmoid =
                diagnosisOf(() -> head(LossFunction.XENT, Activation.SIGMOID, 1), targets(BadInputTest::classNumber));
        Diagnosis sparse = diagnosisOf(
                () -> head(LossFunction.SPARSE_MCXENT, Activation.SOFTMAX, 3), targets(BadInputTest::classNumber));

        assertThat(finding(oneUnit, "labels-invalid").summary())
                .contains("labels go from 0 to 2 in one column, as class numbers do");
        assertThat(finding(sigmoid, "labels-invalid").severity()).isEqualTo(Severity.ERROR);
        assertThat(sparse.findings()).isEmpty();
    }

    @Test
    void nan_in_the_features() {
        Diagnosis diagnosis = diagnosisOf(
                BadInputTest::classifier, classes(data -> data.getFeatures().putScalar(3, 2, Double.NaN)));

        assertThat(finding(diagnosis, "non-finite").summary()).contains("in the features of the batch, in iteration 0");
        assertThat(diagnosis.findings().get(0).id()).isEqualTo("non-finite");
        assertThat(diagnosis.health()).isEqualTo(Health.SICK);
    }

    @Test
    void a_constant_label() {
        Diagnosis diagnosis = diagnosisOf(() -> head(LossFunction.MSE, Activation.IDENTITY, 1), targets(x -> 3));

        assertThat(finding(diagnosis, "labels-invalid").summary()).contains("are the same (3)");
    }

    @Test
    void one_class_only() {
        Diagnosis column = diagnosisOf(
                BadInputTest::classifier,
                classes(data -> data.getLabels().assign(0).getColumn(1).assign(1)));
        Diagnosis single = diagnosisOf(() -> head(LossFunction.XENT, Activation.SIGMOID, 1), targets(x -> 1));

        for (Diagnosis diagnosis : List.of(column, single)) {
            assertThat(finding(diagnosis, "labels-invalid").summary())
                    .contains("are the same", "a constant answer is perfect");
            assertThat(diagnosis.health()).isEqualTo(Health.SUSPECT);
        }
    }

    @Test
    void batches_of_one() {
        List<DataSet> single = IntStream.range(0, 64).mapToObj(i -> batch(1, i)).toList();

        Diagnosis diagnosis = diagnosisOf(BadInputTest::classifier, single);

        assertThat(diagnosis.findings()).isEmpty();
        assertThat(diagnosis.health()).isEqualTo(Health.HEALTHY);
        assertThat(missing(diagnosis, "data-not-shuffled")).contains("two batches of 8 labels each");
        assertThat(missing(diagnosis, "class-imbalance")).contains("64 labels in the first batches (4 seen)");
    }

    @Test
    void three_iterations() {
        Diagnosis diagnosis = diagnosisOf(BadInputTest::classifier, batches(3), 1);

        assertThat(diagnosis.findings()).isEmpty();
        assertThat(diagnosis.health()).isEqualTo(Health.INCONCLUSIVE);
        assertThat(missing(diagnosis, "loss-not-decreasing")).contains("a longer training: 3 iterations");
        assertThat(missing(diagnosis, "loss-diverging")).contains("7 more iterations (3 seen, 10 needed)");
    }

    @Test
    void two_models_trained_in_turn_in_one_test() {
        MultiLayerNetwork sound = classifier();
        MultiLayerNetwork sick = small(new Sgd(1e30));
        try (ObservationScope scope = ObservationScope.open(Configuration.of())) {
            Observation ofSound = scope.watch(sound);
            Observation ofSick = scope.watch(sick);

            for (int epoch = 0; epoch < EPOCHS; epoch++) {
                for (DataSet data : batches(8)) {
                    sound.fit(data);
                    sick.fit(data);
                }
            }

            assertThat(scope.observations()).containsExactly(ofSound, ofSick);
            assertThat(ofSound.diagnosis().findings()).isEmpty();
            assertThat(ofSound.diagnosis().run().iterations()).isEqualTo(8 * EPOCHS);
            assertThat(finding(ofSick.diagnosis(), "learning-rate-too-high").severity())
                    .isNotEqualTo(Severity.INFO);
        }
    }

    @Test
    void nan_from_the_first_iteration() {
        Diagnosis diagnosis = diagnosisOf(
                () -> {
                    MultiLayerNetwork network = classifier();
                    network.params().putScalar(5, Float.NaN);
                    return network;
                },
                batches(8));

        assertThat(finding(diagnosis, "non-finite").summary())
                .contains("in the parameters 'W' of layer 'layer0', in iteration 0");
    }

    @Test
    void a_loss_of_exactly_zero() {
        Diagnosis softmax = diagnosisOf(() -> head(LossFunction.MCXENT, Activation.SOFTMAX, 1), targets(x -> 1));
        Diagnosis noClass = diagnosisOf(
                BadInputTest::classifier, classes(data -> data.getLabels().assign(0)));

        assertThat(finding(softmax, "loss-output-mismatch").summary())
                .contains("softmax over a single unit is always 1");
        assertThat(missing(softmax, "loss-not-decreasing")).contains("whether it learned cannot be told from its loss");
        assertThat(finding(noClass, "loss-output-mismatch").summary()).contains("a label row names 0 classes");
        assertThat(missing(noClass, "loss-not-decreasing")).contains("whether it learned cannot be told from its loss");
    }

    @Test
    void an_output_layer_that_was_not_to_be_validated() {
        Diagnosis sigmoid = diagnosisOf(() -> head(LossFunction.MCXENT, Activation.SIGMOID, 3), batches(8));
        Diagnosis softmax = diagnosisOf(() -> head(LossFunction.XENT, Activation.SOFTMAX, 3), batches(8));
        Diagnosis sound = diagnosisOf(() -> head(LossFunction.MCXENT, Activation.SOFTMAX, 3), batches(8));

        assertThat(finding(sigmoid, "loss-output-mismatch").summary())
                .contains("(sigmoid, LossMCXENT)", "falls as long as any output grows");
        assertThat(finding(sigmoid, "loss-output-mismatch").severity()).isEqualTo(Severity.WARNING);
        // It learns, and so it is a note.
        assertThat(finding(softmax, "loss-output-mismatch").summary())
                .contains("(softmax, LossBinaryXENT)", "judges every output by itself");
        assertThat(softmax.health()).isEqualTo(Health.HEALTHY);
        assertThat(sound.findings()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"POISSON", "MEAN_SQUARED_LOGARITHMIC_ERROR"})
    void a_loss_that_takes_logarithms(LossFunction loss) {
        DoubleUnaryOperator count = x -> Math.floor(Math.abs(3 * x));

        Diagnosis sound = diagnosisOf(() -> head(loss, Activation.SOFTPLUS, 1), targets(count), 2 * EPOCHS);
        Diagnosis open = diagnosisOf(() -> head(loss, Activation.IDENTITY, 1), targets(count), 2 * EPOCHS);

        assertThat(sound.findings()).isEmpty();
        assertThat(finding(open, "loss-output-mismatch").summary()).contains("takes the logarithm of the output");
        if (loss == LossFunction.POISSON) {
            assertThat(finding(open, "non-finite").because()).first().isEqualTo("loss-output-mismatch");
        }
    }

    @Test
    void targets_of_a_hundred_million() {
        DoubleUnaryOperator huge = x -> 1e8 * (x + 0.1);

        for (IUpdater updater : List.of(new Adam(0.02), new Sgd(0.1))) {
            Diagnosis diagnosis = diagnosisOf(
                    () -> head(updater, LossFunction.MSE, Activation.IDENTITY, 1), targets(huge), 2 * EPOCHS);

            assertThat(finding(diagnosis, "unscaled-target").summary())
                    .contains("The targets have a root mean square of 1.13e8");
            assertThat(diagnosis.findings().get(0).because()).isNotEmpty();
        }
        assertThat(diagnosisOf(() -> head(LossFunction.MSE, Activation.IDENTITY, 1), targets(x -> x), 6 * EPOCHS)
                        .findings())
                .isEmpty();
    }
}
