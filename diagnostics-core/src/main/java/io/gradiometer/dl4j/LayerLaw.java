package io.gradiometer.dl4j;

import io.gradiometer.dl4j.Field.Area;
import io.gradiometer.dl4j.WeightSource.Drawing;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.dropout.AlphaDropout;
import org.deeplearning4j.nn.conf.dropout.Dropout;
import org.deeplearning4j.nn.conf.dropout.GaussianDropout;
import org.deeplearning4j.nn.conf.dropout.GaussianNoise;
import org.deeplearning4j.nn.conf.dropout.IDropout;
import org.deeplearning4j.nn.conf.dropout.SpatialDropout;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.AutoEncoder;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.conf.layers.BaseUpsamplingLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.CnnLossLayer;
import org.deeplearning4j.nn.conf.layers.Convolution1DLayer;
import org.deeplearning4j.nn.conf.layers.Convolution3D;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.Deconvolution2D;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DepthwiseConvolution2D;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.EmbeddingLayer;
import org.deeplearning4j.nn.conf.layers.EmbeddingSequenceLayer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LocalResponseNormalization;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.PReLULayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.RnnLossLayer;
import org.deeplearning4j.nn.conf.layers.SeparableConvolution2D;
import org.deeplearning4j.nn.conf.layers.Subsampling1DLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.ZeroPaddingLayer;
import org.deeplearning4j.nn.conf.preprocessor.CnnToFeedForwardPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToCnnPreProcessor;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.activations.IActivation;

/** What one layer makes of a field up to its pre-activations: the law of its kind. */
final class LayerLaw {

    private final Layer layer;
    private final int index;
    private final WeightSource weights;

    LayerLaw(Layer layer, int index, WeightSource weights) {
        this.layer = layer;
        this.index = index;
        this.weights = weights;
    }

    /** Returns what becomes of a field up to the pre-activations; null where no formula fits. */
    @Nullable
    Passage toPreActivation(Field in) {
        Passage noise = dropout(in);
        if (noise == null) {
            return null;
        }
        Passage own = transform(noise.out());
        return own == null ? null : noise.then(own);
    }

    /** Returns what becomes of the pre-activations; null where no formula fits. */
    @Nullable
    Passage activation(Field in) {
        if (layer instanceof PReLULayer parametric) {
            Drawing drawing =
                    new Drawing(parametric.getWeightInitFn(), parametric.getNIn(), parametric.getNOut(), 1, 1);
            WeightMoments leak = weights.moments(index, "W", drawing);
            return leak == null ? null : Nonlinearity.leaky(Math.sqrt(leak.meanSquare()), in);
        }
        IActivation activation = LayerReader.activationFunction(layer);
        return activation == null ? Passage.scaling(in, 1) : Nonlinearity.of(activation, in);
    }

    /** Returns how a preprocessor lays out what comes. */
    static Field arranged(@Nullable InputPreProcessor preProcessor, Field in) {
        if (preProcessor instanceof FeedForwardToCnnPreProcessor image) {
            return in.over(new Area(image.getInputHeight(), image.getInputWidth()))
                    .of(image.getNumChannels());
        } else if (preProcessor instanceof CnnToFeedForwardPreProcessor flat) {
            double units = (double) flat.getInputHeight() * flat.getInputWidth() * flat.getNumChannels();
            return in.over(Area.FLAT).of(units > 0 ? units : Double.NaN);
        }
        return in;
    }

    private @Nullable Passage dropout(Field in) {
        IDropout dropout = layer.getIDropout();
        if (dropout == null || dropout instanceof AlphaDropout) {
            // Alpha dropout keeps mean and variance.
            return Passage.scaling(in, 1);
        } else if (dropout instanceof Dropout plain) {
            return kept(in, 1 / plain.getP());
        } else if (dropout instanceof SpatialDropout spatial) {
            return kept(in, 1 / spatial.getP());
        } else if (dropout instanceof GaussianDropout gaussian) {
            return kept(in, 1 + gaussian.getRate() / (1 - gaussian.getRate()));
        } else if (dropout instanceof GaussianNoise noise) {
            double variance = in.variance() + noise.getStddev() * noise.getStddev();
            Field out = Field.normal(in.mean(), variance, in.shared(), in.area(), in.channels());
            return Passage.scaling(out, 1);
        }
        return null;
    }

    /** What is kept is enlarged, so that the mean stays and the mean square grows. */
    private static Passage kept(Field in, double growth) {
        double mean = in.mean();
        double variance = growth * in.meanSquare() - mean * mean;
        Field out = Field.normal(mean, variance, in.shared(), in.area(), in.channels());
        return Passage.scaling(out, growth);
    }

