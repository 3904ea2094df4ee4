package io.gradiometer.examples;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Trains several networks at once, one in each thread; the random state of Nd4j is each thread's own. */
final class Workers {

    private final int threads;

    Workers(int threads) {
        this.threads = threads;
    }

    /** Returns all results in the order of the jobs; what one throws ends it all. */
    <T> List<T> all(List<Callable<T>> jobs) throws InterruptedException {
        ExecutorService service = Executors.newFixedThreadPool(threads);
        try {
            List<T> results = new ArrayList<>();
            for (Future<T> result : service.invokeAll(jobs)) {
                results.add(result.get());
            }
            return results;
        } catch (ExecutionException failed) {
            throw new IllegalStateException("a program of the laboratory failed", failed.getCause());
        } finally {
            service.shutdownNow();
        }
    }
}
