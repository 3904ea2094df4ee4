package io.gradiometer.agent;

import io.gradiometer.finding.RunInfo;
import org.jspecify.annotations.Nullable;

/**
 * A test, or a class of tests, that is running.
 *
 * @param parentId id of what it belongs to; null for what stands at the top
 * @param folder for its runs: {@code FraudModelTest.trains}
 * @param title for people
 * @param reference for tools
 */
record RunningTest(@Nullable String parentId, String folder, String title, RunInfo.TestRef reference) {

    RunningTest withAttempt(int number) {
        return new RunningTest(parentId, folder, title, reference.withAttempt(number));
    }

    String id() {
        return reference.uniqueId();
    }
}
