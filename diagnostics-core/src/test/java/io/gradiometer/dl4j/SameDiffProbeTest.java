package io.gradiometer.dl4j;

import static io.gradiometer.dl4j.Networks.batch;
import static io.gradiometer.dl4j.SameDiffNetworks.batches;
import static io.gradiometer.dl4j.SameDiffNetworks.classifier;
import static io.gradiometer.dl4j.SameDiffNetworks.configured;
import static io.gradiometer.dl4j.SameDiffNetworks.withLoss;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gradiometer.signal.ColumnStats;
import io.gradiometer.signal.LayerStep;
import io.gradiometer.signal.LayerView;
import io.gradiometer.signal.Role;
import io.gradiometer.signal.Step;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.nd4j.autodiff.loss.LossReduce;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.learning.regularization.L2Regularization;
import org.nd4j.linalg.schedule.ExponentialSchedule;
import org.nd4j.linalg.schedule.ScheduleType;

class SameDiffProbeTest {

    private static final Percentage CLOSE = Percentage.withPercentage(0.01);

    private static Map<String, INDArray> placeholders(DataSet data) {
        return Map.of("input", data.getFeatures(), "labels", data.getLabels());
    }

    private static double loss(SameDiff network, DataSet data) {
        return value(network, data, network.getLossVariables().get(0));
    }

    private static double value(SameDiff network, DataSet data, String variable) {
        return Objects.requireNonNull(
                        network.output(placeholders(data), variable).get(variable))
                .sumNumber()
                .doubleValue();
    }

    private static SameDiffSteps trainOnce(SameDiff network, DataSet data) {
        SameDiffSteps steps = new SameDiffSteps(network);
        network.fit(data);
        return steps;
    }

    @Test
    void reads_the_loss_that_training_reports_as_0() {
        DataSet data = batch(16, 1);
        double expected = loss(classifier(new Sgd(0.1)), data);

        SameDiff network = classifier(new Sgd(0.1));
        SameDiffSteps steps = new SameDiffSteps(network);
        double reported = network.fit(data).lossCurve() == null ? 0 : 1;

        assertThat(steps.last().loss()).isCloseTo(expected, CLOSE);
        assertThat(steps.last().score()).isCloseTo(expected, CLOSE);
        assertThat(reported).isZero();
    }

    @Test
    void leaves_the_loss_that_the_user_sees_as_it_is() {
        SameDiff network = classifier(new Sgd(0.1));
        new SameDiffSteps(network);

        float[] seen = network.fit(batches(4), 2).lossCurve().meanLoss("loss");

        assertThat(seen).containsExactly(0f, 0f);
    }

    @Test
    void reads_the_loss_of_every_iteration() {
        SameDiff network = classifier(new Adam(0.01));
        SameDiffSteps steps = new SameDiffSteps(network);
        SameDiff twin = classifier(new Adam(0.01));

        for (DataSet data : Networks.batches(300)) {
            double expected = loss(twin, data);
            network.fit(data);
            twin.fit(data);
            assertThat(steps.last().loss()).isCloseTo(expected, CLOSE);
        }
        assertThat(steps.all).anyMatch(step -> !step.full());
    }

    @Test
    void reads_losses_that_are_made_by_hand() {
        SameDiffNetworks.LossOf byHand = (labels, out) -> {
            SameDiff sd = out.getSameDiff();
            SDVariable logarithms = sd.math().log(sd.nn().softmax(out));
            return sd.math().neg(logarithms.mul(labels).sum(1)).mean("loss");
        };
        DataSet data = batch(16, 1);

        Step step = trainOnce(withLoss(new Sgd(0.1), byHand), data).last();

        assertThat(step.loss()).isCloseTo(loss(withLoss(new Sgd(0.1), byHand), data), CLOSE);
        assertThat(step.constantLoss()).isNaN();
    }

    @Test
    void adds_up_several_losses() {
        SameDiffNetworks.LossOf two = (labels, out) -> {
            SameDiff sd = out.getSameDiff();
            SDVariable entropy = sd.loss().softmaxCrossEntropy(labels, out, null);
            SDVariable squares = sd.loss().meanSquaredError(labels, sd.nn().tanh(out), null);
            return entropy.add("loss", squares);
        };
        DataSet data = batch(16, 1);

        Step step = trainOnce(withLoss(new Sgd(0.1), two), data).last();

        assertThat(step.loss()).isCloseTo(loss(withLoss(new Sgd(0.1), two), data), CLOSE);
        assertThat(step.constantLoss()).isPositive();
    }

