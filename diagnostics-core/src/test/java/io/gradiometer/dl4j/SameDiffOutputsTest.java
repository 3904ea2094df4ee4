package io.gradiometer.dl4j;

import static io.gradiometer.dl4j.Networks.CLASSES;
import static io.gradiometer.dl4j.Networks.INPUTS;
import static io.gradiometer.dl4j.Networks.batch;
import static io.gradiometer.dl4j.SameDiffNetworks.configured;
import static io.gradiometer.dl4j.SameDiffNetworks.stack;
import static io.gradiometer.dl4j.SameDiffNetworks.withLoss;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gradiometer.signal.ActivationStats;
import io.gradiometer.signal.LayerStep;
import io.gradiometer.signal.Step;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.Conv2DConfig;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;

/** What is read of layers' outputs beside what the network says when it is asked for them before the step. */
class SameDiffOutputsTest {

    private static INDArray ask(SameDiff network, DataSet data, String variable) {
        Map<String, INDArray> placeholders = new HashMap<>();
        placeholders.put("input", data.getFeatures());
        placeholders.put("labels", data.getLabels());
        return Objects.requireNonNull(network.output(placeholders, variable).get(variable))
                .dup();
    }

    private static Step trainOnce(SameDiff network, DataSet data) {
        SameDiffSteps steps = new SameDiffSteps(network);
        network.fit(data);
        return steps.last();
    }

    /** One pass per number, through the array's own indexing. */
    private static void assertRead(ActivationStats stats, INDArray truth, int unitAxis) {
        int units = (int) truth.size(unitAxis);
        double squares = 0;
        double variances = 0;
        for (int unit = 0; unit < units; unit++) {
            double[] values = truth.slice(unit, unitAxis)
                    .castTo(DataType.DOUBLE)
                    .dup('c')
                    .reshape(-1)
                    .toDoubleVector();
            double mean = Arrays.stream(values).average().orElseThrow();
            for (double value : values) {
                squares += value * value;
                variances += (value - mean) * (value - mean) / values.length;
            }
        }
        assertThat(stats.units()).isEqualTo(units);
        assertThat(stats.rows()).isEqualTo(truth.length() / units);
        assertThat(stats.mean()).isCloseTo(truth.meanNumber().doubleValue(), within(1e-5));
        assertThat(stats.rms()).isCloseTo(Math.sqrt(squares / truth.length()), within(1e-5));
        assertThat(stats.spread()).isCloseTo(Math.sqrt(variances / units), within(1e-5));
    }

    private static List<Double> shares(INDArray logits) {
        int classes = (int) logits.size(logits.rank() - 1);
        INDArray rows = logits.dup('c').reshape(-1, classes);
        INDArray chosen = rows.argMax(1);
        return IntStream.range(0, classes)
                .mapToObj(k -> chosen.eq(k).castTo(DataType.DOUBLE).meanNumber().doubleValue())
                .toList();
    }

    private static SDVariable activated(String kind, SDVariable x) {
        SameDiff sd = x.getSameDiff();
        return switch (kind) {
            case "relu" -> sd.nn().relu(x, 0);
            case "relu6" -> sd.nn().relu6(x, 0);
            case "sigmoid" -> sd.nn().sigmoid(x);
            case "tanh" -> sd.math().tanh(x);
            case "hardtanh" -> sd.nn().hardTanh(x);
            case "hardsigmoid" -> sd.nn().hardSigmoid(x);
            case "softsign" -> sd.nn().softsign(x);
            case "elu" -> sd.nn().elu(x);
            case "selu" -> sd.nn().selu(x);
            case "softplus" -> sd.nn().softplus(x);
            default -> throw new IllegalArgumentException(kind);
        };
    }

