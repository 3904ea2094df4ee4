package io.gradiometer.dl4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradiometer.Golden;
import io.gradiometer.dl4j.SignalBench.Measured;
import io.gradiometer.signal.Forecast;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * Holds forecasts against what real networks of modest width do, and writes the table of {@code docs/forecast.md}.
 *
 * <p>Each hop must be within 2 %, and the whole way within 10 % or two standard errors of the measurement.
 */
class ForecastAccuracyTest {

    /** Beside the golden files, so that its table is renewed as they are. */
    private static final String DOCUMENT = "../../../../../docs/forecast.md";

    private static final String TABLE_BEGINS = "|---|---|---|---|---|---|---|\n";
    private static final String TABLE_ENDS = "\nHow the numbers were won";

    /** All that are applied to each unit alone and have no parameters, chance or threshold. */
    private static final List<Activation> ACTIVATIONS = List.of(
            Activation.RELU,
            Activation.RELU6,
            Activation.LEAKYRELU,
            Activation.ELU,
            Activation.SELU,
            Activation.GELU,
            Activation.SWISH,
            Activation.MISH,
            Activation.SOFTPLUS,
            Activation.TANH,
            Activation.HARDTANH,
            Activation.RATIONALTANH,
            Activation.RECTIFIEDTANH,
            Activation.SOFTSIGN,
            Activation.SIGMOID,
            Activation.HARDSIGMOID);

    /** Networks scatter most with these, so that more must be drawn. */
    private static final List<Activation> UNSTABLE_BEHIND_RELU_WEIGHTS = List.of(Activation.GELU, Activation.SWISH);

    private static final int WIDTH = 128;
    private static final int DEPTH = 10;
    private static final int SIDE = 10;

    private final StringBuilder table = new StringBuilder();
    private final List<String> misses = new ArrayList<>();

    @Test
    void forecasts_hold_in_real_networks() throws IOException {
        dense(WeightInit.XAVIER, 40, 32, ACTIVATIONS);
        dense(WeightInit.RELU, 60, 16, others(UNSTABLE_BEHIND_RELU_WEIGHTS));
        dense(WeightInit.RELU, 100, 64, UNSTABLE_BEHIND_RELU_WEIGHTS);
        dense(WeightInit.LECUN_UNIFORM, 60, 16, ACTIVATIONS);
        dense(WeightInit.RELU_UNIFORM, 40, 32, List.of(Activation.LEAKYRELU));
        dense(WeightInit.XAVIER_UNIFORM, 40, 32, List.of(Activation.HARDTANH));
        dense(WeightInit.SIGMOID_UNIFORM, 40, 32, List.of(Activation.SIGMOID));
        dense(WeightInit.LECUN_NORMAL, 40, 32, List.of(Activation.SELU));
        dense(WeightInit.VAR_SCALING_NORMAL_FAN_AVG, 40, 32, List.of(Activation.MISH));
        fused("dense, tanh in the layer", WeightInit.XAVIER, ForecastAccuracyTest::fusedTanh);
        layers("convolution, relu", WeightInit.RELU, 12, ForecastAccuracyTest::convolutions);
        layers("convolution and max pooling, relu", WeightInit.RELU, 12, ForecastAccuracyTest::maxPoolings);
        layers("convolution and average pooling, tanh", WeightInit.XAVIER, 12, ForecastAccuracyTest::averagePoolings);
        layers("batch norm, relu", WeightInit.RELU, 16, ForecastAccuracyTest::batchNorms);
        layers("dropout 0.5, relu", WeightInit.RELU, 100, ForecastAccuracyTest::dropouts);
        residual("residual, relu inside", true);
        residual("residual, relu behind the sum", false);

        assertThat(misses).isEmpty();
        Golden.assertMatches(DOCUMENT, documentWith(table.toString()));
    }

