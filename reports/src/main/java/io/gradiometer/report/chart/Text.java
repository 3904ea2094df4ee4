package io.gradiometer.report.chart;

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

    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
