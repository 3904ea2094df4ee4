package io.gradiometer.dl4j;

import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.BaseActivationFunction;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

/** A sigmoid as one writes it wrongly: its derivative forgets that the output is squashed already. */
final class WrongSigmoid extends BaseActivationFunction {

    private static final long serialVersionUID = 1;

    @Override
    public INDArray getActivation(INDArray in, boolean training) {
        return Transforms.sigmoid(in, false);
    }

    @Override
    public Pair<INDArray, INDArray> backprop(INDArray in, INDArray epsilon) {
        INDArray once = Transforms.sigmoid(in, true);
        INDArray twice = Transforms.sigmoid(once, true);
        return new Pair<>(epsilon.mul(twice.mul(twice.rsub(1))), null);
    }
}
