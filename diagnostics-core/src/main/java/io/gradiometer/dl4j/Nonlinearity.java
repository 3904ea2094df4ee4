package io.gradiometer.dl4j;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationPReLU;
import org.nd4j.linalg.activations.impl.ActivationRReLU;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;

/** What an activation makes of a field: its own function and derivative at every node. */
final class Nonlinearity {

    private static final long SEED = 2L;
    private static final int DRAWS = 4_000;
    private static final double MOST_SOFTMAX_UNITS = 1_000;

    private Nonlinearity() {}

    /** Returns what becomes of a field; null where the activation cannot be asked. */
    static @Nullable Passage of(IActivation activation, Field in) {
        if (activation instanceof ActivationIdentity) {
            return Passage.of(in, error -> error);
        } else if (activation instanceof ActivationSoftmax) {
            return softmax(in);
        } else if (activation instanceof ActivationPReLU) {
            return null;
        } else if (activation instanceof ActivationRReLU random) {
            return randomLeak(random, in);
        }
        Curve curve = Curve.of(activation, in.values());
        return curve == null ? null : passage(curve, in);
    }

    /** Returns what a rectifier makes that leaks this much of what is below 0. */
    static Passage leaky(double leak, Field in) {
        return passage(Curve.leaky(leak, in.values()), in);
    }

    /** Returns the mean square of the derivative where inputs are standard normal: what of the error passes. */
    static double meanSquareSlope(IActivation activation) {
        Passage passage = of(activation, Field.input(1));
        return passage == null || activation instanceof ActivationSoftmax
                ? Double.NaN
                : GaussianNodes.mean(
                        passage.back().through(GaussianNodes.constant(1)).get(0));
    }

    private static Passage passage(Curve curve, Field in) {
        Field out = in.with(curve.values(), false);
        double[] slopes = curve.slopes();
        return Passage.of(out, error -> {
            double[] back = new double[error.length];
            for (int k = 0; k < back.length; k++) {
                back[k] = error[k] * slopes[k] * slopes[k];
            }
            return back;
        });
    }

    /** Deeplearning4j 1.0.0-M2.1 lets the whole error back through this activation, whatever it let through itself. */
    private static Passage randomLeak(ActivationRReLU activation, Field in) {
        double low = activation.getL();
        double high = activation.getU();
        double leak = Math.sqrt((low * low + low * high + high * high) / 3);
        return Passage.of(in.with(Curve.leaky(leak, in.values()).values(), false), error -> error);
    }

    /** Its units depend on each other: drawn, with a seed of our own. */
    private static @Nullable Passage softmax(Field in) {
        if (!(in.channels() >= 1 && in.channels() <= MOST_SOFTMAX_UNITS)) {
            return null;
        }
        int units = (int) in.channels();
        SplittableRandom random = new SplittableRandom(SEED);
        double squares = 0;
        double slopes = 0;
        int rows = Math.max(20, DRAWS / units);
        for (int row = 0; row < rows; row++) {
            double[] p = drawRow(random, in, units);
            double own = Arrays.stream(p).map(x -> x * x).sum();
            squares += own;
            for (double x : p) {
                // The squares of one row of diag(p) - p p'.
                slopes += x * x * (1 - 2 * x + own);
            }
        }
        double mean = 1.0 / units;
        double square = squares / rows / units;
        Field out = Field.normal(mean, square - mean * mean, 0, in.area(), units);
        return Passage.mixing(out, slopes / rows / units);
    }

    private static double[] drawRow(SplittableRandom random, Field in, int units) {
        double[] p = new double[units];
        double sum = 0;
        for (int k = 0; k < units; k++) {
            p[k] = Math.exp(Math.min(500, GaussianNodes.at(random.nextGaussian(), in.values())));
            sum += p[k];
        }
        for (int k = 0; k < units; k++) {
            p[k] /= sum;
        }
        return p;
    }
}
