package io.gradiometer.dl4j;

import io.gradiometer.signal.LayerView;
import io.gradiometer.signal.ParameterView;
import io.gradiometer.signal.Role;
import io.gradiometer.signal.UpdaterView;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.Cnn3DLossLayer;
import org.deeplearning4j.nn.conf.layers.CnnLossLayer;
import org.deeplearning4j.nn.conf.layers.Convolution3D;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.Deconvolution2D;
import org.deeplearning4j.nn.conf.layers.DepthwiseConvolution2D;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.EmbeddingLayer;
import org.deeplearning4j.nn.conf.layers.EmbeddingSequenceLayer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.PReLULayer;
import org.deeplearning4j.nn.conf.layers.RnnLossLayer;
import org.deeplearning4j.nn.conf.layers.SeparableConvolution2D;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.deeplearning4j.nn.conf.layers.wrapper.BaseWrapperLayer;
import org.deeplearning4j.nn.weights.IWeightInit;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.AMSGrad;
import org.nd4j.linalg.learning.config.AdaBelief;
import org.nd4j.linalg.learning.config.AdaDelta;
import org.nd4j.linalg.learning.config.AdaGrad;
import org.nd4j.linalg.learning.config.AdaMax;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nadam;
import org.nd4j.linalg.learning.config.RmsProp;
import org.nd4j.linalg.lossfunctions.ILossFunction;

/** Reads a layer's configuration into plain values, whatever wraps it. */
final class LayerReader {

    private LayerReader() {}

    /**
     * Reads one layer.
     *
     * @param configuration of the layer
     * @param name under which the network knows it
     * @param frozen whether its runtime layer is kept from learning
     * @param parameters of the runtime layer; null where it has none
     */
    static LayerView read(
            Layer configuration, String name, boolean frozen, @Nullable Map<String, INDArray> parameters) {
        Layer inner = unwrap(configuration);
        ILossFunction loss = loss(configuration);
        long in = inner instanceof FeedForwardLayer forward ? Math.max(0, forward.getNIn()) : 0;
        long out = inner instanceof FeedForwardLayer forward ? Math.max(0, forward.getNOut()) : 0;
        long area = kernelArea(inner);
        List<ParameterView> views = new ArrayList<>();
        if (parameters != null) {
            parameters.forEach((key, value) -> views.add(new ParameterView(key, role(inner, key), value.length())));
        }
        boolean weights = views.stream().anyMatch(p -> p.role().isWeight());
        return new LayerView(
                name,
                inner.getClass().getSimpleName(),
                activation(inner),
                initialization(inner),
                updater(inner),
                frozen,
                loss == null ? null : loss.getClass().getSimpleName(),
                weights ? in * area : 0,
                weights ? out * area : 0,
                DropoutReader.read(inner),
                views);
    }

    /** Tells whether training leaves the layer alone; the wrapper, not the configuration inside it, says so. */
    static boolean isFrozen(org.deeplearning4j.nn.api.Layer layer) {
        return layer instanceof org.deeplearning4j.nn.layers.FrozenLayer
                || layer instanceof org.deeplearning4j.nn.layers.FrozenLayerWithBackprop;
    }

    /** Returns the layer inside wrappers such as frozen, bidirectional, last-time-step and time-distributed ones. */
    static Layer unwrap(Layer configuration) {
        Layer layer = configuration;
        while (true) {
            if (layer instanceof FrozenLayer frozen) {
                layer = frozen.getLayer();
            } else if (layer instanceof BaseWrapperLayer wrapper) {
                layer = wrapper.getUnderlying();
            } else if (layer instanceof Bidirectional bidirectional) {
                layer = bidirectional.getFwd();
            } else {
                return layer;
            }
        }
    }

    /** Returns the loss function of an output layer, null for every other layer. */
    static @Nullable ILossFunction loss(Layer configuration) {
        Layer layer = unwrap(configuration);
        if (layer instanceof BaseOutputLayer output) {
            return output.getLossFn();
        } else if (layer instanceof LossLayer output) {
            return output.getLossFn();
        } else if (layer instanceof RnnLossLayer output) {
            return output.getLossFn();
        } else if (layer instanceof CnnLossLayer output) {
            return output.getLossFn();
        }
        return layer instanceof Cnn3DLossLayer output ? output.getLossFn() : null;
    }

    /** Tells whether the gradient of the weights is a sum of signal times input over examples and positions. */
    static boolean multipliesItsInput(Layer configuration) {
        Layer layer = unwrap(configuration);
        return layer instanceof FeedForwardLayer
                && !(layer instanceof EmbeddingLayer
                        || layer instanceof EmbeddingSequenceLayer
                        || layer instanceof BatchNormalization
                        || layer instanceof PReLULayer
                        || layer instanceof SeparableConvolution2D
                        || layer instanceof DepthwiseConvolution2D
                        || layer instanceof Deconvolution2D);
    }

