package io.gradiometer.report.html;

/** Names and sentences from outside, held to a length that a page can bear. */
final class Names {

    private static final int LONGEST_NAME = 120;
    private static final int LONGEST_SENTENCE = 2000;

    private Names() {}

    /** Returns a name without its middle where it is too long; ends tell names apart. */
    static String brief(String name) {
        return shorten(name, LONGEST_NAME);
    }

    /** Returns a sentence that may quote names of any length. */
    static String sentence(String sentence) {
        return shorten(sentence, LONGEST_SENTENCE);
    }

    private static String shorten(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        int tail = most / 3;
        return text.substring(0, most - 1 - tail) + "…" + text.substring(text.length() - tail);
    }
}
