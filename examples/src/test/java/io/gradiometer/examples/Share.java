package io.gradiometer.examples;

import java.util.Locale;
import org.apache.commons.math3.stat.interval.ClopperPearsonInterval;
import org.apache.commons.math3.stat.interval.ConfidenceInterval;

/**
 * How many of how many.
 *
 * @param part that it is true of
 * @param whole number
 */
record Share(int part, int whole) {

    private static final double CONFIDENCE = 0.95;

    double value() {
        return whole == 0 ? Double.NaN : (double) part / whole;
    }

    /** Returns the share with the exact interval of Clopper and Pearson, which holds for independent trials. */
    String withInterval() {
        if (whole == 0) {
            return "–";
        }
        return String.format(
                Locale.ROOT,
                "%d of %d (%.1f %%; 95 %% interval %.1f to %.1f %%)",
                part,
                whole,
                100 * value(),
                100 * lower(),
                100 * upper());
    }

    double lower() {
        return part == 0 ? 0 : interval().getLowerBound();
    }

    double upper() {
        return part == whole ? 1 : interval().getUpperBound();
    }

    private ConfidenceInterval interval() {
        // At the ends the library's beta distribution has no parameters; one bound is then one-sided at half the error.
        if (part == 0) {
            return new ConfidenceInterval(0, 1 - Math.pow((1 - CONFIDENCE) / 2, 1.0 / whole), CONFIDENCE);
        } else if (part == whole) {
            return new ConfidenceInterval(Math.pow((1 - CONFIDENCE) / 2, 1.0 / whole), 1, CONFIDENCE);
        }
        return new ClopperPearsonInterval().createInterval(whole, part, CONFIDENCE);
    }

    @Override
    public String toString() {
        return whole == 0 ? "–" : String.format(Locale.ROOT, "%d of %d (%.1f %%)", part, whole, 100 * value());
    }
}
