package io.gradiometer.report.chart;

import java.awt.Color;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The colours that plots are drawn in: placeholders, each replaced by the page's variable of the same name.
 *
 * <p>So one drawing serves light and dark screens and paper.
 */
enum Ink {
    INK(0),
    MUTED(1),
    RULE(2),
    OFFENDER(3),
    WARNING(4),
    REFERENCE(5),
    ACCENT(6),
    BAND(7);

    /** Shades from the first layer to the last. */
    static final int DEPTHS = 12;

    private static final int RED = 1;
    private static final int ROLE = 2;
    private static final int DEPTH = 3;
    private static final Pattern PLACEHOLDER = Pattern.compile("rgb\\(1,([23]),(\\d+)\\)");

    private final int code;

    Ink(int code) {
        this.code = code;
    }

    Color color() {
        return new Color(RED, ROLE, code);
    }

    /** Returns the shade of a layer; the order of shades is the order of layers. */
    static Color depth(int layer, int layers) {
        return new Color(RED, DEPTH, layers < 2 ? 0 : (int) Math.round((DEPTHS - 1.0) * layer / (layers - 1)));
    }

    /** Puts the page's variables in place of the placeholders. */
    static String intoVariables(String svg) {
        return PLACEHOLDER.matcher(svg).replaceAll(Ink::variable);
    }

    private static String variable(MatchResult placeholder) {
        int number = Integer.parseInt(placeholder.group(2));
        boolean isDepth = Integer.parseInt(placeholder.group(1)) == DEPTH;
        return "var(--" + (isDepth ? "d" + number : ofCode(number)) + ")";
    }

    private static String ofCode(int code) {
        return Stream.of(values())
                .filter(ink -> ink.code == code)
                .map(ink -> ink.name().toLowerCase(Locale.ROOT))
                .findFirst()
                .orElseThrow();
    }
}
