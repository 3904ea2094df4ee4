package io.gradiometer.examples;

import java.util.Arrays;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.deeplearning4j.nn.conf.layers.recurrent.SimpleRnn;

/**
 * A layer of a body, and whether a residual connection leads past it. Activation, weights and updater are the network's, unless the
 * layer says otherwise.
 *
 * @param layer made anew for each network, since Deeplearning4j changes it
 * @param bridged whether what goes in is added to what comes out
 */
record Part(Supplier<? extends Layer> layer, boolean bridged) {

    static Part of(Supplier<? extends Layer> layer) {
        return new Part(layer, false);
    }

    static Part dense(int units) {
        return dense(units, layer -> layer);
    }

    static Part dense(int units, UnaryOperator<DenseLayer.Builder> change) {
        return of(() -> change.apply(new DenseLayer.Builder().nOut(units)).build());
    }

    static Part[] dense(int layers, int units) {
        Part[] parts = new Part[layers];
        Arrays.fill(parts, dense(units));
        return parts;
    }

    static Part convolution(int channels) {
        return of(() -> new ConvolutionLayer.Builder(3, 3)
                .convolutionMode(ConvolutionMode.Same)
                .nOut(channels)
                .build());
    }

    static Part pooling() {
        return of(() -> new SubsamplingLayer.Builder(PoolingType.MAX)
                .kernelSize(2, 2)
                .stride(2, 2)
                .build());
    }

    static Part averageOfAllPlaces() {
        return of(() -> new GlobalPoolingLayer.Builder(PoolingType.AVG).build());
    }

    static Part batchNormalization() {
        return of(() -> new BatchNormalization.Builder().build());
    }

    static Part lstm(int units) {
        return of(() -> new LSTM.Builder().nOut(units).build());
    }

    static Part simpleRnn(int units) {
        return simpleRnn(units, layer -> layer);
    }

    static Part simpleRnn(int units, UnaryOperator<SimpleRnn.Builder> change) {
        return of(() -> change.apply(new SimpleRnn.Builder().nOut(units)).build());
    }

    /** Hands on what this recurrent layer gives at the last time step alone. */
    Part atLastStep() {
        return of(() -> new LastTimeStep(layer.get()));
    }

    Part frozen() {
        return new Part(() -> new FrozenLayer(layer.get()), bridged);
    }

    Part bridge() {
        return new Part(layer, true);
    }
}
