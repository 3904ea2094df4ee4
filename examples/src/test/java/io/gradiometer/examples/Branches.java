package io.gradiometer.examples;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.graph.SubsetVertex;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * Two branches, each of which reads its share of the columns, and which an output puts together.
 *
 * @param split columns of the first branch; the second one has the others
 * @param units of each branch
 * @param cut whether what they are merged into is cut to the units of the first
 */
record Branches(int split, int units, boolean cut) implements Design {

    @Override
    public Learner build(Task task, long seed) {
        int columns = (int) task.features().size(1);
        GraphBuilder graph = new NeuralNetConfiguration.Builder()
                .seed(seed)
                .activation(Activation.TANH)
                .weightInit(WeightInit.XAVIER)
                .updater(new Adam(0.01))
                .graphBuilder()
                .addInputs("input")
                .setInputTypes(task.input())
                .addVertex("left_columns", new SubsetVertex(0, split - 1), "input")
                .addVertex("right_columns", new SubsetVertex(split, columns - 1), "input")
                .addLayer("left", new DenseLayer.Builder().nOut(units).build(), "left_columns")
                .addLayer("right", new DenseLayer.Builder().nOut(units).build(), "right_columns")
                .addVertex("merged", new MergeVertex(), "left", "right");
        if (cut) {
            graph.addVertex("kept", new SubsetVertex(0, units - 1), "merged");
        }
        OutputLayer output = new OutputLayer.Builder(LossFunction.MSE)
                .activation(Activation.IDENTITY)
                .nOut(task.outputs())
                .build();
        ComputationGraph network = new ComputationGraph(graph.addLayer("output", output, cut ? "kept" : "merged")
                .setOutputs("output")
                .build());
        network.init();
        return new GraphLearner(network);
    }
}
