package io.gradiometer.finding;

import java.math.BigDecimal;
import java.math.MathContext;
import org.apiguardian.api.API;

/** The one way numbers look in messages and pages: three significant digits, the same in every locale. */
@API(status = API.Status.INTERNAL)
public final class Numbers {

    private static final MathContext THREE_DIGITS = new MathContext(3);

    private Numbers() {}

    /** Formats for instance {@code 0.055}, {@code 1.2e-7}, {@code 31400}, {@code NaN}. */
    public static String format(double value) {
        if (Double.isNaN(value)) {
            return "NaN";
        } else if (Double.isInfinite(value)) {
            return value > 0 ? "Infinity" : "-Infinity";
        } else if (value == 0) {
            return "0";
        }
        // Rounded first: what rounds up to a million is written as one.
        BigDecimal rounded = new BigDecimal(value).round(THREE_DIGITS).stripTrailingZeros();
        int exponent = rounded.precision() - rounded.scale() - 1;
        return exponent < -3 || exponent > 5
                ? rounded.movePointLeft(exponent).toPlainString() + "e" + exponent
                : rounded.toPlainString();
    }

    /** Formats a share of one as a percentage. */
    public static String percent(double share) {
        return format(100 * share) + " %";
    }
}
