package io.gradiometer.dl4j;

/** Says why a network or a batch cannot be checked, and what would do. */
final class UnfitException extends IllegalArgumentException {

    private static final long serialVersionUID = 1;

    UnfitException(String message) {
        super(message);
    }
}
