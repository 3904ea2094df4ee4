package io.gradiometer.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import junit.framework.TestCase;
import org.jspecify.annotations.Nullable;
import org.junit.BeforeClass;
import org.junit.jupiter.api.Test;

class TestOnStackTest {

    /** As users write them; only ever called from here. */
    private static final class OldStyle {

        @org.junit.Test
        @Nullable
        RunningTest trains() {
            return deeper(TestOnStack::find);
        }

        @BeforeClass
        static @Nullable RunningTest prepare() {
            return TestOnStack.find();
        }

        @Nullable
        RunningTest trains(int depth) {
            return depth == 0 ? TestOnStack.find() : trains(depth - 1);
        }

        private static @Nullable RunningTest deeper(Supplier<@Nullable RunningTest> search) {
            return search.get();
        }
    }

    private static final class OldestStyle extends TestCase {

        private @Nullable RunningTest found;

        void testTrains() {
            found = TestOnStack.find();
        }
    }

    @Test
    void a_test_of_junit_4_is_found_from_the_depth_of_what_it_calls() {
        RunningTest found = Objects.requireNonNull(new OldStyle().trains());

        assertThat(found.title()).isEqualTo("TestOnStackTest.OldStyle.trains()");
        assertThat(found.reference().method()).isEqualTo("trains");
        assertThat(found.reference().className()).isEqualTo(OldStyle.class.getName());
    }

    @Test
    void so_is_what_prepares_a_test() {
        assertThat(OldStyle.prepare())
                .isNotNull()
                .extracting(RunningTest::folder)
                .isEqualTo("TestOnStackTest.OldStyle.prepare");
    }

    @Test
    void a_test_of_junit_3_is_known_by_its_name() {
        OldestStyle test = new OldestStyle();

        test.testTrains();

        assertThat(test.found)
                .isNotNull()
                .extracting(RunningTest::title)
                .isEqualTo("TestOnStackTest.OldestStyle.testTrains()");
    }

    @Test
    void a_method_of_the_same_name_is_no_test() {
        assertThat(new OldStyle().trains(1)).isNull();
    }

    @Test
    void another_thread_has_another_stack() throws InterruptedException {
        AtomicReference<@Nullable RunningTest> found = new AtomicReference<>();
        Thread thread = new Thread(() -> found.set(TestOnStack.find()));

        thread.start();
        thread.join();

        assertThat(found.get()).isNull();
    }
}
