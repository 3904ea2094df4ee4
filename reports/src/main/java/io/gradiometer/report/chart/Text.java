package io.gradiometer.report.chart;

import java.awt.Graphics2D;

/** Names from outside, made fit for a plot. */
final class Text {

    private Text() {}

    /** Returns the name on one line and no longer than {@code most}; the middle goes, for ends tell layers apart. */
    static String shorten(String name, int most) {
        String line = name.replaceAll("[\\p{Cntrl}\\s]+", " ").replaceAll("[\\uD800-\\uDFFF]", "\uFFFD");
        if (line.length() <= most) {
            return line;
        }
        int tail = (most - 1) / 2;
        return line.substring(0, most - 1 - tail) + "…" + line.substring(line.length() - tail);
    }

    /** Returns the name as much as fits in this width; a little room is left for the reader's own fonts. */
    static String fit(Graphics2D graphics, String name, double width) {
        int most = Math.max(3, (int) (width / 4));
        String text = shorten(name, most);
        while (most > 3 && graphics.getFontMetrics().stringWidth(text) > 0.95 * width) {
            most--;
            text = shorten(name, most);
        }
        return text;
    }

    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