    @Test
    void tells_penalties_on_parameters_from_the_loss_on_data() {
        SameDiffNetworks.LossOf penalised = (labels, out) -> {
            SameDiff sd = out.getSameDiff();
            SDVariable entropy = sd.loss().softmaxCrossEntropy("entropy", labels, out, null);
            SDVariable penalty = sd.getVariable("output/W").norm2();
            return entropy.add("loss", penalty);
        };
        DataSet data = batch(16, 1);
        SameDiff twin = withLoss(new Sgd(0.1), penalised);

        Step step = trainOnce(withLoss(new Sgd(0.1), penalised), data).last();

        double entropy = value(twin, data, "entropy");
        assertThat(step.loss()).isCloseTo(entropy, CLOSE);
        assertThat(step.score()).isCloseTo(loss(twin, data), CLOSE);
    }

    @Test
    void gives_the_loss_per_example_whatever_the_reduction() {
        DataSet data = batch(16, 1);
        for (LossReduce reduce :
                List.of(LossReduce.SUM, LossReduce.MEAN_BY_WEIGHT, LossReduce.MEAN_BY_NONZERO_WEIGHT_COUNT)) {
            SameDiff network = withLoss(new Sgd(0.01), (labels, out) -> out.getSameDiff()
                    .loss()
                    .softmaxCrossEntropy("loss", labels, out, null, reduce, 0));
            SameDiff mean = classifier(new Sgd(0.01));

            Step step = trainOnce(network, data).last();

            Step expected = trainOnce(mean, data).last();
            assertThat(step.loss()).as(reduce.name()).isCloseTo(expected.loss(), CLOSE);
            assertThat(step.constantLoss()).as(reduce.name()).isCloseTo(expected.constantLoss(), CLOSE);
            assertThat(step.layers().get(0).parameters().get(0).gradient().l2())
                    .as(reduce.name())
                    .isCloseTo(
                            expected.layers()
                                    .get(0)
                                    .parameters()
                                    .get(0)
                                    .gradient()
                                    .l2(),
                            CLOSE);
            assertThat(step.layers().get(0).signal())
                    .as(reduce.name())
                    .isCloseTo(expected.layers().get(0).signal(), CLOSE);
        }
    }

    @Test
    void knows_what_the_best_constant_costs() {
        DataSet data = batch(64, 1);
        INDArray shares = data.getLabels().mean(0);
        double entropy = 0;
        double variance = 0;
        double binary = 0;
        for (int k = 0; k < 3; k++) {
            double p = shares.getDouble(k);
            entropy -= p * Math.log(p);
            variance += p * (1 - p) / 3;
            binary -= (p * Math.log(p) + (1 - p) * Math.log(1 - p)) / 3;
        }

        assertThat(constantLoss((labels, out) -> out.getSameDiff().loss().softmaxCrossEntropy(labels, out, null), data))
                .isCloseTo(entropy, CLOSE);
        assertThat(constantLoss((labels, out) -> out.getSameDiff().loss().meanSquaredError(labels, out, null), data))
                .isCloseTo(variance, CLOSE);
        assertThat(constantLoss((labels, out) -> out.getSameDiff().loss().sigmoidCrossEntropy(labels, out, null), data))
                .isCloseTo(binary, CLOSE);
        assertThat(constantLoss(
                        (labels, out) -> out.getSameDiff()
                                .loss()
                                .sparseSoftmaxCrossEntropy(
                                        out, labels.getSameDiff().argmax(labels, 1))
                                .mean(),
                        data))
                .isCloseTo(entropy, CLOSE);
    }

    private static double constantLoss(SameDiffNetworks.LossOf loss, DataSet data) {
        return trainOnce(withLoss(new Sgd(0.01), loss), data).last().constantLoss();
    }

    @Test
    void finds_the_best_constant_for_robust_losses() {
        DataSet data = regression();
        INDArray labels = data.getLabels();

        double absolute = constantLoss((l, out) -> out.getSameDiff().loss().absoluteDifference(l, out, null), data);
        double huber = constantLoss((l, out) -> out.getSameDiff().loss().huberLoss(l, out, null, 0.5), data);

        assertThat(absolute).isCloseTo(leastOverAGrid(labels, Math::abs), within(1e-3));
        assertThat(huber)
                .isCloseTo(
                        leastOverAGrid(labels, d -> Math.abs(d) <= 0.5 ? d * d / 2 : 0.5 * (Math.abs(d) - 0.25)),
                        within(1e-3));
    }

