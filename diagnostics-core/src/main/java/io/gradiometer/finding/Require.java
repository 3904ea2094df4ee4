package io.gradiometer.finding;

import java.util.regex.Pattern;

/** Invariants of the values in this package. */
final class Require {

    /** As the published schema has it. */
    private static final Pattern KEBAB_CASE = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");

    private Require() {}

    static String text(String value, String what) {
        if (value.isBlank()) {
            throw new IllegalArgumentException(what + " must not be blank");
        }
        return value;
    }

    static String id(String value, String what) {
        text(value, what);
        if (!isId(value)) {
            throw new IllegalArgumentException(what + " is in lower case with hyphens, not '" + value + "'");
        }
        return value;
    }

    static boolean isId(String value) {
        return KEBAB_CASE.matcher(value).matches();
    }
}
