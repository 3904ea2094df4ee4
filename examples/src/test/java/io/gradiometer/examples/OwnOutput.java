package io.gradiometer.examples;

import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * A network whose output has an activation of the user's own.
 *
 * @param signLost in the backward half of that activation
 */
record OwnOutput(boolean signLost) implements Design {

    @Override
    public Learner build(Task task, long seed) {
        MultiLayerNetwork network = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .seed(seed)
                .activation(Activation.TANH)
                .weightInit(WeightInit.XAVIER)
                .updater(new Sgd(0.005))
                .list()
                .layer(new DenseLayer.Builder().nOut(24).build())
                .layer(new OutputLayer.Builder(LossFunction.MSE)
                        .activation(new OwnLinear(signLost))
                        .nOut(task.outputs())
                        .build())
                .setInputType(task.input())
                .build());
        network.init();
        return new NetworkLearner(network);
    }
}
