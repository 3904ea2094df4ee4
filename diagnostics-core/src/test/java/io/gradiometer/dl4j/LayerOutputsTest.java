package io.gradiometer.dl4j;

import static io.gradiometer.dl4j.Networks.CLASSES;
import static io.gradiometer.dl4j.Networks.INPUTS;
import static io.gradiometer.dl4j.Networks.base;
import static io.gradiometer.dl4j.Networks.batch;
import static io.gradiometer.dl4j.Networks.network;
import static io.gradiometer.dl4j.Networks.softmax;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gradiometer.signal.ActivationStats;
import io.gradiometer.signal.LayerStep;
import io.gradiometer.signal.Step;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** What is read of layers' outputs beside what the network itself says when it is asked before the step. */
class LayerOutputsTest {

    /** One pass per number, through the array's own indexing; units stand on axis 1. */
    private record Twin(double mean, double rms, double spread) {

        static Twin of(INDArray array) {
            int units = (int) array.size(1);
            double sum = 0;
            double squares = 0;
            double variances = 0;
            for (int unit = 0; unit < units; unit++) {
                double[] values = array.slice(unit, 1)
                        .castTo(DataType.DOUBLE)
                        .dup('c')
                        .reshape(-1)
                        .toDoubleVector();
                double mean = Arrays.stream(values).average().orElseThrow();
                for (double value : values) {
                    sum += value;
                    squares += value * value;
                    variances += (value - mean) * (value - mean) / values.length;
                }
            }
            double n = array.length();
            return new Twin(sum / n, Math.sqrt(squares / n), Math.sqrt(variances / units));
        }
    }

    private static void assertSame(ActivationStats stats, Twin twin) {
        assertThat(stats.mean()).isCloseTo(twin.mean(), within(1e-5));
        assertThat(stats.rms()).isCloseTo(twin.rms(), within(1e-5));
        assertThat(stats.spread()).isCloseTo(twin.spread(), within(1e-5));
    }

    private static MultiLayerNetwork with(NeuralNetConfiguration.Builder base, Activation hidden) {
        return network(base.list()
                .layer(new DenseLayer.Builder()
                        .nIn(INPUTS)
                        .nOut(8)
                        .activation(hidden)
                        .build())
                .layer(new DenseLayer.Builder()
                        .nIn(8)
                        .nOut(8)
                        .activation(hidden)
                        .build())
                .layer(softmax(8)));
    }

    @ParameterizedTest
    @EnumSource(
            value = Activation.class,
            names = {
                "RELU",
                "RELU6",
                "SIGMOID",
                "TANH",
                "HARDTANH",
                "HARDSIGMOID",
                "SOFTSIGN",
                "ELU",
                "SELU",
                "SOFTPLUS"
            })
    void values_and_flat_parts_are_those_of_the_layer(Activation activation) {
        MultiLayerNetwork network = with(base(new Sgd(0.1)), activation);
        network.params().muli(2.5);
        DataSet data = batch(32, 7);
        List<INDArray> truth = network.feedForward(data.getFeatures(), true);
        List<INDArray> preActivations = new ArrayList<>();
        for (int layer = 0; layer < 2; layer++) {
            INDArray weights = network.getLayer(layer).getParam("W");
            preActivations.add(truth.get(layer)
                    .mmul(weights)
                    .addRowVector(network.getLayer(layer).getParam("b")));
        }
        Steps steps = new Steps(network);

        network.fit(data);

        for (int layer = 0; layer < 2; layer++) {
            ActivationStats outputs = steps.all.get(0).layers().get(layer).outputs();
            assertSame(outputs, Twin.of(truth.get(layer + 1)));
            assertThat(outputs.flat()).isCloseTo(flatShare(activation, preActivations.get(layer)), within(1e-9));
        }
    }

