package io.gradiometer.dl4j;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** The flat buffer of a network's parameters, or of their gradient, seen parameter by parameter. All that is returned are views. */
record FlatParts(INDArray flat) {

    static FlatParts of(INDArray buffer) {
        return new FlatParts(buffer.reshape(buffer.length()));
    }

    INDArray part(LayerSlot slot, int parameter) {
        long start = slot.offsets().get(parameter);
        return flat.get(NDArrayIndex.interval(
                start, start + slot.view().parameters().get(parameter).length()));
    }

    /** Returns the weights of a dense layer, one row for each input. */
    INDArray matrix(LayerSlot slot, int parameter) {
        return part(slot, parameter).reshape('f', slot.inputs(), slot.outputs());
    }

    /** Returns where a parameter stands among those of its layer, -1 if it has none of that name. */
    static int indexOf(LayerSlot slot, String parameter) {
        for (int p = 0; p < slot.view().parameters().size(); p++) {
            if (slot.view().parameters().get(p).name().equals(parameter)) {
                return p;
            }
        }
        return -1;
    }

    static double rms(INDArray part) {
        return part.norm2Number().doubleValue() / Math.sqrt(part.length());
    }
}
