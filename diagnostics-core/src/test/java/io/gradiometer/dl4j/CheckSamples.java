package io.gradiometer.dl4j;

import static io.gradiometer.dl4j.Networks.CLASSES;
import static io.gradiometer.dl4j.Networks.INPUTS;
import static io.gradiometer.dl4j.Networks.base;
import static io.gradiometer.dl4j.Networks.network;

import io.gradiometer.finding.Fact;
import java.util.Random;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Networks and batches of several kinds for the checks. */
final class CheckSamples {

    private CheckSamples() {}

    static DataSet images() {
        Random random = new Random(3);
        INDArray features = Nd4j.create(12, 1, 8, 8);
        INDArray labels = Nd4j.create(12, CLASSES);
        for (int i = 0; i < 12; i++) {
            labels.putScalar(i, i % CLASSES, 1);
            for (int p = 0; p < 64; p++) {
                features.putScalar(
                        new long[] {i, 0, p / 8, p % 8}, random.nextGaussian() + (p % CLASSES == i % CLASSES ? 1 : 0));
            }
        }
        return new DataSet(features, labels);
    }

    /** Series of which the later half of every second one is padding. */
    static DataSet series() {
        Random random = new Random(3);
        INDArray features = Nd4j.create(8, INPUTS, 6);
        INDArray labels = Nd4j.create(8, CLASSES, 6);
        INDArray mask = Nd4j.ones(8, 6);
        for (int i = 0; i < 8; i++) {
            for (int t = 0; t < 6; t++) {
                int label = random.nextInt(CLASSES);
                labels.putScalar(i, label, t, 1);
                for (int j = 0; j < INPUTS; j++) {
                    features.putScalar(i, j, t, (j % CLASSES == label ? 1 : 0) + 0.3 * random.nextGaussian());
                }
                if (i % 2 == 1 && t > 2) {
                    mask.putScalar(i, t, 0);
                }
            }
        }
        return new DataSet(features, labels, mask, mask.dup());
    }

    /** Convolution, batch normalisation and pooling, with dropout (the share kept) and a penalty on weights. */
    static MultiLayerNetwork convolutional(double kept) {
        return network(base(new Adam(0.01))
                .dropOut(kept)
                .l2(0.1)
                .list()
                .layer(new ConvolutionLayer.Builder(3, 3)
                        .nOut(6)
                        .activation(Activation.IDENTITY)
                        .build())
                .layer(new BatchNormalization.Builder()
                        .activation(Activation.RELU)
                        .build())
                .layer(new SubsamplingLayer.Builder(
                                SubsamplingLayer.PoolingType.MAX, new int[] {2, 2}, new int[] {2, 2})
                        .build())
                .layer(new OutputLayer.Builder(LossFunction.MCXENT)
                        .activation(Activation.SOFTMAX)
                        .nOut(CLASSES)
                        .build())
                .setInputType(InputType.convolutional(8, 8, 1))
                .build());
    }

    static MultiLayerNetwork recurrent() {
        return network(base(new Adam(0.02))
                .list()
                .layer(new Bidirectional(new LSTM.Builder().nIn(INPUTS).nOut(8).build()))
                .layer(new RnnOutputLayer.Builder(LossFunction.MCXENT)
                        .activation(Activation.SOFTMAX)
                        .nIn(16)
                        .nOut(CLASSES)
                        .build())
                .setInputType(InputType.recurrent(INPUTS, 6))
                .build());
    }

    static double fact(CheckResult result, String key) {
        return result.facts().stream()
                .filter(fact -> fact.key().startsWith(key))
                .mapToDouble(Fact::value)
                .findFirst()
                .orElseThrow();
    }
}
