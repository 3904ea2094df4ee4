package io.gradiometer.examples;

import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.BaseActivationFunction;
import org.nd4j.linalg.api.ndarray.INDArray;

/** An activation of the user's own, whose backward half has lost its sign or not. */
final class OwnLinear extends BaseActivationFunction {

    private static final long serialVersionUID = 1;

    private final boolean signLost;

    OwnLinear(boolean signLost) {
        this.signLost = signLost;
    }

    @Override
    public INDArray getActivation(INDArray in, boolean training) {
        return in;
    }

    @Override
    public Pair<INDArray, INDArray> backprop(INDArray in, INDArray epsilon) {
        return new Pair<>(signLost ? epsilon.neg() : epsilon, null);
    }
}
