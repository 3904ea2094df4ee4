package io.gradiometer.report;

/**
 * Makes texts from outside fit for files that other programs read: names of ten thousand characters, with control characters, marks
 * that turn the direction of writing, or halves of characters.
 */
final class PlainText {

    private static final int UNKNOWN = 0xFFFD;

    private PlainText() {}

    /** Returns the text in one line of at most so many characters; what no one is meant to see is shown as �. */
    static String line(String text, int most) {
        return clean(text, most, false);
    }

    /** Returns the text with its line breaks, otherwise as {@link #line}. */
    static String block(String text, int most) {
        return clean(text.replace("\r\n", "\n"), most, true);
    }

    private static String clean(String text, int most, boolean breaks) {
        StringBuilder clean = new StringBuilder(Math.min(text.length(), most) + 1);
        for (int i = 0; i < text.length(); ) {
            if (clean.length() >= most) {
                return clean.append('…').toString();
            }
            int point = text.codePointAt(i);
            if (point == '\n') {
                clean.append(breaks ? '\n' : ' ');
            } else if (point == '\t') {
                clean.append(' ');
            } else {
                clean.appendCodePoint(isUnseen(point) ? UNKNOWN : point);
            }
            i += Character.charCount(point);
        }
        return clean.toString();
    }

    /** Covers what XML may not hold as well: controls, half a surrogate pair, and points that are no characters. */
    private static boolean isUnseen(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> (point & 0xFFFE) == 0xFFFE;
        };
    }
}