    /** Share of values at which the derivative, as the activation itself reports it, is below a hundredth of its largest. */
    private static double flatShare(Activation activation, INDArray preActivations) {
        INDArray slopes = slopes(activation, preActivations);
        double steepest = slopes(
                        activation,
                        Nd4j.linspace(DataType.DOUBLE, -5, 0.01, 1001).reshape(1, 1001))
                .maxNumber()
                .doubleValue();
        return slopes.lt(0.01 * steepest).castTo(DataType.DOUBLE).meanNumber().doubleValue();
    }

    private static INDArray slopes(Activation activation, INDArray z) {
        INDArray at = z.castTo(DataType.DOUBLE).dup('c');
        return activation
                .getActivationFunction()
                .backprop(at, Nd4j.onesLike(at))
                .getFirst();
    }

    @Test
    void activations_without_a_flat_part_have_none() {
        MultiLayerNetwork network = with(base(new Sgd(0.1)), Activation.SWISH);
        Steps steps = new Steps(network);

        network.fit(batch(32, 7));

        ActivationStats outputs = steps.all.get(0).layers().get(0).outputs();
        assertThat(outputs.flat()).isNaN();
        assertThat(outputs.silent()).isEqualTo(-1);
        assertThat(outputs.rows()).isEqualTo(32);
    }

    @Test
    void answers_are_those_of_the_network() {
        MultiLayerNetwork network = with(base(new Sgd(0.1)), Activation.TANH);
        DataSet data = batch(32, 7);
        INDArray truth = network.output(data.getFeatures());
        Steps steps = new Steps(network);

        network.fit(data);

        LayerStep output = steps.all.get(0).layers().get(2);
        assertSame(output.outputs(), Twin.of(truth));
        assertThat(output.predicted()).isEqualTo(shares(truth));
    }

    private static List<Double> shares(INDArray answers) {
        INDArray best = answers.argMax(1);
        List<Double> shares = new ArrayList<>();
        for (int k = 0; k < answers.size(1); k++) {
            int chosen = 0;
            for (int i = 0; i < answers.size(0); i++) {
                chosen += best.getInt(i) == k ? 1 : 0;
            }
            shares.add((double) chosen / answers.size(0));
        }
        return shares;
    }

    @Test
    void a_single_probability_counts_as_yes_or_no() {
        MultiLayerNetwork network = network(base(new Sgd(0.1))
                .list()
                .layer(new OutputLayer.Builder(LossFunction.XENT)
                        .activation(Activation.SIGMOID)
                        .nIn(INPUTS)
                        .nOut(1)
                        .build()));
        DataSet data = batch(32, 7);
        INDArray labels = data.getLabels().getColumn(0, true);
        INDArray truth = network.output(data.getFeatures());
        Steps steps = new Steps(network);

        network.fit(data.getFeatures(), labels);

        double yes = truth.gt(0.5).castTo(DataType.DOUBLE).meanNumber().doubleValue();
        assertThat(steps.all.get(0).layers().get(0).predicted()).containsExactly(1 - yes, yes);
    }

    @Test
    void a_layer_that_only_has_a_loss_answers_what_it_is_given() {
        MultiLayerNetwork network = network(base(new Sgd(0.1))
                .list()
                .layer(new DenseLayer.Builder()
                        .nIn(INPUTS)
                        .nOut(CLASSES)
                        .activation(Activation.IDENTITY)
                        .build())
                .layer(new LossLayer.Builder(LossFunction.MCXENT)
                        .activation(Activation.SOFTMAX)
                        .build()));
        DataSet data = batch(32, 7);
        INDArray truth = network.output(data.getFeatures());
        Steps steps = new Steps(network);

        network.fit(data);

        LayerStep output = steps.all.get(0).layers().get(1);
        assertSame(output.outputs(), Twin.of(truth));
        assertThat(output.predicted()).isEqualTo(shares(truth));
    }