    private static String documentWith(String rows) throws IOException {
        String document = Files.readString(Path.of("src/test/resources/golden").resolve(DOCUMENT));
        int from = document.indexOf(TABLE_BEGINS) + TABLE_BEGINS.length();
        return document.substring(0, from) + rows + document.substring(document.indexOf(TABLE_ENDS));
    }

    private static NeuralNetConfiguration.Builder base(WeightInit init) {
        return new NeuralNetConfiguration.Builder()
                .dataType(DataType.DOUBLE)
                .weightInit(init)
                .activation(Activation.IDENTITY);
    }

    private static DenseLayer dense(int in, Activation activation) {
        return new DenseLayer.Builder()
                .nIn(in)
                .nOut(WIDTH)
                .activation(activation)
                .build();
    }

    private static OutputLayer output() {
        return new OutputLayer.Builder(LossFunction.MSE)
                .nOut(WIDTH)
                .activation(Activation.IDENTITY)
                .build();
    }

    private static ActivationLayer activation(Activation activation) {
        return new ActivationLayer.Builder().activation(activation).build();
    }

    private static List<Activation> others(List<Activation> activations) {
        return ACTIVATIONS.stream().filter(a -> !activations.contains(a)).toList();
    }

    /** All activations on the same weights, since drawing these takes longer than all the rest. */
    private void dense(WeightInit init, int seeds, int examples, List<Activation> activations) {
        List<MultiLayerConfiguration> configurations = new ArrayList<>();
        List<List<List<Double>>> readings = new ArrayList<>();
        for (Activation activation : activations) {
            configurations.add(layered(init, list -> stacked(list, activation)));
            readings.add(new ArrayList<>());
        }
        for (int seed = 1; seed <= seeds; seed++) {
            INDArray inputs = inputs(seed, examples, WIDTH);
            INDArray labels = labels(seed, examples);
            INDArray weights = SignalBench.drawn(configurations.get(0), seed).params();
            for (int i = 0; i < configurations.size(); i++) {
                MultiLayerNetwork network = SignalBench.having(configurations.get(i), weights);
                readings.get(i).add(SignalBench.outputs(network, inputs, labels));
            }
        }
        for (int i = 0; i < configurations.size(); i++) {
            String name = "dense, " + activations.get(i).name().toLowerCase(Locale.ROOT);
            judge(name, init, configurations.get(i), new Measured(readings.get(i)));
        }
    }

    private static void stacked(NeuralNetConfiguration.ListBuilder list, Activation activation) {
        for (int i = 0; i < DEPTH; i++) {
            list.layer(dense(WIDTH, Activation.IDENTITY)).layer(activation(activation));
        }
        list.layer(output()).setInputType(InputType.feedForward(WIDTH));
    }

    /** The same way, measured without any arithmetic of ours: bias gradients of single examples. */
    private void fused(String name, WeightInit init, Consumer<NeuralNetConfiguration.ListBuilder> layers) {
        MultiLayerConfiguration configuration = layered(init, layers);
        Wiring wiring = Wiring.of(configuration);
        List<String> names = wiring.stations().stream().map(Station::name).toList();
        Measured measured = SignalBench.over(60, seed -> {
            MultiLayerNetwork network = SignalBench.drawn(configuration, seed);
            return SignalBench.biases(network, names, inputs(seed, 8, WIDTH), labels(seed, 8));
        });
        judge(name, init, forecast(wiring), measured, all(measured));
    }

    private static void fusedTanh(NeuralNetConfiguration.ListBuilder list) {
        for (int i = 0; i < DEPTH; i++) {
            list.layer(dense(WIDTH, Activation.TANH));
        }
        list.layer(output()).setInputType(InputType.feedForward(WIDTH));
    }

    /** Seeds far from those of the networks: equal ones would give inputs that are equal to the first weights. */
    private static INDArray inputs(long seed, int examples, int width) {
        return SignalBench.normal(1_000_000 + seed, examples, width);
    }

