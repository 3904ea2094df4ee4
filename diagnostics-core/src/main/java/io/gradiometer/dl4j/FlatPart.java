package io.gradiometer.dl4j;

import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationELU;
import org.nd4j.linalg.activations.impl.ActivationHardSigmoid;
import org.nd4j.linalg.activations.impl.ActivationHardTanH;
import org.nd4j.linalg.activations.impl.ActivationLReLU;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.activations.impl.ActivationReLU6;
import org.nd4j.linalg.activations.impl.ActivationRectifiedTanh;
import org.nd4j.linalg.activations.impl.ActivationSELU;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.activations.impl.ActivationSoftPlus;
import org.nd4j.linalg.activations.impl.ActivationSoftSign;
import org.nd4j.linalg.activations.impl.ActivationTanH;
import org.nd4j.linalg.activations.impl.ActivationThresholdedReLU;

/**
 * Outputs of an activation at which its derivative is below a hundredth of its largest: there the error hardly passes.
 *
 * <p>Derived from each activation's own derivative, written as a function of the output. Activations whose output does not
 * tell the derivative (swish, GELU, softmax), or which are flat nowhere, have none.
 *
 * @param low outputs up to here are flat
 * @param high outputs from here on are flat
 * @param rectifies whether the flat part below is an exact zero, which a dropout behind the layer also leaves
 */
record FlatPart(double low, double high, boolean rectifies) {

    private static final double SHARE = 0.01;

    boolean contains(double output) {
        return output <= low || output >= high;
    }

    static @Nullable FlatPart of(@Nullable IActivation activation) {
        if (activation instanceof ActivationReLU || activation instanceof ActivationThresholdedReLU) {
            return rectifier(Double.POSITIVE_INFINITY);
        } else if (activation instanceof ActivationLReLU leaky) {
            return leaky.getAlpha() == 0 ? rectifier(Double.POSITIVE_INFINITY) : null;
        } else if (activation instanceof ActivationReLU6) {
            return rectifier(6);
        } else if (activation instanceof ActivationSigmoid) {
            // y(1 - y) = SHARE / 4
            double low = (1 - Math.sqrt(1 - SHARE)) / 2;
            return new FlatPart(low, 1 - low, false);
        } else if (activation instanceof ActivationTanH) {
            // 1 - y² = SHARE
            double high = Math.sqrt(1 - SHARE);
            return new FlatPart(-high, high, false);
        } else if (activation instanceof ActivationRectifiedTanh) {
            return rectifier(Math.sqrt(1 - SHARE));
        } else if (activation instanceof ActivationHardTanH) {
            return new FlatPart(-1, 1, false);
        } else if (activation instanceof ActivationHardSigmoid) {
            return new FlatPart(0, 1, false);
        } else if (activation instanceof ActivationSoftSign) {
            // (1 - |y|)² = SHARE
            double high = 1 - Math.sqrt(SHARE);
            return new FlatPart(-high, high, false);
        } else if (activation instanceof ActivationELU elu) {
            // y + alpha = SHARE * max(1, alpha)
            return below(-elu.getAlpha() + SHARE * Math.max(1, elu.getAlpha()));
        } else if (activation instanceof ActivationSELU) {
            // y + scale * alpha = SHARE * scale * alpha
            return below(-1.7580993408473766 * (1 - SHARE));
        } else if (activation instanceof ActivationSoftPlus) {
            // 1 - exp(-y) = SHARE
            return below(-Math.log(1 - SHARE));
        }
        return null;
    }

    private static FlatPart rectifier(double high) {
        return new FlatPart(0, high, true);
    }

    private static FlatPart below(double low) {
        return new FlatPart(low, Double.POSITIVE_INFINITY, false);
    }
}
