package io.gradiometer.dl4j;

import java.util.List;
import java.util.function.UnaryOperator;

/**
 * What becomes of fields on their way through a part of a network, and of the error on its way back.
 *
 * <p>The error is given as mean square of the derivative of the loss with respect to one unit, for each value that the unit may
 * have: the {@link GaussianNodes} of the field.
 *
 * @param out what comes out
 * @param back turns the error at the exit into the errors at the entrances
 */
record Passage(Field out, Back back) {

    /** The way of the error. */
    interface Back {
        List<double[]> through(double[] error);
    }

    /** Returns a part with one entrance. */
    static Passage of(Field out, UnaryOperator<double[]> back) {
        return new Passage(out, error -> List.of(back.apply(error)));
    }

    /** Returns a part behind which units are mixed anew: only the mean of the error counts, and it is multiplied. */
    static Passage mixing(Field out, double factor) {
        return of(out, error -> GaussianNodes.constant(factor * GaussianNodes.mean(error)));
    }

    /** Returns a part that multiplies the error of every unit. */
    static Passage scaling(Field out, double factor) {
        return of(out, error -> times(error, factor));
    }

    /** Returns this part and behind it another one. */
    Passage then(Passage next) {
        return new Passage(
                next.out, error -> back.through(next.back.through(error).get(0)));
    }

    static double[] times(double[] values, double factor) {
        double[] product = new double[values.length];
        for (int k = 0; k < values.length; k++) {
            product[k] = values[k] * factor;
        }
        return product;
    }
}