    /** Far larger than what comes out, so that the error does not depend on the way forward. */
    private static INDArray labels(long seed, int examples) {
        return SignalBench.normal(2_000_000 + seed, examples, WIDTH).mul(1e4);
    }

    private static List<Integer> all(Measured measured) {
        return IntStream.range(0, measured.layers()).boxed().toList();
    }

    private static Forecast forecast(Wiring wiring) {
        return MeanField.forecast(wiring, WeightSource.ofConfiguration(), 1);
    }

    private void layers(String name, WeightInit init, int seeds, Consumer<NeuralNetConfiguration.ListBuilder> layers) {
        MultiLayerConfiguration configuration = layered(init, layers);
        Measured measured = SignalBench.over(seeds, seed -> {
            MultiLayerNetwork network = SignalBench.drawn(configuration, seed);
            boolean image = network.getLayerWiseConfigurations().getInputPreProcess(0) != null;
            int examples = name.startsWith("batch norm") ? 512 : image ? 4 : 8;
            return SignalBench.outputs(
                    network, inputs(seed, examples, image ? SIDE * SIDE * WIDTH : WIDTH), labels(seed, examples));
        });
        judge(name, init, configuration, measured);
    }

    private void judge(String name, WeightInit init, MultiLayerConfiguration configuration, Measured measured) {
        Wiring wiring = Wiring.of(configuration);
        // What is measured is the error at what layers give; the forecast speaks of what they apply their activation
        // to.
        List<Integer> same = wiring.stations().stream()
                .filter(s -> !(s.layer() instanceof ActivationLayer))
                .map(Station::index)
                .toList();
        judge(name, init, forecast(wiring), measured, same);
    }

    private static MultiLayerConfiguration layered(
            WeightInit init, Consumer<NeuralNetConfiguration.ListBuilder> layers) {
        NeuralNetConfiguration.ListBuilder list = base(init).list();
        layers.accept(list);
        return list.build();
    }

    private static ConvolutionLayer convolution(ConvolutionMode mode, int stride) {
        return new ConvolutionLayer.Builder(3, 3)
                .nOut(WIDTH)
                .convolutionMode(mode)
                .stride(stride, stride)
                .build();
    }

    private static void convolutions(NeuralNetConfiguration.ListBuilder list) {
        list.layer(convolution(ConvolutionMode.Truncate, 1))
                .layer(activation(Activation.RELU))
                .layer(convolution(ConvolutionMode.Truncate, 2))
                .layer(activation(Activation.RELU))
                .layer(convolution(ConvolutionMode.Same, 1))
                .layer(activation(Activation.RELU))
                .layer(output())
                .setInputType(InputType.convolutionalFlat(SIDE, SIDE, WIDTH));
    }

    private static void maxPoolings(NeuralNetConfiguration.ListBuilder list) {
        pooled(list, SubsamplingLayer.PoolingType.MAX, Activation.RELU);
    }

    private static void averagePoolings(NeuralNetConfiguration.ListBuilder list) {
        pooled(list, SubsamplingLayer.PoolingType.AVG, Activation.TANH);
    }

    private static void pooled(
            NeuralNetConfiguration.ListBuilder list, SubsamplingLayer.PoolingType type, Activation activation) {
        list.layer(convolution(ConvolutionMode.Truncate, 1))
                .layer(activation(activation))
                .layer(pooling(type))
                .layer(convolution(ConvolutionMode.Truncate, 1))
                .layer(activation(activation))
                .layer(pooling(type))
                .layer(output())
                .setInputType(InputType.convolutionalFlat(SIDE, SIDE, WIDTH));
    }

    private static SubsamplingLayer pooling(SubsamplingLayer.PoolingType type) {
        return new SubsamplingLayer.Builder(type).kernelSize(2, 2).stride(2, 2).build();
    }

