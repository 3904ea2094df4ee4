package io.gradiometer.maven;

/** Text from files, made fit for a log: names and summaries must neither forge lines nor steer the terminal. */
final class OneLine {

    private static final int LONGEST = 500;

    private OneLine() {}

    static String of(String text) {
        String line = text.replaceAll("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]+", " ").trim();
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "...";
    }
}