    private @Nullable Passage transform(Field in) {
        if (layer instanceof BatchNormalization norm) {
            return batchNorm(norm, in);
        } else if (layer instanceof ConvolutionLayer convolution) {
            return convolution(convolution, in);
        } else if (layer instanceof SubsamplingLayer pooling) {
            return pooling(pooling, in);
        } else if (layer instanceof GlobalPoolingLayer pooling) {
            return globalPooling(pooling, in);
        } else if (layer instanceof EmbeddingLayer || layer instanceof EmbeddingSequenceLayer) {
            return embedding((FeedForwardLayer) layer);
        } else if (layer instanceof DenseLayer || layer instanceof BaseOutputLayer || layer instanceof AutoEncoder) {
            return dense((FeedForwardLayer) layer, in);
        } else if (layer instanceof BaseUpsamplingLayer upsampling) {
            double copies = 1;
            for (int size : upsampling.getSize()) {
                copies *= size;
            }
            return Passage.scaling(in.over(Area.UNKNOWN), copies);
        } else if (layer instanceof LocalResponseNormalization local) {
            double divisor =
                    Math.pow(local.getK() + local.getAlpha() * local.getN() * in.meanSquare(), local.getBeta());
            return Passage.scaling(
                    in.with(Passage.times(in.values(), 1 / divisor), in.normal()), 1 / (divisor * divisor));
        } else if (layer instanceof ZeroPaddingLayer) {
            return Passage.scaling(in.over(Area.UNKNOWN), 1);
        }
        boolean onlyActivates = layer instanceof ActivationLayer
                || layer instanceof DropoutLayer
                || layer instanceof PReLULayer
                || layer instanceof LossLayer
                || layer instanceof RnnLossLayer
                || layer instanceof CnnLossLayer;
        return onlyActivates ? Passage.scaling(in, 1) : null;
    }

    private @Nullable Passage dense(FeedForwardLayer dense, Field in) {
        double inputs = dense.getNIn();
        double outputs = dense.getNOut();
        WeightMoments moments =
                weights.moments(index, "W", new Drawing(dense.getWeightInitFn(), inputs, outputs, inputs, outputs));
        if (moments == null || moments.leans(inputs)) {
            return null;
        }
        Area flat = Double.isNaN(in.area().positions()) ? Area.FLAT : in.area();
        Passage mixed = mixed(dense, in, inputs * moments.meanSquare(), outputs * moments.meanSquare(), flat);
        return dense instanceof DenseLayer plain && plain.hasLayerNorm() ? mixed.then(layerNorm(mixed.out())) : mixed;
    }

    private static Passage layerNorm(Field in) {
        double variance = in.variance();
        Field out = Field.normal(in.mean(), 1, in.shared() / variance, in.area(), in.channels());
        return Passage.mixing(out, 1 / variance);
    }

    /** What sums make: normal units, whatever went in. */
    private static Passage mixed(FeedForwardLayer layer, Field in, double gain, double backGain, Area area) {
        double bias = Double.isNaN(layer.getBiasInit()) ? 0 : layer.getBiasInit();
        Field out = Field.normal(bias, gain * in.meanSquare(), gain * in.product(), area, layer.getNOut());
        return Passage.mixing(out, backGain);
    }

    /** Returns the window of a convolution; one over a series may repeat its only extent. */
    static SlidingWindow window(ConvolutionLayer convolution) {
        boolean line = convolution instanceof Convolution1DLayer;
        return SlidingWindow.of(
                line ? new int[] {convolution.getKernelSize()[0]} : convolution.getKernelSize(),
                line ? new int[] {convolution.getStride()[0]} : convolution.getStride(),
                convolution.getPadding(),
                convolution.getDilation(),
                convolution.getConvolutionMode());
    }