    @Test
    void units_that_never_fire_are_counted_over_the_batches() {
        MultiLayerNetwork network = with(base(new Sgd(0)), Activation.RELU);
        network.getLayer(0).getParam("b").putScalar(2, -1000).putScalar(5, -1000);
        Steps steps = new Steps(network);

        for (int i = 0; i < 20; i++) {
            network.fit(batch(32, i));
        }

        ActivationStats outputs = steps.all.get(19).layers().get(0).outputs();
        INDArray all = Nd4j.vstack(IntStream.range(0, 20)
                .mapToObj(i ->
                        network.feedForward(batch(32, i).getFeatures(), false).get(1))
                .toList());
        assertThat(outputs.silentRows()).isEqualTo(640);
        assertThat(outputs.units()).isEqualTo(8);
        assertThat(outputs.silent())
                .isEqualTo(all.max(0).eq(0).castTo(DataType.DOUBLE).sumNumber().intValue())
                .isGreaterThanOrEqualTo(2);
    }

    @Test
    void zeros_of_a_dropout_behind_are_not_taken_for_flat() {
        for (Activation activation : List.of(Activation.RELU, Activation.TANH)) {
            MultiLayerNetwork network = network(base(new Sgd(0))
                    .list()
                    .layer(new DenseLayer.Builder()
                            .nIn(INPUTS)
                            .nOut(64)
                            .activation(activation)
                            .build())
                    .layer(new DenseLayer.Builder().nIn(64).nOut(8).dropOut(0.5).build())
                    .layer(softmax(8)));
            DataSet data = batch(256, 7);
            INDArray z = data.getFeatures()
                    .mmul(network.getLayer(0).getParam("W"))
                    .addRowVector(network.getLayer(0).getParam("b"));
            double truth = flatShare(activation, z);
            Steps steps = new Steps(network);

            network.fit(data);

            ActivationStats outputs = steps.all.get(0).layers().get(0).outputs();
            assertThat(outputs.flat()).isCloseTo(truth, within(0.02));
        }
    }

    @Test
    void sequences_are_read_without_their_masked_steps() {
        for (RNNFormat format : RNNFormat.values()) {
            MultiLayerNetwork network = network(base(new Sgd(0.1))
                    .list()
                    .layer(new LSTM.Builder()
                            .nIn(3)
                            .nOut(5)
                            .dataFormat(format)
                            .activation(Activation.TANH)
                            .build())
                    .layer(new RnnOutputLayer.Builder(LossFunction.MCXENT)
                            .nIn(5)
                            .nOut(2)
                            .dataFormat(format)
                            .activation(Activation.SOFTMAX)
                            .build()));
            INDArray features = Nd4j.rand(DataType.FLOAT, 4, 3, 7);
            INDArray labels = Nd4j.zeros(4, 2, 7);
            labels.get(NDArrayIndex.all(), NDArrayIndex.point(1), NDArrayIndex.all())
                    .assign(1);
            INDArray mask = Nd4j.ones(4, 7);
            mask.get(NDArrayIndex.all(), NDArrayIndex.interval(3, 7)).assign(0);
            boolean last = format == RNNFormat.NWC;
            INDArray x = last ? features.permute(0, 2, 1).dup('c') : features;
            INDArray y = last ? labels.permute(0, 2, 1).dup('c') : labels;
            INDArray hidden = network.feedForward(x, true).get(1);
            INDArray answer = network.output(x);
            INDArray hiddenNcw = last ? hidden.permute(0, 2, 1) : hidden;
            INDArray answerNcw = last ? answer.permute(0, 2, 1) : answer;
            Steps steps = new Steps(network);

            network.fit(new DataSet(x, y, mask, mask));

            INDArray seen = hiddenNcw.get(NDArrayIndex.all(), NDArrayIndex.all(), NDArrayIndex.interval(0, 3));
            Step step = steps.all.get(0);
            assertThat(step.layers().get(0).outputs().rows()).isEqualTo(12);
            assertSame(step.layers().get(0).outputs(), Twin.of(seen));
            INDArray chosen = answerNcw.get(NDArrayIndex.all(), NDArrayIndex.all(), NDArrayIndex.interval(0, 3));
            INDArray rows = chosen.permute(0, 2, 1).dup('c').reshape(12, 2);
            assertSame(step.layers().get(1).outputs(), Twin.of(rows));
            assertThat(step.layers().get(1).predicted()).isEqualTo(shares(rows));
        }
    }