    /** The slow, obvious way. */
    private static double leastOverAGrid(INDArray labels, java.util.function.DoubleUnaryOperator cost) {
        double sum = 0;
        for (int k = 0; k < labels.columns(); k++) {
            INDArray column = labels.getColumn(k);
            sum += IntStream.range(-3000, 3000)
                    .mapToDouble(c -> IntStream.range(0, (int) column.length())
                            .mapToDouble(i -> cost.applyAsDouble(column.getDouble(i) - c / 1000.0))
                            .average()
                            .orElseThrow())
                    .min()
                    .orElseThrow();
        }
        return sum / labels.columns();
    }

    private static DataSet regression() {
        Random random = new Random(7);
        INDArray labels = Nd4j.create(DataType.FLOAT, 32, 3);
        for (long i = 0; i < labels.length(); i++) {
            labels.putScalar(i, random.nextGaussian());
        }
        return new DataSet(batch(32, 1).getFeatures(), labels);
    }

    @Test
    void reads_the_gradients_that_a_twin_computes() {
        DataSet data = batch(16, 1);
        Map<String, INDArray> expected = classifier(new Sgd(0.1))
                .calculateGradients(placeholders(data), "hidden0/W", "hidden0/b", "output/W", "output/b");

        SameDiffSteps steps = trainOnce(classifier(new Sgd(0.1)), data);

        forEachParameter(steps, (name, parameter) -> {
            assertThat(parameter.gradient().l2())
                    .as(name)
                    .isCloseTo(
                            Objects.requireNonNull(expected.get(name))
                                    .norm2Number()
                                    .doubleValue(),
                            CLOSE);
            assertThat(parameter.gradient().max())
                    .as(name)
                    .isCloseTo(
                            Objects.requireNonNull(expected.get(name))
                                    .amaxNumber()
                                    .doubleValue(),
                            CLOSE);
        });
    }

    private interface OfParameter {
        void look(String name, io.gradiometer.signal.ParameterStep step);
    }

    private static void forEachParameter(SameDiffSteps steps, OfParameter look) {
        List<LayerView> layers = steps.probe().view().layers();
        for (int i = 0; i < layers.size(); i++) {
            LayerStep step = steps.last().layers().get(i);
            for (int p = 0; p < step.parameters().size(); p++) {
                look.look(
                        layers.get(i).parameters().get(p).name(),
                        step.parameters().get(p));
            }
        }
    }

    @Test
    void reads_values_before_and_updates_as_what_is_taken_off_them() {
        SameDiff network = classifier(new Adam(0.05), List.of(new L2Regularization(0.01)));
        network.fit(batch(16, 1));
        SameDiffSteps steps = new SameDiffSteps(network);
        Map<String, INDArray> before = new HashMap<>();
        network.variables().stream()
                .filter(v -> v.name().contains("/"))
                .forEach(v -> before.put(v.name(), v.getArr().dup()));

        network.fit(batch(16, 2));

        forEachParameter(steps, (name, parameter) -> {
            INDArray value = Objects.requireNonNull(before.get(name));
            INDArray step = value.sub(network.getVariable(name).getArr());
            assertThat(parameter.value().l2())
                    .as(name)
                    .isCloseTo(value.norm2Number().doubleValue(), CLOSE);
            assertThat(parameter.update().l2())
                    .as(name)
                    .isCloseTo(step.norm2Number().doubleValue(), Percentage.withPercentage(0.1));
        });
    }

    @Test
    void counts_regularisation_into_the_score_and_not_into_the_loss() {
        DataSet data = batch(16, 1);
        SameDiff network = classifier(new Sgd(0.1), List.of(new L2Regularization(0.1)));
        double penalty = network.calcRegularizationScore();

        Step step = trainOnce(network, data).last();

        assertThat(step.loss()).isCloseTo(loss(classifier(new Sgd(0.1)), data), CLOSE);
        assertThat(step.score()).isCloseTo(step.loss() + penalty, CLOSE);
    }

    @Test
    void follows_a_schedule_of_the_learning_rate() {
        SameDiff network = classifier(new Sgd(new ExponentialSchedule(ScheduleType.ITERATION, 0.1, 0.5)));
        SameDiffSteps steps = new SameDiffSteps(network);

        network.fit(batches(3), 1);

        assertThat(steps.all)
                .extracting(step -> step.layers().get(0).parameters().get(0).learningRate())
                .containsExactly(0.1, 0.05, 0.025);
    }

