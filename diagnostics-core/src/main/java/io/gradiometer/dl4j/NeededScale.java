package io.gradiometer.dl4j;

import org.deeplearning4j.nn.conf.layers.AbstractLSTM;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DepthwiseConvolution2D;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.SeparableConvolution2D;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.activations.IActivation;

/**
 * How large the weights of a layer should be for the signal to keep its size.
 *
 * <p>Their variance times the number of signals that meet in a unit should be 1 / E[f'(z)²]: 2 for ReLU (He et al. 2015), 1 for
 * the identity and nearly 1 for SELU. No less than 1, and no more than 25/9, the gain customary for tanh: what saturates as
 * early as a sigmoid cannot be helped by weights, and is a matter of depth.
 *
 * @param fanIn signals that meet in one unit
 * @param fanOut signals that leave for one input
 * @param gain what the variance times their number should be
 * @param drawing how the layer draws its weights
 */
record NeededScale(double fanIn, double fanOut, double gain, WeightSource.Drawing drawing) {

    private static final double LARGEST_GAIN = 25.0 / 9;

    /** Returns what a layer needs; null for layers that do not mix units in the plain way. */
    static @Nullable NeededScale of(Layer layer) {
        if (!(layer instanceof FeedForwardLayer forward) || forward.getNIn() <= 0 || forward.getNOut() <= 0) {
            return null;
        }
        double inputs = forward.getNIn();
        double outputs = forward.getNOut();
        if (layer instanceof AbstractLSTM) {
            // Deeplearning4j counts its fans the other way round.
            return new NeededScale(
                    inputs,
                    outputs,
                    1,
                    new WeightSource.Drawing(
                            forward.getWeightInitFn(), outputs, inputs + outputs, inputs, 4 * outputs));
        } else if (layer instanceof DenseLayer) {
            return scale(forward, inputs, outputs);
        }
        boolean plain = layer instanceof ConvolutionLayer
                && !(layer instanceof DepthwiseConvolution2D || layer instanceof SeparableConvolution2D);
        if (!plain) {
            return null;
        }
        SlidingWindow window = LayerLaw.window((ConvolutionLayer) layer);
        return scale(forward, inputs * window.places(), outputs * window.places() / window.thinning());
    }

    private static NeededScale scale(FeedForwardLayer layer, double fanIn, double fanOut) {
        WeightSource.Drawing drawing =
                new WeightSource.Drawing(layer.getWeightInitFn(), fanIn, fanOut, layer.getNIn(), layer.getNOut());
        return new NeededScale(fanIn, fanOut, gain(layer.getActivationFn()), drawing);
    }

    static double gain(@Nullable IActivation activation) {
        double passing = activation == null ? 1 : Nonlinearity.meanSquareSlope(activation);
        return Double.isNaN(passing) ? 1 : Math.min(LARGEST_GAIN, Math.max(1, 1 / passing));
    }
}