    @Test
    void images_are_read_by_channel_and_flattened_for_the_output() {
        MultiLayerNetwork network = network(base(new Sgd(0.1))
                .list()
                .layer(new ConvolutionLayer.Builder(3, 3)
                        .nOut(4)
                        .activation(Activation.RELU)
                        .build())
                .layer(softmax(0))
                .setInputType(InputType.convolutional(6, 6, 1))
                .build());
        INDArray x = Nd4j.rand(DataType.FLOAT, 8, 1, 6, 6);
        INDArray y = Nd4j.zeros(8, CLASSES);
        y.getColumn(1).assign(1);
        INDArray hidden = network.feedForward(x, true).get(1);
        INDArray answer = network.output(x);
        Steps steps = new Steps(network);

        network.fit(new DataSet(x, y));

        LayerStep convolution = steps.all.get(0).layers().get(0);
        assertThat(convolution.outputs().units()).isEqualTo(4);
        assertThat(convolution.outputs().rows()).isEqualTo(8 * 16);
        assertSame(convolution.outputs(), Twin.of(hidden));
        assertSame(steps.all.get(0).layers().get(1).outputs(), Twin.of(answer));
        assertThat(steps.all.get(0).layers().get(1).predicted()).isEqualTo(shares(answer));
    }

    @Test
    void graphs_are_read_by_the_names_of_their_vertices() {
        ComputationGraph graph = Networks.graph(new Sgd(0.1));
        DataSet data = batch(16, 3);
        INDArray hidden = Objects.requireNonNull(
                graph.feedForward(data.getFeatures(), true).get("hidden"));
        INDArray answer = graph.output(data.getFeatures())[0];
        Steps steps = new Steps(graph);

        graph.fit(data);

        Step step = steps.all.get(0);
        assertSame(step.layers().get(0).outputs(), Twin.of(hidden));
        assertThat(step.layers().get(1).predicted()).isEqualTo(shares(answer));
    }

    @Test
    void large_batches_are_read_in_part_and_every_time_another_one() {
        MultiLayerNetwork network = network(base(new Sgd(0))
                .list()
                .layer(new DenseLayer.Builder()
                        .nIn(INPUTS)
                        .nOut(100)
                        .activation(Activation.TANH)
                        .build())
                .layer(softmax(100)));
        DataSet data = batch(1000, 3);
        Steps steps = new Steps(network);

        network.fit(data);
        network.fit(data);

        ActivationStats first = steps.all.get(0).layers().get(0).outputs();
        ActivationStats second = steps.all.get(1).layers().get(0).outputs();
        assertThat(first.rows()).isEqualTo(Block.MOST_ELEMENTS / 100);
        assertThat(first.mean()).isNotEqualTo(second.mean());
        assertThat(second.silentRows()).isEqualTo(2 * first.rows());
    }

    @Test
    void broken_activations_are_counted_and_do_not_hide_the_rest() {
        MultiLayerNetwork network = with(base(new Sgd(0)), Activation.RELU);
        network.getLayer(0).getParam("W").putScalar(0, 0, Double.NaN);
        Steps steps = new Steps(network);

        network.fit(batch(16, 1));

        ActivationStats outputs = steps.all.get(0).layers().get(0).outputs();
        assertThat(outputs.nonFinite()).isEqualTo(16);
        assertThat(outputs.rms()).isFinite().isPositive();
    }
}
