package io.gradiometer.junit;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Counts how often each test has begun in this JVM.
 *
 * <p>Static: where a build runs failed tests again, JUnit starts anew and nothing but the JVM has seen the first attempt.
 */
final class Attempts {

    private static final Map<String, Integer> BEGUN = new ConcurrentHashMap<>();

    private Attempts() {}

    /** Returns 1 for a test that begins for the first time. */
    static int next(String uniqueId) {
        return BEGUN.merge(uniqueId, 1, Integer::sum);
    }
}