    /** Two hidden layers with weights so large that every activation reaches its flat part. */
    private static SameDiff wide(UnaryOperator<SDVariable> activation) {
        SameDiff network = stack(2, activation);
        network.getVariable("hidden0/W").getArr().muli(5);
        network.getVariable("hidden1/W").getArr().muli(5);
        network.loss().softmaxCrossEntropy("loss", network.getVariable("labels"), network.getVariable("out"), null);
        return configured(network, new Sgd(0.1), List.of());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "relu",
                "relu6",
                "sigmoid",
                "tanh",
                "hardtanh",
                "hardsigmoid",
                "softsign",
                "elu",
                "selu",
                "softplus"
            })
    void values_and_flat_parts_are_those_of_the_layer(String kind) {
        List<String> names = new ArrayList<>();
        List<String> before = new ArrayList<>();
        SameDiff network = wide(x -> {
            SDVariable result = activated(kind, x);
            before.add(x.name());
            names.add(result.name());
            return result;
        });
        DataSet data = batch(32, 7);
        INDArray truth = ask(network, data, names.get(1));
        double flat = flatShare(kind, ask(network, data, before.get(1)));

        ActivationStats stats = trainOnce(network, data).layers().get(1).outputs();

        assertRead(stats, truth, 1);
        assertThat(stats.flat()).isCloseTo(flat, within(0.02));
        assertThat(stats.silent()).isNotNegative();
    }

    /** By finite differences: the share of values at which the slope is below a hundredth of the steepest. */
    private static double flatShare(String kind, INDArray preActivation) {
        INDArray at = preActivation.castTo(DataType.DOUBLE).dup('c').reshape(-1);
        double steepest = slopes(kind, Nd4j.linspace(DataType.DOUBLE, -5, 0.01, 1001))
                .maxNumber()
                .doubleValue();
        return slopes(kind, at)
                .lt(0.01 * steepest)
                .castTo(DataType.DOUBLE)
                .meanNumber()
                .doubleValue();
    }

    private static INDArray slopes(String kind, INDArray at) {
        SameDiff sd = SameDiff.create();
        SDVariable x = sd.placeHolder("x", DataType.DOUBLE, -1);
        SDVariable difference = activated(kind, x.add(1e-4)).sub("difference", activated(kind, x.sub(1e-4)));
        return Objects.requireNonNull(
                sd.output(Map.of("x", at), difference.name()).get(difference.name()));
    }

    @Test
    void counts_units_that_are_never_active() {
        SameDiff network = wide(x -> x.getSameDiff().nn().relu(x, 0));
        INDArray bias = network.getVariable("hidden0/b").getArr();
        bias.putScalar(2, -1000);
        bias.putScalar(5, -1000);
        SameDiffSteps steps = new SameDiffSteps(network);
        for (DataSet data : Networks.batches(6)) {
            network.fit(data);
        }

        ActivationStats stats = steps.last().layers().get(0).outputs();
        assertThat(stats.silent()).isEqualTo(2);
        assertThat(stats.silentRows()).isGreaterThan(stats.rows());
    }

    @Test
    void reads_the_answers_of_a_loss_that_applies_softmax_itself() {
        SameDiff network = wide(x -> x.getSameDiff().math().tanh(x));
        DataSet data = batch(32, 7);
        INDArray logits = ask(network, data, "out");

        LayerStep output = trainOnce(network, data).layers().get(2);

        assertRead(output.outputs(), Nd4j.nn().softmax(logits, 1), 1);
        assertThat(output.predicted()).isEqualTo(shares(logits));
    }

    @ParameterizedTest
    @ValueSource(strings = {"softmax", "log_softmax"})
    void reads_the_answers_of_an_operation_of_its_own(String kind) {
        SameDiff network = withLoss(new Sgd(0.1), (labels, out) -> {
            SameDiff sd = out.getSameDiff();
            SDVariable logarithms = kind.equals("softmax")
                    ? sd.math().log(sd.nn().softmax(out))
                    : sd.nn().logSoftmax(out);
            return sd.math().neg(logarithms.mul(labels).sum(1)).mean("loss");
        });
        DataSet data = batch(32, 7);
        INDArray logits = ask(network, data, "out");

        LayerStep output = trainOnce(network, data).layers().get(1);

        assertRead(output.outputs(), Nd4j.nn().softmax(logits, 1), 1);
        assertThat(output.predicted()).isEqualTo(shares(logits));
    }

    @Test
    void counts_a_single_probability_as_two_classes() {
        SameDiff sd = SameDiff.create();
        SDVariable input = sd.placeHolder("input", DataType.FLOAT, -1, INPUTS);
        SDVariable labels = sd.placeHolder("labels", DataType.FLOAT, -1, 1);
        SDVariable out = input.mmul("out", sd.var("w", SameDiffNetworks.weights(INPUTS, 1, new Random(3))));
        sd.loss().sigmoidCrossEntropy("loss", labels, out, null);
        configured(sd, new Sgd(0.1), List.of());
        INDArray features = batch(32, 7).getFeatures();
        DataSet data = new DataSet(features, Nd4j.ones(DataType.FLOAT, 32, 1));
        double positive =
                ask(sd, data, "out").gt(0).castTo(DataType.DOUBLE).meanNumber().doubleValue();

        List<Double> predicted = trainOnce(sd, data).layers().get(0).predicted();

        assertThat(positive).isBetween(0.1, 0.9);
        assertThat(predicted).containsExactly(1 - positive, positive);
    }

    @Test
    void reads_values_that_choose_no_class_as_they_are() {
        SameDiff network = withLoss(
                new Sgd(0.1), (labels, out) -> out.getSameDiff().loss().meanSquaredError("loss", labels, out, null));
        DataSet data = batch(32, 7);
        INDArray values = ask(network, data, "out");

        LayerStep output = trainOnce(network, data).layers().get(1);

        assertRead(output.outputs(), values, 1);
        assertThat(output.predicted()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void takes_channels_of_a_convolution_for_its_units(boolean channelsLast) {
        SameDiff sd = SameDiff.create();
        long[] shape = channelsLast ? new long[] {5, 6, 6, 2} : new long[] {5, 2, 6, 6};
        SDVariable input = sd.placeHolder("input", DataType.FLOAT, -1, shape[1], shape[2], shape[3]);
        SDVariable labels = sd.placeHolder("labels", DataType.FLOAT, -1, CLASSES);
        Random random = new Random(5);
        INDArray kernel = SameDiffNetworks.weights(18, 3, random).reshape(3, 3, 2, 3);
        SDVariable convolved = sd.cnn()
                .conv2d(
                        input,
                        sd.var("kernel", kernel),
                        Conv2DConfig.builder()
                                .kH(3)
                                .kW(3)
                                .dataFormat(channelsLast ? "NHWC" : "NCHW")
                                .build());
        SDVariable flat = sd.nn().relu("active", convolved, 0).reshape(-1, 48);
        SDVariable out = flat.mmul("out", sd.var("dense", SameDiffNetworks.weights(48, CLASSES, random)));
        sd.loss().softmaxCrossEntropy("loss", labels, out, null);
        configured(sd, new Sgd(0.1), List.of());
        DataSet data = new DataSet(Nd4j.rand(DataType.FLOAT, shape), batch(5, 7).getLabels());
        INDArray truth = ask(sd, data, "active");

        ActivationStats stats = trainOnce(sd, data).layers().get(0).outputs();

        assertRead(stats, truth, channelsLast ? 3 : 1);
    }

    @Test
    void reads_units_that_stand_first_where_weights_stand_on_the_left() {
        SameDiff sd = SameDiff.create();
        SDVariable input = sd.placeHolder("input", DataType.FLOAT, -1, INPUTS);
        SDVariable labels = sd.placeHolder("labels", DataType.FLOAT, -1, CLASSES);
        SDVariable w = sd.var("w", SameDiffNetworks.weights(8, INPUTS, new Random(3)));
        SDVariable v = sd.var("v", SameDiffNetworks.weights(CLASSES, 8, new Random(4)));
        SDVariable hidden = sd.math().tanh("hidden", sd.mmul(w, input, false, true, false));
        SDVariable out = sd.transpose(v.mmul(hidden)).rename("out");
        sd.loss().softmaxCrossEntropy("loss", labels, out, null);
        configured(sd, new Sgd(0.1), List.of());
        DataSet data = batch(8, 7);
        INDArray truth = ask(sd, data, "hidden");
        INDArray logits = ask(sd, data, "out");

        List<LayerStep> layers = trainOnce(sd, data).layers();

        assertRead(layers.get(0).outputs(), truth, 0);
        assertThat(layers.get(1).predicted()).isEqualTo(shares(logits));
    }

    @Test
    void takes_the_last_axis_for_the_classes_of_a_sequence_as_long_as_they_are_many() {
        SameDiff sd = SameDiff.create();
        SDVariable input = sd.placeHolder("input", DataType.FLOAT, -1, 3, 4);
        SDVariable labels = sd.placeHolder("labels", DataType.FLOAT, -1, 3, 3);
        SDVariable weights = sd.var("w", SameDiffNetworks.weights(4, 3, new Random(3)));
        SDVariable rows = input.reshape(-1, 4).mmul(weights);
        SDVariable out = rows.reshape(-1, 3, 3).rename("out");
        sd.loss().softmaxCrossEntropy("loss", labels, out, null);
        configured(sd, new Sgd(0.1), List.of());
        INDArray answers = Nd4j.zeros(DataType.FLOAT, 2, 3, 3);
        IntStream.range(0, 6).forEach(i -> answers.putScalar(i / 3, i % 3, i % 2, 1));
        DataSet data = new DataSet(SameDiffNetworks.weights(6, 4, new Random(8)).reshape(2, 3, 4), answers);
        INDArray logits = ask(sd, data, "out");

        Step step = trainOnce(sd, data);

        assertThat(shares(logits)).isNotEqualTo(shares(logits.permute(0, 2, 1)));
        assertThat(step.layers().get(0).predicted()).isEqualTo(shares(logits));
    }

    @Test
    void reads_nothing_between_full_readings() {
        SameDiff network = wide(x -> x.getSameDiff().math().tanh(x));
        SameDiffSteps steps = new SameDiffSteps(network);
        for (DataSet data : Networks.batches(270)) {
            network.fit(data);
        }

        assertThat(steps.all).anyMatch(step -> !step.full());
        assertThat(steps.all).allSatisfy(step -> assertThat(step.layers())
                .allSatisfy(layer -> assertThat(layer.outputs().isRead()).isEqualTo(step.full())));
    }
}
