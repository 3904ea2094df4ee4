package io.gradiometer.dl4j;

import io.gradiometer.signal.Smell;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationHardSigmoid;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.activations.impl.ActivationReLU6;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.activations.impl.ActivationSoftPlus;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossBinaryXENT;
import org.nd4j.linalg.lossfunctions.impl.LossKLD;
import org.nd4j.linalg.lossfunctions.impl.LossL1;
import org.nd4j.linalg.lossfunctions.impl.LossL2;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;
import org.nd4j.linalg.lossfunctions.impl.LossMSLE;
import org.nd4j.linalg.lossfunctions.impl.LossPoisson;

/**
 * Pairs of output activation and loss that do not work together.
 *
 * <p>Deeplearning4j refuses some of them itself, unless told not to. A loss layer without weights is judged only where it applies
 * an activation of its own: the layer before it may have done so.
 */
final class HeadSmells {

    private final Wiring wiring;

    HeadSmells(Wiring wiring) {
        this.wiring = wiring;
    }

    List<Smell> find() {
        List<Smell> smells = new ArrayList<>();
        for (Station station : wiring.stations()) {
            ILossFunction loss = station.layer() == null ? null : LayerReader.loss(station.layer());
            IActivation activation = station.layer() == null ? null : LayerReader.activationFunction(station.layer());
            String why = loss == null || activation == null ? null : why(station, loss, activation);
            if (why != null) {
                smells.add(new Smell("loss-output-mismatch", station.label(), why));
            }
        }
        return smells;
    }

    private static @Nullable String why(Station station, ILossFunction loss, IActivation activation) {
        boolean softmax = activation instanceof ActivationSoftmax;
        boolean sigmoid = activation instanceof ActivationSigmoid || activation instanceof ActivationHardSigmoid;
        if (activation instanceof ActivationIdentity && !hasWeights(station)) {
            return null;
        } else if (softmax && outputs(station) == 1) {
            return "softmax over one unit always gives 1: use sigmoid with XENT";
        } else if (loss instanceof LossMCXENT && !softmax) {
            return "cross-entropy over classes needs softmax, and finds " + activation;
        } else if (loss instanceof LossBinaryXENT && !sigmoid) {
            return "binary cross-entropy needs sigmoid, and finds " + activation;
        } else if (loss instanceof LossKLD && !softmax && !sigmoid) {
            return "Kullback-Leibler divergence needs probabilities, and finds " + activation;
        } else if (softmax && (loss instanceof LossL2 || loss instanceof LossL1)) {
            return "softmax with a loss for regression hardly learns where it is sure and wrong: use MCXENT";
        } else if (loss instanceof LossPoisson && !isPositive(activation)) {
            return "the Poisson loss takes logarithms of outputs, which " + activation + " lets become negative";
        } else if (loss instanceof LossMSLE && !isPositive(activation)) {
            return "the logarithmic loss takes logarithms of outputs, which " + activation + " lets fall below -1";
        }
        return null;
    }

    private static boolean isPositive(IActivation activation) {
        return activation instanceof ActivationSoftPlus
                || activation instanceof ActivationReLU
                || activation instanceof ActivationReLU6
                || activation instanceof ActivationSigmoid
                || activation instanceof ActivationHardSigmoid
                || activation instanceof ActivationSoftmax;
    }

    private static long outputs(Station station) {
        return hasWeights(station) && station.layer() instanceof FeedForwardLayer layer ? layer.getNOut() : 0;
    }

    private static boolean hasWeights(Station station) {
        return station.layer() instanceof org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
    }
}
