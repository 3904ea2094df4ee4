package io.gradiometer.signal;

import org.apiguardian.api.API;

/**
 * What a layer gave for one batch; masked steps are left out, and so are zeros that a dropout behind it put there.
 *
 * @param rows examples, or examples times positions, that were read
 * @param mean of the finite values
 * @param rms root mean square of the finite values
 * @param spread root mean square, over the units, of their standard deviation over the rows: 0 where the input makes no
 *     difference
 * @param flat share of values at which the derivative of the layer's activation is so small that the error hardly passes; NaN
 *     where the activation has no such part
 * @param units units, or channels
 * @param silent units that have not been active for any of the last rows; -1 where that means nothing
 * @param silentRows how many rows that were: all at first, later a few thousand, so that units which die late are seen
 * @param nonFinite values that are NaN or infinite
 */
@API(status = API.Status.EXPERIMENTAL)
public record ActivationStats(
        long rows,
        double mean,
        double rms,
        double spread,
        double flat,
        int units,
        int silent,
        long silentRows,
        long nonFinite) {

    /** Of a layer whose activations were not read. */
    public static final ActivationStats UNREAD =
            new ActivationStats(0, Double.NaN, Double.NaN, Double.NaN, Double.NaN, 0, -1, 0, 0);

    public boolean isRead() {
        return rows > 0;
    }
}
