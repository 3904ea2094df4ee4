package it;

import java.util.Random;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Ten hidden layers and data of three classes. */
final class Stack {

    private Stack() {}

    static MultiLayerNetwork of(Activation activation, WeightInit weights) {
        NeuralNetConfiguration.ListBuilder layers = new NeuralNetConfiguration.Builder()
                .seed(42)
                .updater(new Sgd(0.05))
                .activation(activation)
                .weightInit(weights)
                .list();
        for (int i = 0; i < 10; i++) {
            layers.layer(new DenseLayer.Builder().nIn(i == 0 ? 12 : 32).nOut(32).build());
        }
        layers.layer(new OutputLayer.Builder(LossFunction.MCXENT)
                .activation(Activation.SOFTMAX)
                .nIn(32)
                .nOut(3)
                .build());
        MultiLayerNetwork network = new MultiLayerNetwork(layers.build());
        network.init();
        return network;
    }

    static void train(MultiLayerNetwork network) {
        Random random = new Random(1);
        for (int batch = 0; batch < 120; batch++) {
            INDArray features = Nd4j.create(32, 12);
            INDArray labels = Nd4j.create(32, 3);
            for (int i = 0; i < 32; i++) {
                int label = random.nextInt(3);
                labels.putScalar(i, label, 1);
                for (int j = 0; j < 12; j++) {
                    features.putScalar(i, j, (j % 3 == label ? 1 : 0) + 0.5 * random.nextGaussian());
                }
            }
            network.fit(features, labels);
        }
    }
}
