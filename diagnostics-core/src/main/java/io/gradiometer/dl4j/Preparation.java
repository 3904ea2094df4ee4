package io.gradiometer.dl4j;

import java.util.ArrayList;
import org.deeplearning4j.nn.conf.BackpropType;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.FrozenVertex;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.deeplearning4j.nn.conf.layers.samediff.AbstractSameDiffLayer;
import org.deeplearning4j.nn.conf.layers.wrapper.BaseWrapperLayer;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Sgd;

/**
 * How the configuration of a {@link Specimen} differs from the user's.
 *
 * <p>Works on copies only. Those that Deeplearning4j makes share the layers inside bidirectional and other wrappers with the
 * original, and would go on counting where the original has stopped.
 */
enum Preparation {
    /** As the user trains it. */
    AS_IT_IS,
    /** Without dropout, weight noise and regularisation: what the layers themselves do. */
    WITHOUT_NOISE,
    /** The same in double precision, back-propagating through the whole series. */
    EXACT,
    /** Without noise, and with a learning rate of 0: nothing moves but running statistics. */
    STANDING_STILL;

    DataType type(DataType original) {
        return this == EXACT ? DataType.DOUBLE : original;
    }

    MultiLayerConfiguration copy(MultiLayerConfiguration original) {
        MultiLayerConfiguration copy = original.clone();
        copy.setIterationCount(0);
        copy.setEpochCount(0);
        copy.setDataType(type(original.getDataType()));
        copy.getConfs().forEach(this::prepare);
        if (this == EXACT) {
            copy.setBackpropType(BackpropType.Standard);
        }
        return copy;
    }

    ComputationGraphConfiguration copy(ComputationGraphConfiguration original) {
        ComputationGraphConfiguration copy = original.clone();
        copy.setIterationCount(0);
        copy.setEpochCount(0);
        copy.setDataType(type(original.getDataType()));
        copy.getVertices().values().forEach(this::prepare);
        if (this == EXACT) {
            copy.setBackpropType(BackpropType.Standard);
        }
        return copy;
    }

    private void prepare(GraphVertex vertex) {
        if (vertex instanceof FrozenVertex frozen) {
            prepare(frozen.getUnderlying());
        } else if (vertex instanceof LayerVertex layer) {
            prepare(layer.getLayerConf());
        }
    }

    private void prepare(NeuralNetConfiguration configuration) {
        configuration.setIterationCount(0);
        configuration.setEpochCount(0);
        configuration.setDataType(type(configuration.getDataType()));
        detach(configuration.getLayer());
        if (this != AS_IT_IS) {
            quieten(configuration.getLayer());
        }
    }

    /** Gives a wrapper a copy of its own of what it wraps. */
    private static void detach(Layer layer) {
        if (layer instanceof FrozenLayer frozen) {
            detach(frozen.getLayer());
        } else if (layer instanceof BaseWrapperLayer wrapper) {
            wrapper.setUnderlying(wrapper.getUnderlying().clone());
            detach(wrapper.getUnderlying());
        } else if (layer instanceof Bidirectional both) {
            both.setFwd(both.getFwd().clone());
            both.setBwd(both.getBwd().clone());
            detach(both.getFwd());
            detach(both.getBwd());
        }
    }

    private void quieten(Layer layer) {
        layer.setIDropout(null);
        if (layer instanceof FrozenLayer frozen) {
            quieten(frozen.getLayer());
        } else if (layer instanceof BaseWrapperLayer wrapper) {
            quieten(wrapper.getUnderlying());
        } else if (layer instanceof Bidirectional both) {
            quieten(both.getFwd());
            quieten(both.getBwd());
        } else if (layer instanceof BaseLayer base) {
            base.setWeightNoise(null);
            base.setRegularization(new ArrayList<>());
            base.setRegularizationBias(new ArrayList<>());
            base.setIUpdater(updater(base.getIUpdater()));
            base.setBiasUpdater(updater(base.getBiasUpdater()));
        } else if (layer instanceof AbstractSameDiffLayer own) {
            own.setRegularization(new ArrayList<>());
            own.setRegularizationBias(new ArrayList<>());
            own.setUpdater(updater(own.getUpdater()));
        }
    }

    private @Nullable IUpdater updater(@Nullable IUpdater original) {
        return this == STANDING_STILL && original != null ? new Sgd(0) : original;
    }
}
