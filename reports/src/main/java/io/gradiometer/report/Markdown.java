package io.gradiometer.report;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Texts from outside as Markdown that shows them letter by letter: no markup, no link, nobody called by name. */
final class Markdown {

    private static final Pattern BACKTICKS = Pattern.compile("`+");

    /** What makes a list, a line or a heading of a paragraph that begins with it. */
    private static final Pattern MARK = Pattern.compile("^([-+=]|\\d+[.)])");

    /** Breaks what GitHub would make a link of: a call to a person or an issue, an address. */
    private static final String NOTHING = "&#8203;";

    private Markdown() {}

    /** Returns a sentence. */
    static String prose(String text, int most) {
        StringBuilder escaped = new StringBuilder();
        PlainText.line(text, most).strip().codePoints().forEach(point -> {
            switch (point) {
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '&' -> escaped.append("&amp;");
                case '@', '#' -> escaped.appendCodePoint(point).append(NOTHING);
                case '\\', '`', '*', '_', '[', ']', '|', '~', '$' ->
                    escaped.append('\\').appendCodePoint(point);
                default -> escaped.appendCodePoint(point);
            }
        });
        String unlinked =
                escaped.toString().replace("://", ":" + NOTHING + "//").replace("www.", "www" + NOTHING + ".");
        return MARK.matcher(unlinked).find() ? NOTHING + unlinked : unlinked;
    }

    /** Returns a name as code; in tables as well. */
    static String code(String name, int most) {
        String plain = PlainText.line(name, most).replace('|', '¦');
        if (plain.isBlank()) {
            return "``  ``";
        }
        String fence = fence(plain, 1);
        return fence.length() == 1 ? fence + plain + fence : fence + " " + plain + " " + fence;
    }

    /** Returns a snippet of Java on lines of its own. */
    static String snippet(String code, int most) {
        String plain = PlainText.block(code, most);
        String fence = fence(plain, 3);
        return fence + "java\n" + plain + "\n" + fence + "\n";
    }

    private static String fence(String content, int least) {
        int longest = least - 1;
        Matcher matcher = BACKTICKS.matcher(content);
        while (matcher.find()) {
            longest = Math.max(longest, matcher.end() - matcher.start());
        }
        return "`".repeat(longest + 1);
    }
}
