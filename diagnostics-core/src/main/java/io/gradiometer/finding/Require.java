package io.gradiometer.finding;

/** Invariants of the values in this package. */
final class Require {

    private Require() {}

    static String text(String value, String what) {
        if (value.isBlank()) {
            throw new IllegalArgumentException(what + " must not be blank");
        }
        return value;
    }
}