    @Test
    void finds_layers_with_their_names_widths_and_activations() {
        SameDiffSteps steps = trainOnce(classifier(new Adam(0.01)), batch(16, 1));

        assertThat(steps.probe().view().kind()).isEqualTo("SameDiff");
        assertThat(steps.probe().view().parameters()).isEqualTo(6 * 8 + 8 + 8 * 3 + 3);
        assertThat(steps.probe().view().dtype()).isEqualTo("FLOAT");
        LayerView hidden = steps.probe().view().layers().get(0);
        LayerView output = steps.probe().view().layers().get(1);
        assertThat(hidden.name()).isEqualTo("hidden0");
        assertThat(hidden.type()).isEqualTo("matmul");
        assertThat(hidden.activation()).isEqualTo("tanh");
        assertThat(hidden.fanIn()).isEqualTo(6);
        assertThat(hidden.fanOut()).isEqualTo(8);
        assertThat(hidden.isOutput()).isFalse();
        assertThat(hidden.updater().name()).isEqualTo("Adam");
        assertThat(hidden.updater().adaptive()).isTrue();
        assertThat(hidden.parameters()).extracting(p -> p.role()).containsExactly(Role.WEIGHT, Role.BIAS);
        assertThat(output.name()).isEqualTo("output");
        assertThat(output.loss()).isEqualTo("softmax_cross_entropy_loss");
        assertThat(output.activation()).isEqualTo("softmax");
    }

    @Test
    void estimates_the_signal_exactly_for_one_example() {
        DataSet one = batch(1, 3);
        INDArray error = Objects.requireNonNull(classifier(new Sgd(0.1))
                .calculateGradients(placeholders(one), "hidden0/b")
                .get("hidden0/b"));

        Step step = trainOnce(classifier(new Sgd(0.1)), one).last();

        assertThat(step.layers().get(0).signal()).isCloseTo(error.norm2Number().doubleValue(), CLOSE);
    }

    @Test
    void reads_the_data() {
        DataSet data = batch(16, 1);

        Step step = trainOnce(classifier(new Sgd(0.1)), data).last();

        assertThat(step.examples()).isEqualTo(16);
        assertThat(step.features().l2())
                .isCloseTo(data.getFeatures().norm2Number().doubleValue(), CLOSE);
        assertThat(step.labels().l2()).isCloseTo(data.getLabels().norm2Number().doubleValue(), CLOSE);
    }

    @Test
    void describes_the_columns_of_the_first_batches() {
        DataSet data = batch(16, 1);
        SameDiff network = classifier(new Sgd(0.1));
        SameDiffSteps steps = new SameDiffSteps(network);
        for (int i = 0; i < 5; i++) {
            network.fit(data);
        }

        assertSameColumns(steps.all.get(0).data().inputColumns(), data.getFeatures());
        assertSameColumns(steps.all.get(3).data().labelColumns(), data.getLabels());
        assertThat(steps.all.get(4).data().inputColumns()).isEmpty();
        assertThat(steps.all.get(4).data().labelColumns()).isEmpty();
    }

    private static void assertSameColumns(List<ColumnStats> columns, INDArray array) {
        assertThat(columns).hasSize((int) array.size(1));
        for (int i = 0; i < columns.size(); i++) {
            INDArray column = array.getColumn(i);
            assertThat(columns.get(i).count()).isEqualTo(array.size(0));
            assertThat(columns.get(i).mean()).isCloseTo(column.meanNumber().doubleValue(), within(1e-5));
            assertThat(columns.get(i).deviation())
                    .isCloseTo(column.stdNumber(false).doubleValue(), within(1e-5));
            assertThat(columns.get(i).max()).isEqualTo(column.maxNumber().doubleValue());
        }
    }

    @Test
    void reads_small_gradients_and_the_loss_between_full_readings() {
        SameDiff network = classifier(new Sgd(0.01));
        SameDiffSteps steps = new SameDiffSteps(network);

        network.fit(batches(20), 15);

        Step light = steps.all.get(257);
        assertThat(light.full()).isFalse();
        assertThat(light.loss()).isFinite();
        assertThat(light.watched().length()).isEqualTo(6 * 8 + 8 + 8 * 3 + 3);
        assertThat(light.layers())
                .isEqualTo(steps.probe().view().layers().stream()
                        .map(LayerStep::unread)
                        .toList());
        assertThat(steps.all.get(264).full()).isTrue();
    }

