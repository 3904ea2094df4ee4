package io.gradiometer.report;

import java.math.BigDecimal;
import java.math.MathContext;

/** A table with commas (RFC 4180), in the same spelling in every locale and on every Java. */
final class Csv {

    private static final int LONGEST = 300;
    private static final MathContext DIGITS = new MathContext(9);

    private final StringBuilder text = new StringBuilder();

    /** Adds a row of texts and numbers. */
    Csv row(Object... cells) {
        for (int i = 0; i < cells.length; i++) {
            text.append(i == 0 ? "" : ",").append(cell(cells[i]));
        }
        text.append('\n');
        return this;
    }

    private static String cell(Object value) {
        if (value instanceof Double number) {
            return number(number);
        }
        return value instanceof Number ? value.toString() : quoted(PlainText.line(value.toString(), LONGEST));
    }

    private static String number(double value) {
        if (!Double.isFinite(value)) {
            return Double.toString(value);
        }
        return value == 0
                ? "0"
                : BigDecimal.valueOf(value).round(DIGITS).stripTrailingZeros().toString();
    }

    private static String quoted(String name) {
        // A table program would take what begins so for a formula and compute it.
        String harmless = !name.isEmpty() && "=+-@".indexOf(name.charAt(0)) >= 0 ? "'" + name : name;
        return harmless.contains(",") || harmless.contains("\"")
                ? "\"" + harmless.replace("\"", "\"\"") + "\""
                : harmless;
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
