package io.gradiometer.dl4j;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Small networks and data, made in code with fixed seeds. */
final class Networks {

    static final int INPUTS = 6;
    static final int CLASSES = 3;

    private Networks() {}

    static NeuralNetConfiguration.Builder base(IUpdater updater) {
        return new NeuralNetConfiguration.Builder()
                .seed(42)
                .updater(updater)
                .activation(Activation.TANH)
                .weightInit(WeightInit.XAVIER);
    }

    static DenseLayer dense(int in, int out) {
        return new DenseLayer.Builder().nIn(in).nOut(out).build();
    }

    static OutputLayer softmax(int in) {
        return new OutputLayer.Builder(LossFunction.MCXENT)
                .activation(Activation.SOFTMAX)
                .nIn(in)
                .nOut(CLASSES)
                .build();
    }

    static MultiLayerNetwork network(NeuralNetConfiguration.ListBuilder layers) {
        return network(layers.build());
    }

    static MultiLayerNetwork network(MultiLayerConfiguration configuration) {
        MultiLayerNetwork network = new MultiLayerNetwork(configuration);
        network.init();
        return network;
    }

    /** Six inputs, eight hidden units, three classes. */
    static MultiLayerNetwork small(IUpdater updater) {
        return network(base(updater).list().layer(dense(INPUTS, 8)).layer(softmax(8)));
    }

    static MultiLayerNetwork small() {
        return small(new Sgd(0.1));
    }

    /** The same as a graph, with a skip connection around the hidden layer. */
    static ComputationGraph graph(IUpdater updater) {
        ComputationGraph graph = new ComputationGraph(base(updater)
                .graphBuilder()
                .addInputs("in")
                .addLayer("hidden", dense(INPUTS, 8), "in")
                .addVertex("both", new org.deeplearning4j.nn.conf.graph.MergeVertex(), "in", "hidden")
                .addLayer("out", softmax(8 + INPUTS), "both")
                .setOutputs("out")
                .build());
        graph.init();
        return graph;
    }

    /** A batch of separable classes. */
    static DataSet batch(int examples, long seed) {
        Random random = new Random(seed);
        INDArray features = Nd4j.create(examples, INPUTS);
        INDArray labels = Nd4j.create(examples, CLASSES);
        for (int i = 0; i < examples; i++) {
            int label = random.nextInt(CLASSES);
            labels.putScalar(i, label, 1);
            for (int j = 0; j < INPUTS; j++) {
                features.putScalar(i, j, (j % CLASSES == label ? 1.5 : 0) + 0.5 * random.nextGaussian());
            }
        }
        return new DataSet(features, labels);
    }

    static List<DataSet> batches(int count) {
        List<DataSet> batches = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            batches.add(batch(16, i));
        }
        return batches;
    }
}
