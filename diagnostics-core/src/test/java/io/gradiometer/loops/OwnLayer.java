package io.gradiometer.loops;

import java.util.Map;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.samediff.SDLayerParams;
import org.deeplearning4j.nn.conf.layers.samediff.SameDiffLayer;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A layer as a user writes one: two weights whose product with the input is squashed. */
final class OwnLayer extends SameDiffLayer {

    private static final long serialVersionUID = 1;

    private final int in;
    private final int out;

    OwnLayer(int in, int out) {
        this.in = in;
        this.out = out;
    }

    @Override
    public SDVariable defineLayer(
            SameDiff network, SDVariable input, Map<String, SDVariable> parameters, @Nullable SDVariable mask) {
        SDVariable sum = input.mmul(parameters.get("kernel")).mul(parameters.get("gain"));
        return network.math().tanh(sum);
    }

    @Override
    public void defineParameters(SDLayerParams parameters) {
        parameters.addWeightParam("kernel", in, out);
        parameters.addWeightParam("gain", 1, out);
    }

    @Override
    public void initializeParameters(Map<String, INDArray> parameters) {
        parameters.forEach((name, array) -> array.assign(
                name.equals("gain")
                        ? Nd4j.onesLike(array)
                        : Nd4j.randn(array.shape()).muli(0.3)));
    }

    @Override
    public InputType getOutputType(int index, InputType input) {
        return InputType.feedForward(out);
    }
}
