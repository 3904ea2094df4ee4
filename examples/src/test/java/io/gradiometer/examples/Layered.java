package io.gradiometer.examples;

import java.util.List;
import java.util.function.UnaryOperator;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * Layers one upon the other: a {@code MultiLayerNetwork}, or a {@code ComputationGraph} where a part is bridged by a residual
 * connection.
 *
 * @param settings of the whole network, in Deeplearning4j's own words
 * @param body all layers but the output
 * @param activation of the output
 * @param loss of the output
 */
record Layered(
        UnaryOperator<NeuralNetConfiguration.Builder> settings,
        List<Part> body,
        Activation activation,
        LossFunction loss)
        implements Design {

    Layered {
        body = List.copyOf(body);
    }

    /** Adds settings, which replace earlier ones. */
    Layered with(UnaryOperator<NeuralNetConfiguration.Builder> change) {
        return new Layered(builder -> change.apply(settings.apply(builder)), body, activation, loss);
    }

    Layered withBody(Part... changed) {
        return new Layered(settings, List.of(changed), activation, loss);
    }

    Layered withOutput(Activation changed, LossFunction changedLoss) {
        return new Layered(settings, body, changed, changedLoss);
    }

    @Override
    public Learner build(Task task, long seed) {
        NeuralNetConfiguration.Builder builder = settings.apply(new NeuralNetConfiguration.Builder().seed(seed));
        return body.stream().anyMatch(Part::bridged) ? graph(builder, task) : network(builder, task);
    }

    // What Deeplearning4j refuses at first sight some programs insist on: no validation of the output.

    private Learner network(NeuralNetConfiguration.Builder builder, Task task) {
        NeuralNetConfiguration.ListBuilder layers = builder.list();
        body.forEach(part -> layers.layer(part.layer().get()));
        layers.layer(output(task)).validateOutputLayerConfig(false).setInputType(task.input());
        MultiLayerNetwork network = new MultiLayerNetwork(layers.build());
        network.init();
        return new NetworkLearner(network);
    }

    private Learner graph(NeuralNetConfiguration.Builder builder, Task task) {
        GraphBuilder graph = builder.graphBuilder()
                .addInputs("input")
                .setInputTypes(task.input())
                .validateOutputLayerConfig(false);
        String last = "input";
        for (int i = 0; i < body.size(); i++) {
            Part part = body.get(i);
            String name = "layer_" + i;
            graph.addLayer(name, part.layer().get(), last);
            if (part.bridged()) {
                graph.addVertex("sum_" + i, new ElementWiseVertex(ElementWiseVertex.Op.Add), name, last);
            }
            last = part.bridged() ? "sum_" + i : name;
        }
        ComputationGraph network = new ComputationGraph(graph.addLayer("output", output(task), last)
                .setOutputs("output")
                .build());
        network.init();
        return new GraphLearner(network);
    }

    private Layer output(Task task) {
        return task.answersEachStep()
                ? new RnnOutputLayer.Builder(loss)
                        .activation(activation)
                        .nOut(task.outputs())
                        .build()
                : new OutputLayer.Builder(loss)
                        .activation(activation)
                        .nOut(task.outputs())
                        .build();
    }
}