    private static void batchNorms(NeuralNetConfiguration.ListBuilder list) {
        for (int i = 0; i < DEPTH; i++) {
            list.layer(dense(WIDTH, Activation.IDENTITY))
                    .layer(new BatchNormalization())
                    .layer(activation(Activation.RELU));
        }
        list.layer(output()).setInputType(InputType.feedForward(WIDTH));
    }

    private static void dropouts(NeuralNetConfiguration.ListBuilder list) {
        for (int i = 0; i < 4; i++) {
            list.layer(dense(WIDTH, Activation.IDENTITY))
                    .layer(activation(Activation.RELU))
                    .layer(new DropoutLayer.Builder(0.5).build());
        }
        list.layer(output()).setInputType(InputType.feedForward(WIDTH));
    }

    private void residual(String name, boolean inside) {
        ComputationGraphConfiguration configuration = skips(inside);
        Wiring wiring = Wiring.of(configuration);
        List<String> biased = dense(wiring);
        Measured measured = SignalBench.over(60, seed -> {
            ComputationGraph graph = SignalBench.drawn(configuration, seed);
            return SignalBench.biases(graph, biased, inputs(seed, 8, WIDTH), labels(seed, 8));
        });
        Forecast all = forecast(wiring);
        Forecast chosen = new Forecast(
                all.layers().stream().filter(l -> biased.contains(l.name())).toList());
        judge(name, WeightInit.RELU, chosen, measured, all(measured));
    }

    private static List<String> dense(Wiring wiring) {
        return wiring.stations().stream()
                .filter(s -> s.layer() instanceof DenseLayer || s.isOutput())
                .map(Station::name)
                .toList();
    }

    private static ComputationGraphConfiguration skips(boolean inside) {
        var builder = base(WeightInit.RELU).graphBuilder().addInputs("in");
        builder.addLayer("first", dense(WIDTH, Activation.RELU), "in");
        String last = "first";
        for (int i = 0; i < 5; i++) {
            builder.addLayer("a" + i, dense(WIDTH, Activation.RELU), last);
            builder.addLayer("b" + i, dense(WIDTH, Activation.IDENTITY), "a" + i);
            builder.addVertex("sum" + i, new ElementWiseVertex(ElementWiseVertex.Op.Add), last, "b" + i);
            last = "sum" + i;
            if (!inside) {
                builder.addLayer("relu" + i, activation(Activation.RELU), last);
                last = "relu" + i;
            }
        }
        return builder.addLayer("out", output(), last)
                .setOutputs("out")
                .setInputTypes(InputType.feedForward(WIDTH))
                .build();
    }

    private void judge(String name, WeightInit init, Forecast forecast, Measured measured, List<Integer> layers) {
        List<Double> off = new ArrayList<>();
        for (int i : layers) {
            double decades = forecast.layers().get(i).unitSignalDecades();
            off.add(decades * Math.log(10) - Math.log(measured.ratio(i)));
        }
        List<Double> hops = new ArrayList<>();
        for (int i = 0; i + 1 < off.size(); i++) {
            hops.add(Math.expm1(off.get(i) - off.get(i + 1)));
        }
        double worst = hops.stream().mapToDouble(Math::abs).max().orElseThrow();
        double total = Math.expm1(off.get(0));
        double error = measured.relativeError(0);
        if (!(worst <= 0.02 && Math.abs(total) <= Math.max(0.1, 2 * error))) {
            misses.add(String.format(
                    Locale.ROOT, "%s %s: hops %s, total %.3f, error %.3f", name, init, hops, total, error));
        }
        table.append(String.format(
                Locale.ROOT,
                "| %s | %s | %.3g | %.3g | %+.1f %% | %.1f %% | %.1f %% |\n",
                name,
                init.name().toLowerCase(Locale.ROOT),
                Math.pow(10, forecast.layers().get(0).unitSignalDecades()),
                measured.ratio(0),
                100 * total,
                100 * error,
                100 * worst));
    }
}
