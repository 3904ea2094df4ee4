package io.gradiometer.dl4j;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongFunction;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Measures in real networks what a forecast foretells: the mean square of the error at each layer, over many seeds.
 *
 * <p>The law is one of averages of squares, so squares are averaged, over seeds as over units.
 */
final class SignalBench {

    private SignalBench() {}

    /** What many seeds gave: for each, the mean squares of the error at its layers, from input to output. */
    record Measured(List<List<Double>> readings) {

        /** Returns the root mean square at a layer relative to the output layer's. */
        double ratio(int layer) {
            return Math.sqrt(mean(layer) / mean(layers() - 1));
        }

        /** Returns the standard error of the ratio, relative to it. */
        double relativeError(int layer) {
            double ratio = mean(layer) / mean(layers() - 1);
            double squares = 0;
            for (List<Double> reading : readings) {
                double deviation = reading.get(layer) - ratio * reading.get(layers() - 1);
                squares += deviation * deviation;
            }
            double n = readings.size();
            return Math.sqrt(squares / (n * (n - 1))) / mean(layer) / 2;
        }

        int layers() {
            return readings.get(0).size();
        }

        private double mean(int layer) {
            return readings.stream()
                    .mapToDouble(reading -> reading.get(layer))
                    .average()
                    .orElseThrow();
        }
    }

    static Measured over(int seeds, LongFunction<List<Double>> network) {
        List<List<Double>> readings = new ArrayList<>();
        for (int seed = 1; seed <= seeds; seed++) {
            readings.add(network.apply(seed));
        }
        return new Measured(readings);
    }

    /** Draws a network anew; building its configuration takes longer than all the rest. */
    static MultiLayerNetwork drawn(MultiLayerConfiguration configuration, long seed) {
        configuration.getConfs().forEach(layer -> layer.setSeed(seed));
        MultiLayerNetwork network = new MultiLayerNetwork(configuration);
        network.init();
        return network;
    }

    static MultiLayerNetwork having(MultiLayerConfiguration configuration, INDArray parameters) {
        MultiLayerNetwork network = new MultiLayerNetwork(configuration);
        network.init(parameters, true);
        return network;
    }

    static ComputationGraph drawn(ComputationGraphConfiguration configuration, long seed) {
        configuration.getDefaultConfiguration().setSeed(seed);
        ComputationGraph graph = new ComputationGraph(configuration);
        graph.init();
        return graph;
    }

    /** Example by example: the gradient of a layer's bias is the error at its pre-activations. */
    static List<Double> biases(Model network, List<String> layers, INDArray inputs, INDArray labels) {
        double[] squares = new double[layers.size()];
        for (int example = 0; example < inputs.size(0); example++) {
            show(network, inputs.getRow(example, true), labels.getRow(example, true));
            for (int i = 0; i < squares.length; i++) {
                squares[i] += meanSquare(network.gradient().getGradientFor(layers.get(i) + "_b")) / inputs.size(0);
            }
        }
        return Arrays.stream(squares).boxed().toList();
    }

    private static void show(Model network, INDArray input, INDArray label) {
        if (network instanceof ComputationGraph graph) {
            graph.setInput(0, input);
            graph.setLabel(0, label);
            graph.computeGradientAndScore();
        } else {
            MultiLayerNetwork plain = (MultiLayerNetwork) network;
            plain.setInput(input);
            plain.setLabels(label);
            plain.computeGradientAndScore();
        }
    }

    /** Any layers but the last: the error at what they give, which is their pre-activation where they apply nothing. */
    static List<Double> outputs(MultiLayerNetwork network, INDArray input, INDArray labels) {
        LayerWorkspaceMgr workspaces = LayerWorkspaceMgr.noWorkspaces();
        network.initGradientsView();
        int last = network.getnLayers() - 1;
        List<INDArray> activations = activations(network, input, workspaces);
        OutputLayer output = (OutputLayer) network.getLayer(last);
        output.setLabels(labels);
        Double[] squares = new Double[last + 1];
        // Mean squared error: the derivative of each output is twice what it misses, divided by their number.
        squares[last] = meanSquare(activations.get(last).sub(labels).mul(2.0 / labels.size(1)));
        INDArray error = output.backpropGradient(null, workspaces).getSecond();
        for (int i = last - 1; i >= 0; i--) {
            InputPreProcessor shape = network.getLayerWiseConfigurations().getInputPreProcess(i + 1);
            error = shape == null ? error : shape.backprop(error, (int) input.size(0), workspaces);
            squares[i] = meanSquare(error);
            error = network.getLayer(i).backpropGradient(error, workspaces).getSecond();
        }
        return List.of(squares);
    }

    private static List<INDArray> activations(MultiLayerNetwork network, INDArray input, LayerWorkspaceMgr workspaces) {
        List<INDArray> activations = new ArrayList<>();
        INDArray now = input;
        for (int i = 0; i < network.getnLayers(); i++) {
            InputPreProcessor shape = network.getLayerWiseConfigurations().getInputPreProcess(i);
            now = shape == null ? now : shape.preProcess(now, (int) input.size(0), workspaces);
            now = network.getLayer(i).activate(now, true, workspaces);
            activations.add(now);
        }
        return activations;
    }

    static double meanSquare(INDArray array) {
        double norm = array.norm2Number().doubleValue();
        return norm * norm / array.length();
    }

    static INDArray normal(long seed, long... shape) {
        Nd4j.getRandom().setSeed(seed);
        return Nd4j.randn(DataType.DOUBLE, shape);
    }
}