    private @Nullable Passage convolution(ConvolutionLayer convolution, Field in) {
        if (convolution instanceof Convolution3D) {
            return null;
        }
        SlidingWindow window = window(convolution);
        double inputs = convolution.getNIn();
        double outputs = convolution.getNOut();
        double places = window.places();
        if (convolution instanceof DepthwiseConvolution2D deep) {
            return sliding(convolution, "W", window, in, 1, deep.getDepthMultiplier());
        } else if (convolution instanceof SeparableConvolution2D separable) {
            double between = inputs * separable.getDepthMultiplier();
            Passage first = sliding(convolution, "W", window, in, 1, separable.getDepthMultiplier());
            WeightMoments point = weights.moments(
                    index, "pW", new Drawing(convolution.getWeightInitFn(), between, between, between, outputs));
            return first == null || point == null || point.leans(between)
                    ? null
                    : first.then(mixed(
                            convolution,
                            first.out(),
                            between * point.meanSquare(),
                            outputs * point.meanSquare(),
                            first.out().area()));
        } else if (convolution instanceof Deconvolution2D) {
            WeightMoments moments = weights.moments(
                    index,
                    "W",
                    new Drawing(
                            convolution.getWeightInitFn(),
                            inputs * places,
                            outputs * places / window.thinning(),
                            inputs,
                            outputs));
            return moments == null || moments.leans(inputs)
                    ? null
                    : mixed(
                            convolution,
                            in,
                            inputs * places / window.thinning() * moments.meanSquare(),
                            outputs * places * moments.meanSquare(),
                            Area.UNKNOWN);
        }
        return sliding(convolution, "W", window, in, inputs, outputs);
    }

    /**
     * A window of weights.
     *
     * @param inputs channels that meet in one output
     * @param outputs channels that one input feeds
     */
    private @Nullable Passage sliding(
            ConvolutionLayer convolution,
            String parameter,
            SlidingWindow window,
            Field in,
            double inputs,
            double outputs) {
        double places = window.places();
        WeightMoments moments = weights.moments(
                index,
                parameter,
                new Drawing(
                        convolution.getWeightInitFn(),
                        convolution.getNIn() * places,
                        outputs * places / window.thinning(),
                        inputs,
                        outputs));
        if (moments == null || moments.leans(inputs * places)) {
            return null;
        }
        double gain = inputs * window.filled(in.area()) * moments.meanSquare();
        double backGain = outputs * window.cover(in.area()) * moments.meanSquare();
        return mixed(convolution, in, gain, backGain, window.slide(in.area()));
    }

    private Passage batchNorm(BatchNormalization norm, Field in) {
        double variance = in.meanSquare() - in.product() + norm.getEps();
        Field out = Field.normal(norm.getBeta(), norm.getGamma() * norm.getGamma(), 0, in.area(), in.channels());
        return Passage.mixing(out, norm.getGamma() * norm.getGamma() / variance);
    }

    private static @Nullable Passage pooling(SubsamplingLayer pooling, Field in) {
        boolean line = pooling instanceof Subsampling1DLayer;
        SlidingWindow window = SlidingWindow.of(
                line ? new int[] {pooling.getKernelSize()[0]} : pooling.getKernelSize(),
                line ? new int[] {pooling.getStride()[0]} : pooling.getStride(),
                pooling.getPadding(),
                pooling.getDilation(),
                pooling.getConvolutionMode() == null ? ConvolutionMode.Truncate : pooling.getConvolutionMode());
        return pooled(
                in,
                PoolingType.valueOf(pooling.getPoolingType().name()),
                window.places(),
                window.cover(in.area()),
                window.slide(in.area()));
    }

    private static @Nullable Passage globalPooling(GlobalPoolingLayer pooling, Field in) {
        double places = in.area().positions();
        return Double.isNaN(places) ? null : pooled(in, pooling.getPoolingType(), places, 1, Area.FLAT);
    }

    private static @Nullable Passage pooled(Field in, PoolingType type, double places, double cover, Area area) {
        return switch (type) {
            case MAX -> PoolingLaw.largest(in, places, cover, area);
            case AVG -> PoolingLaw.average(in, places, cover, area);
            case SUM -> summed(PoolingLaw.average(in, places, cover, area), places);
            case PNORM -> null;
        };
    }

    private static Passage summed(Passage average, double places) {
        Field mean = average.out();
        Field sum = mean.with(Passage.times(mean.values(), places), mean.normal());
        return average.then(Passage.scaling(sum, places * places));
    }

    /** Looking up a row gives what weights there are; nothing goes back to an index. */
    private @Nullable Passage embedding(FeedForwardLayer embedding) {
        Drawing drawing = new Drawing(
                embedding.getWeightInitFn(), 1, embedding.getNOut(), embedding.getNIn(), embedding.getNOut());
        WeightMoments moments = weights.moments(index, "W", drawing);
        if (moments == null) {
            return null;
        }
        double bias = Double.isNaN(embedding.getBiasInit()) ? 0 : embedding.getBiasInit();
        Field out = Field.normal(moments.mean() + bias, moments.variance(), 0, Area.UNKNOWN, embedding.getNOut());
        return Passage.mixing(out, 0);
    }
}
