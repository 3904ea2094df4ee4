package io.gradiometer.signal;

import java.util.Collection;
import org.apiguardian.api.API;

/**
 * What one pass over a tensor tells.
 *
 * <p>Norm and maximum are taken over the finite elements alone, so that one NaN does not hide how large the rest is.
 *
 * @param length number of elements
 * @param l1 sum of the magnitudes of the finite elements
 * @param l2 Euclidean norm of the finite elements
 * @param max largest magnitude among the finite elements
 * @param zeros elements that are exactly zero
 * @param nonFinite elements that are NaN or infinite
 */
@API(status = API.Status.EXPERIMENTAL)
public record TensorStats(long length, double l1, double l2, double max, long zeros, long nonFinite) {

    /** Statistics of a tensor without elements, or of one that was not read. */
    public static final TensorStats EMPTY = new TensorStats(0, 0, 0, 0, 0, 0);

    /** Returns the root of the mean square of the finite elements, 0 if there are none. */
    public double rms() {
        long finite = length - nonFinite;
        return finite == 0 ? 0 : l2 / Math.sqrt(finite);
    }

    /** Returns the mean magnitude of the finite elements, 0 if there are none. */
    public double meanMagnitude() {
        long finite = length - nonFinite;
        return finite == 0 ? 0 : l1 / finite;
    }

    /** Returns the share of exact zeros, 0 for an empty tensor. */
    public double zeroShare() {
        return length == 0 ? 0 : (double) zeros / length;
    }

    /** Tells whether the tensor has elements that were read. */
    public boolean isRead() {
        return length > 0;
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
        return new TensorStats(length, l1 * magnitude, l2 * magnitude, max * magnitude, nowZero, nonFinite);
    }

    /** Returns the statistics of this tensor and another one laid end to end. */
    public TensorStats and(TensorStats other) {
        if (length == 0) {
            return other;
        } else if (other.length == 0) {
            return this;
        }
        return new TensorStats(
                length + other.length,
                l1 + other.l1,
                hypot(l2, other.l2),
                Math.max(max, other.max),
                zeros + other.zeros,
                nonFinite + other.nonFinite);
    }

    /** Returns the statistics of all parts laid end to end. */
    public static TensorStats join(Collection<TensorStats> parts) {
        TensorStats joined = EMPTY;
        for (TensorStats part : parts) {
            joined = joined.and(part);
        }
        return joined;
    }

    /** Adds norms; {@link Math#hypot} is many times slower and is needed only where squares leave the range of doubles. */
    private static double hypot(double a, double b) {
        double squares = a * a + b * b;
        boolean exact = squares > 1e-280 && squares < 1e280;
        return exact ? Math.sqrt(squares) : Math.hypot(a, b);
    }
}
