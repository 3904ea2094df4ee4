package io.gradiometer.agent;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Which test runs on which thread.
 *
 * <p>Static, since JUnit makes its listeners itself, before or after the agent is there, or never. Threads that a test starts
 * belong to it; threads of an older pool belong to the only test that runs, where just one does.
 */
final class RunningTests {

    private static final InheritableThreadLocal<@Nullable RunningTest> HERE = new InheritableThreadLocal<>();
    private static final Map<String, RunningTest> OPEN = new ConcurrentHashMap<>();

    /** A test that begins again is run again because it failed, and its last result is the one that counts. */
    private static final Map<String, Integer> ATTEMPTS = new ConcurrentHashMap<>();

    private static final CopyOnWriteArrayList<Consumer<RunningTest>> LISTENERS = new CopyOnWriteArrayList<>();

    private RunningTests() {}

    static void tellEndsTo(Consumer<RunningTest> listener) {
        LISTENERS.add(listener);
    }

    static void started(RunningTest test) {
        RunningTest attempt = test.withAttempt(ATTEMPTS.merge(test.id(), 1, Integer::sum));
        OPEN.put(attempt.id(), attempt);
        HERE.set(attempt);
    }

    static void ended(String id) {
        RunningTest test = OPEN.remove(id);
        if (test != null) {
            RunningTest parent = parentOf(test);
            if (parent == null) {
                HERE.remove();
            } else {
                HERE.set(parent);
            }
            LISTENERS.forEach(listener -> listener.accept(test));
        }
    }

    private static @Nullable RunningTest parentOf(RunningTest test) {
        String parentId = test.parentId();
        return parentId == null ? null : OPEN.get(parentId);
    }

    /** Returns the test of this thread; null where none is running. */
    static @Nullable RunningTest here() {
        RunningTest test = HERE.get();
        while (test != null && !OPEN.containsKey(test.id())) {
            test = parentOf(test);
        }
        return test == null ? onlyOne() : test;
    }

    private static @Nullable RunningTest onlyOne() {
        RunningTest only = null;
        for (RunningTest test : OPEN.values()) {
            boolean innermost =
                    OPEN.values().stream().noneMatch(other -> test.id().equals(other.parentId()));
            if (innermost && only != null) {
                return null;
            } else if (innermost) {
                only = test;
            }
        }
        return only;
    }
}
