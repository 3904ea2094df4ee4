package io.gradiometer.signal;

import java.util.Collection;
import org.apiguardian.api.API;

/**
 * What one pass over a tensor tells.
 *
 * <p>Norm and maximum are taken over the finite elements alone, so that one NaN does not hide how large the rest is.
 *
 * @param length number of elements
 * @param l2 Euclidean norm of the finite elements
 * @param max largest magnitude among the finite elements
 * @param zeros elements that are exactly zero
 * @param nonFinite elements that are NaN or infinite
 */
@API(status = API.Status.EXPERIMENTAL)
public record TensorStats(long length, double l2, double max, long zeros, long nonFinite) {

    /** Statistics of a tensor without elements. */
    public static final TensorStats EMPTY = new TensorStats(0, 0, 0, 0, 0);

    /** Returns the root of the mean square of the finite elements, 0 if there are none. */
    public double rms() {
        long finite = length - nonFinite;
        return finite == 0 ? 0 : l2 / Math.sqrt(finite);
    }

    /** Returns the share of exact zeros, 0 for an empty tensor. */
    public double zeroShare() {
        return length == 0 ? 0 : (double) zeros / length;
    }

    public boolean allFinite() {
        return nonFinite == 0;
    }

    /** Tells whether every element is exactly zero; an empty tensor is not. */
    public boolean allZero() {
        return length > 0 && zeros == length;
    }

    /** Returns the statistics of the tensor multiplied by a finite {@code factor}. */
    public TensorStats times(double factor) {
        double magnitude = Math.abs(factor);
        long nowZero = factor == 0 ? length - nonFinite : zeros;
        return new TensorStats(length, l2 * magnitude, max * magnitude, nowZero, nonFinite);
    }

    /** Returns the statistics of all parts laid end to end. */
    public static TensorStats join(Collection<TensorStats> parts) {
        long length = 0;
        long zeros = 0;
        long nonFinite = 0;
        double l2 = 0;
        double max = 0;
        for (TensorStats part : parts) {
            length += part.length;
            zeros += part.zeros;
            nonFinite += part.nonFinite;
            l2 = Math.hypot(l2, part.l2);
            max = Math.max(max, part.max);
        }
        return new TensorStats(length, l2, max, zeros, nonFinite);
    }
}
