package io.gradiometer.finding;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;
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
        double magnitude = Math.abs(value);
        if (magnitude < 1e-3 || magnitude >= 1e6) {
            return scientific(value);
        }
        BigDecimal rounded = new BigDecimal(value).round(THREE_DIGITS);
        return rounded.stripTrailingZeros().toPlainString();
    }

    /** Formats a share of one as a percentage. */
    public static String percent(double share) {
        return format(100 * share) + " %";
    }

    private static String scientific(double value) {
        String text = String.format(Locale.ROOT, "%.2e", value);
        int e = text.indexOf('e');
        BigDecimal mantissa = new BigDecimal(text.substring(0, e)).stripTrailingZeros();
        return mantissa.toPlainString() + "e" + Integer.parseInt(text.substring(e + 1));
    }
}
