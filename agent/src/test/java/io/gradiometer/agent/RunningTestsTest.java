package io.gradiometer.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradiometer.finding.RunInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** On ids of its own: where the agent watches these tests, too, those are open as well. */
@Isolated
class RunningTestsTest {

    @AfterEach
    void end() {
        RunningTests.ended("a");
        RunningTests.ended("b");
        RunningTests.ended("class");
    }

    private static RunningTest aTest(String id, String parent) {
        return new RunningTest(parent, id, id, new RunInfo.TestRef("C", id, id, id));
    }

    @Test
    void the_innermost_is_the_one_that_runs() {
        RunningTests.started(aTest("class", "engine"));
        RunningTests.started(aTest("a", "class"));

        assertThat(RunningTests.here()).isNotNull().extracting(RunningTest::id).isEqualTo("a");

        RunningTests.ended("a");

        assertThat(RunningTests.here()).isNotNull().extracting(RunningTest::id).isEqualTo("class");
    }

    @Test
    void a_thread_that_a_test_starts_belongs_to_it() throws InterruptedException {
        AtomicReference<@Nullable RunningTest> seen = new AtomicReference<>();
        RunningTests.started(aTest("a", "engine"));

        Thread thread = new Thread(() -> seen.set(RunningTests.here()));
        thread.start();
        thread.join();

        assertThat(seen.get()).isNotNull().extracting(RunningTest::id).isEqualTo("a");
    }

    @Test
    void of_two_at_once_each_thread_has_its_own() throws Exception {
        ExecutorService other = Executors.newSingleThreadExecutor();
        try {
            RunningTests.started(aTest("a", "engine"));
            other.submit(() -> RunningTests.started(aTest("b", "engine"))).get();

            assertThat(RunningTests.here())
                    .isNotNull()
                    .extracting(RunningTest::id)
                    .isEqualTo("a");
            assertThat(other.submit(RunningTests::here).get())
                    .isNotNull()
                    .extracting(RunningTest::id)
                    .isEqualTo("b");
        } finally {
            other.shutdown();
        }
    }

    @Test
    void a_test_that_begins_again_is_at_its_next_attempt() {
        RunningTests.started(aTest("twice", "engine"));
        RunningTests.ended("twice");
        RunningTests.started(aTest("twice", "engine"));

        RunningTest second = RunningTests.here();
        RunningTests.ended("twice");

        assertThat(second)
                .isNotNull()
                .extracting(test -> test.reference().attempt())
                .isEqualTo(2);
    }

    @Test
    void ends_are_told() {
        List<String> ended = new ArrayList<>();
        RunningTests.tellEndsTo(test -> ended.add(test.id()));
        RunningTests.started(aTest("a", "engine"));

        RunningTests.ended("a");
        RunningTests.ended("never started");

        assertThat(ended).containsExactly("a");
    }
}