    @Test
    void reads_everything_at_once_when_the_loss_is_not_finite() {
        SameDiff network = classifier(new Sgd(0.01));
        SameDiffSteps steps = new SameDiffSteps(network);
        network.fit(batches(20), 13);
        DataSet poisoned = batch(16, 1);
        poisoned.getFeatures().putScalar(3, 2, Double.NaN);
        network.fit(batch(16, 2));
        assertThat(steps.last().full()).isFalse();

        network.fit(poisoned);

        assertThat(steps.last().full()).isTrue();
        assertThat(steps.last().features().nonFinite()).isEqualTo(1);
        assertThat(steps.last().layers().get(0).parameters().get(0).gradient().nonFinite())
                .isPositive();
    }

    @Test
    void reads_a_network_with_two_inputs_and_two_losses() {
        SameDiff network = twoTowers();
        SameDiffSteps steps = new SameDiffSteps(network);
        SameDiff twin = twoTowers();
        INDArray left = batch(8, 1).getFeatures();
        INDArray right = batch(8, 2).getFeatures();
        INDArray labels = batch(8, 1).getLabels();
        Map<String, INDArray> expected = twin.output(
                Map.of("left", left, "right", right, "labels", labels, "target", left), "entropy", "squares");

        network.fit(new MultiDataSet(new INDArray[] {left, right}, new INDArray[] {labels, left}));

        assertThat(steps.last().loss())
                .isCloseTo(
                        Objects.requireNonNull(expected.get("entropy")).getDouble(0)
                                + Objects.requireNonNull(expected.get("squares"))
                                        .getDouble(0),
                        CLOSE);
        assertThat(steps.last().features().length()).isEqualTo(2 * 8 * 6);
        assertThat(steps.probe().view().layers())
                .extracting(LayerView::name)
                .containsExactlyInAnyOrder("left_w", "right_w", "classes_w", "copy_w");
        assertThat(steps.probe().view().layers())
                .filteredOn(LayerView::isOutput)
                .extracting(LayerView::name)
                .containsExactlyInAnyOrder("classes_w", "copy_w");
    }

    private static SameDiff twoTowers() {
        Random random = new Random(1);
        SameDiff sd = SameDiff.create();
        SDVariable left = sd.placeHolder("left", DataType.FLOAT, -1, 6);
        SDVariable right = sd.placeHolder("right", DataType.FLOAT, -1, 6);
        SDVariable labels = sd.placeHolder("labels", DataType.FLOAT, -1, 3);
        SDVariable target = sd.placeHolder("target", DataType.FLOAT, -1, 6);
        SDVariable both = sd.math()
                .tanh(left.mmul(sd.var("left_w", SameDiffNetworks.weights(6, 5, random)))
                        .add(right.mmul(sd.var("right_w", SameDiffNetworks.weights(6, 5, random)))));
        SDVariable classes = both.mmul(sd.var("classes_w", SameDiffNetworks.weights(5, 3, random)));
        SDVariable copy = both.mmul(sd.var("copy_w", SameDiffNetworks.weights(5, 6, random)));
        sd.loss().softmaxCrossEntropy("entropy", labels, classes, null);
        sd.loss().meanSquaredError("squares", target, copy, null);
        sd.setLossVariables("entropy", "squares");
        sd.setTrainingConfig(org.nd4j.autodiff.samediff.TrainingConfig.builder()
                .updater(new Sgd(0.1))
                .dataSetFeatureMapping("left", "right")
                .dataSetLabelMapping("labels", "target")
                .build());
        return sd;
    }

    @Test
    void knows_variables_that_training_leaves_alone() {
        SameDiff network = SameDiffNetworks.stack(1, x -> x.getSameDiff().math().tanh(x));
        network.getVariable("hidden0/W").convertToConstant();
        network.loss().softmaxCrossEntropy("loss", network.getVariable("labels"), network.getVariable("out"), null);
        configured(network, new Sgd(0.1), List.of());

        SameDiffSteps steps = trainOnce(network, batch(16, 1));

        assertThat(steps.probe().view().layers().stream().flatMap(layer -> layer.parameters().stream()))
                .extracting(parameter -> parameter.name())
                .containsExactlyInAnyOrder("hidden0/b", "output/W", "output/b");
    }
}
