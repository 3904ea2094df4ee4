package io.gradiometer.junit;

import org.jspecify.annotations.Nullable;

/** Recognises the failure that people meet first who add a test to a project without a backend. */
final class BackendMissing {

    private static final String BY_NAME = "org.nd4j.linalg.factory.Nd4jBackend$NoAvailableBackendException";

    private BackendMissing() {}

    /** Compares names, since the class itself need not be there. */
    static boolean isCauseOf(@Nullable Throwable failure) {
        int depth = 0;
        // Causes may go round in a circle.
        for (Throwable cause = failure; cause != null && depth < 20; cause = cause.getCause(), depth++) {
            if (cause.getClass().getName().equals(BY_NAME)) {
                return true;
            }
        }
        return false;
    }
}
