package io.gradiometer.dl4j;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.rng.Random;
import org.nd4j.linalg.factory.Nd4j;

/** Values of an activation and of its derivative at some inputs. */
final class Curve {

    private final double[] values;
    private final double[] slopes;

    private Curve(double[] values, double[] slopes) {
        this.values = values;
        this.slopes = slopes;
    }

    /** Returns what is there before any activation. */
    static Curve straight(double[] inputs) {
        double[] ones = new double[inputs.length];
        Arrays.fill(ones, 1);
        return new Curve(inputs, ones);
    }

    /** Returns what a rectifier gives that leaks this much of what is below 0. */
    static Curve leaky(double leak, double[] inputs) {
        double[] values = new double[inputs.length];
        double[] slopes = new double[inputs.length];
        for (int k = 0; k < inputs.length; k++) {
            slopes[k] = inputs[k] < 0 ? leak : 1;
            values[k] = inputs[k] * slopes[k];
        }
        return new Curve(values, slopes);
    }

    /**
     * Asks the activation on arrays of our own, so that neither workspaces nor random state nor the user's arrays feel it; null for
     * one of the user's, which may remember that it was asked: nothing is foretold behind it.
     */
    @SuppressWarnings("try") // the scope is entered for its effect
    static @Nullable Curve of(IActivation activation, double[] inputs) {
        if (activation instanceof ActivationIdentity) {
            return straight(inputs);
        } else if (!Library.brings(activation)) {
            return null;
        }
        Random random = Nd4j.getRandom();
        long root = random.rootState();
        long node = random.nodeState();
        try (MemoryWorkspace none = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
            double[] ones = new double[inputs.length];
            Arrays.fill(ones, 1);
            INDArray slopes = activation.backprop(row(inputs), row(ones)).getFirst();
            return new Curve(flat(activation.getActivation(row(inputs), true)), flat(slopes));
        } catch (RuntimeException unsuited) {
            // One with parameters of its own wants more than a row of numbers: nothing is foretold behind it.
            return null;
        } finally {
            random.setStates(root, node);
        }
    }

    /** Returns this curve with an activation applied to its values; null where that cannot be asked. */
    @Nullable
    Curve then(IActivation activation) {
        Curve next = of(activation, values);
        if (next == null) {
            return null;
        }
        double[] product = new double[slopes.length];
        for (int k = 0; k < product.length; k++) {
            product[k] = slopes[k] * next.slopes[k];
        }
        return new Curve(next.values, product);
    }

    private static INDArray row(double[] values) {
        return Nd4j.createFromArray(values).reshape(1, values.length);
    }

    private static double[] flat(INDArray row) {
        return row.reshape(row.length()).toDoubleVector();
    }

    double[] values() {
        return values;
    }

    double[] slopes() {
        return slopes;
    }
}