    private static long kernelArea(Layer layer) {
        long area = 1;
        if (layer instanceof ConvolutionLayer convolution) {
            for (int size : convolution.getKernelSize()) {
                area *= size;
            }
        } else if (layer instanceof Convolution3D convolution) {
            for (int size : convolution.getKernelSize()) {
                area *= size;
            }
        }
        return area;
    }

    private static Role role(Layer layer, String key) {
        return switch (key) {
            case "mean", "var", "log10stdev" -> Role.STATISTIC;
            case "cL" -> Role.CENTER;
            case "gamma", "beta", "g" -> Role.SCALE;
            default -> {
                if (layer instanceof BatchNormalization || layer instanceof PReLULayer) {
                    yield Role.SCALE;
                } else if (key.contains("RW")) {
                    yield Role.RECURRENT_WEIGHT;
                } else if (key.contains("W") || layer.initializer().isWeightParam(layer, key)) {
                    yield Role.WEIGHT;
                }
                yield key.endsWith("b") || layer.initializer().isBiasParam(layer, key) ? Role.BIAS : Role.OTHER;
            }
        };
    }

    /** Returns what a layer applies to its pre-activations, null if nothing. */
    static @Nullable IActivation activationFunction(Layer layer) {
        if (layer instanceof BatchNormalization || layer instanceof DropoutLayer) {
            // They carry the configuration's default activation and do not apply it.
            return null;
        } else if (layer instanceof BaseLayer base) {
            return base.getActivationFn();
        }
        return layer instanceof ActivationLayer alone ? alone.getActivationFn() : null;
    }

    private static @Nullable String activation(Layer layer) {
        IActivation activation = activationFunction(layer);
        if (activation == null) {
            return null;
        }
        // Parameters of an activation follow its name in brackets.
        String name = activation.toString().toLowerCase(Locale.ROOT);
        int bracket = name.indexOf('(');
        return bracket < 0 ? name : name.substring(0, bracket);
    }

    private static @Nullable String initialization(Layer layer) {
        IWeightInit init = layer instanceof BaseLayer base ? base.getWeightInitFn() : null;
        if (init == null || layer instanceof BatchNormalization) {
            return null;
        }
        return init.getClass()
                .getSimpleName()
                .replace("WeightInit", "")
                .replaceAll("([a-z])([A-Z])", "$1_$2")
                .toUpperCase(Locale.ROOT);
    }

    private static UpdaterView updater(Layer layer) {
        if (!(layer instanceof BaseLayer base) || base.getIUpdater() == null) {
            return UpdaterView.plain("none", Double.NaN);
        }
        IUpdater updater = base.getIUpdater();
        double epsilon = epsilon(updater);
        String clipping = base.getGradientNormalization() == null
                ? "None"
                : base.getGradientNormalization().name();
        return new UpdaterView(
                updater.getClass().getSimpleName(),
                updater.getLearningRate(0, 0),
                !Double.isNaN(epsilon),
                epsilon,
                clipping,
                base.getGradientNormalizationThreshold());
    }

    /** Returns the learning rate of one parameter in one iteration; NaN where its updater has none. */
    static double learningRate(Layer configuration, String parameter, int iteration, int epoch) {
        IUpdater updater =
                unwrap(configuration) instanceof BaseLayer ? configuration.getUpdaterByParam(parameter) : null;
        return updater == null ? Double.NaN : updater.getLearningRate(iteration, epoch);
    }

    /** Returns what an adaptive updater adds to the size of gradients; NaN where it has none. */
    static double epsilon(IUpdater updater) {
        if (updater instanceof Adam adam) {
            return adam.getEpsilon();
        } else if (updater instanceof Nadam nadam) {
            return nadam.getEpsilon();
        } else if (updater instanceof AMSGrad amsGrad) {
            return amsGrad.getEpsilon();
        } else if (updater instanceof AdaMax adaMax) {
            return adaMax.getEpsilon();
        } else if (updater instanceof AdaBelief adaBelief) {
            return adaBelief.getEpsilon();
        } else if (updater instanceof AdaGrad adaGrad) {
            return adaGrad.getEpsilon();
        } else if (updater instanceof AdaDelta adaDelta) {
            return adaDelta.getEpsilon();
        }
        return updater instanceof RmsProp rmsProp ? rmsProp.getEpsilon() : Double.NaN;
    }
}
