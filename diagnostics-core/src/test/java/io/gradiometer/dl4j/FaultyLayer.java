package io.gradiometer.dl4j;

import java.util.Collection;
import java.util.Random;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A dense layer as a user writes one, with a fault. */
final class FaultyLayer extends DenseLayer {

    private static final long serialVersionUID = 1;

    enum Fault {
        /** Its bias gets half its gradient. */
        HALF_BIAS_GRADIENT,
        /** What it passes back has the wrong sign. */
        WRONG_ERROR,
        /** Adds a little chance of its own to what it gives. */
        OWN_CHANCE,
        /** Doubles what it gives in evaluation. */
        DIFFERS_IN_EVALUATION
    }

    private final Fault fault;

    FaultyLayer(int in, int out, Fault fault) {
        this.fault = fault;
        setNIn(in);
        setNOut(out);
    }

    @Override
    public Layer instantiate(
            NeuralNetConfiguration configuration,
            Collection<TrainingListener> listeners,
            int index,
            INDArray parameters,
            boolean initialise,
            DataType type) {
        AtWork layer = new AtWork(configuration, type, fault);
        layer.setListeners(listeners);
        layer.setIndex(index);
        layer.setParamsViewArray(parameters);
        layer.setParamTable(initializer().init(configuration, parameters, initialise));
        layer.setConf(configuration);
        return layer;
    }

    private static final class AtWork extends org.deeplearning4j.nn.layers.feedforward.dense.DenseLayer {
        private static final long serialVersionUID = 1;
        private static final Random CHANCE = new Random(7);

        private final Fault fault;

        AtWork(NeuralNetConfiguration configuration, DataType type, Fault fault) {
            super(configuration, type);
            this.fault = fault;
        }

        @Override
        public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
            INDArray right = super.activate(training, workspaces);
            return switch (fault) {
                case OWN_CHANCE -> right.addi(1e-3 * CHANCE.nextGaussian());
                case DIFFERS_IN_EVALUATION -> training ? right : right.muli(2);
                default -> right;
            };
        }

        @Override
        public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
            Pair<Gradient, INDArray> right = super.backpropGradient(epsilon, workspaces);
            if (fault == Fault.HALF_BIAS_GRADIENT) {
                right.getFirst().getGradientFor("b").muli(0.5);
            } else if (fault == Fault.WRONG_ERROR) {
                right.getSecond().negi();
            }
            return right;
        }
    }
}
