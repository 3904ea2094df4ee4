package io.gradiometer.junit;

/** Fails a test for what was found in its training; the message is the whole report. */
final class DiagnosisError extends AssertionError {

    private static final long serialVersionUID = 1;

    DiagnosisError(String message) {
        super(message);
    }
}
