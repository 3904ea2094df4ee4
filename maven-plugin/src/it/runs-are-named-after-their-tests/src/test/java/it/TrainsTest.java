package it;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrainsTest {

    private static final AtomicInteger ATTEMPTS = new AtomicInteger();

    @BeforeAll
    static void for_all() {
        Tiny.train(1);
    }

    @Test
    void by_itself() {
        Tiny.train(1);
    }

    @Test
    void on_a_thread_of_its_own() throws InterruptedException {
        Thread thread = new Thread(() -> Tiny.train(1));
        thread.start();
        thread.join();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void with_parameters(int feature) {
        Tiny.train(feature);
    }

    @Test
    void sick_at_first() {
        boolean first = ATTEMPTS.incrementAndGet() == 1;
        Tiny.train(first ? Double.NaN : 1);
        assertTrue(!first);
    }
}
