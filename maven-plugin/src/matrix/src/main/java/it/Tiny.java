package it;

import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** The least that trains. */
public final class Tiny {

    private Tiny() {}

    /** Trains on features that are all alike. */
    public static void train(double feature) {
        MultiLayerNetwork network = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .seed(1)
                .list()
                .layer(new OutputLayer.Builder(LossFunction.MSE)
                        .activation(Activation.IDENTITY)
                        .nIn(2)
                        .nOut(1)
                        .build())
                .build());
        network.init();
        INDArray features = Nd4j.valueArrayOf(new int[] {4, 2}, feature);
        for (int i = 0; i < 4; i++) {
            network.fit(features, Nd4j.ones(4, 1));
        }
    }
}
