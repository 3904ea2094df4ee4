package io.gradiometer.dl4j;

import io.gradiometer.signal.Smell;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DepthwiseConvolution2D;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;
import org.nd4j.linalg.activations.impl.ActivationTanH;

/**
 * Layers with no activation where one is due, and with two where one is.
 *
 * <p>Two linear layers in a row are one, unless the first is a bottleneck, which an autoencoder's code or a projection is. Batch
 * normalisation between them does not help. A bias before a batch normalisation is only useless, and no smell.
 */
final class StackSmells {

    private final Wiring wiring;
    private final Map<String, List<Station>> consumers;

    StackSmells(Wiring wiring) {
        this.wiring = wiring;
        this.consumers = wiring.consumers();
    }

    List<Smell> find() {
        List<Smell> smells = new ArrayList<>();
        for (Station station : wiring.stations()) {
            if (isLinear(station) && meetsOnlyMixing(station, station)) {
                smells.add(new Smell(
                        "missing-nonlinearity",
                        station.label(),
                        "applies no activation and feeds a layer with weights: the two can do no more than one"));
            }
            String twice = twice(station);
            if (twice != null) {
                smells.add(new Smell("activation-unsuited", station.label(), twice));
            }
        }
        return smells;
    }

    private static boolean isLinear(Station station) {
        Layer layer = station.layer();
        return layer != null
                && (layer instanceof DenseLayer || isConvolution(layer))
                && !station.frozen()
                && !(layer instanceof DenseLayer dense && dense.hasLayerNorm())
                && isIdentity(LayerReader.activationFunction(layer));
    }

    private static boolean isConvolution(@Nullable Layer layer) {
        // A depthwise convolution is meant to be completed by the pointwise one behind it.
        return layer instanceof ConvolutionLayer && !(layer instanceof DepthwiseConvolution2D);
    }

    private static boolean isIdentity(@Nullable IActivation activation) {
        return activation == null || activation instanceof ActivationIdentity;
    }

    /** Tells whether all that the station leads to is a layer with weights, with nothing but linear layers on the way. */
    private boolean meetsOnlyMixing(Station first, Station now) {
        List<Station> next = consumers.getOrDefault(now.name(), List.of());
        return !next.isEmpty()
                && next.stream()
                        .allMatch(station -> isTransparent(station)
                                ? meetsOnlyMixing(first, station)
                                : mixes(station) && !isBottleneck(first, station));
    }

    private static boolean mixes(Station station) {
        Layer layer = station.layer();
        return layer instanceof DenseLayer || layer instanceof BaseOutputLayer || isConvolution(layer);
    }

    private static boolean isBottleneck(Station station, Station next) {
        return station.layer() instanceof FeedForwardLayer narrow
                && next.layer() instanceof FeedForwardLayer wide
                && narrow.getNOut() < narrow.getNIn()
                && narrow.getNOut() < wide.getNOut();
    }

    private static boolean isTransparent(Station station) {
        Layer layer = station.layer();
        return layer instanceof DropoutLayer
                || layer instanceof BatchNormalization
                || (layer instanceof ActivationLayer alone && isIdentity(alone.getActivationFn()))
                || (layer instanceof SubsamplingLayer pooling
                        && pooling.getPoolingType().name().equals("AVG"))
                || (layer instanceof GlobalPoolingLayer global && global.getPoolingType() == PoolingType.AVG);
    }

    /** Tells where a saturating activation follows another, or softmax makes units compete that are not answers. */
    private @Nullable String twice(Station station) {
        Layer layer = station.layer();
        IActivation own = layer == null ? null : LayerReader.activationFunction(layer);
        Station before =
                station.inputs().size() == 1 ? wiring.station(station.inputs().get(0)) : null;
        IActivation first =
                before == null || before.layer() == null ? null : LayerReader.activationFunction(before.layer());
        if (first == null) {
            return null;
        } else if ((layer instanceof ActivationLayer || layer instanceof LossLayer)
                && saturates(own)
                && saturates(first)) {
            return "applies " + own + " to what " + first + " has been applied to already";
        } else if (first instanceof ActivationSoftmax && mixes(station)) {
            return "softmax before a layer with weights leaves it little to tell apart";
        }
        return null;
    }

    private static boolean saturates(@Nullable IActivation activation) {
        return activation instanceof ActivationSoftmax
                || activation instanceof ActivationSigmoid
                || activation instanceof ActivationTanH;
    }
}
