package io.gradiometer.finding;

import org.apiguardian.api.API;

/** Makes texts from outside fit for a message: names and files must neither break its lines nor speak to the terminal. */
@API(status = API.Status.INTERNAL)
public final class OneLine {

    private static final int LONGEST = 1000;

    private OneLine() {}

    /** Replaces every control, format and line-breaking character by a question mark, and cuts off what no one would read. */
    public static String of(String text) {
        String line = text.replaceAll("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]", "?");
        return line.length() > LONGEST ? line.substring(0, LONGEST) + "..." : line;
    }
}
