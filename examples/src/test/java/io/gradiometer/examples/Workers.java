package io.gradiometer.examples;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/** Trains several networks at once, one in each thread; the random state of Nd4j is each thread's own. */
final class Workers {

    private final int threads;

    Workers(int threads) {
        this.threads = threads;
    }

    /** Hands over each result in the order of the jobs, as soon as it is there; what a job throws ends it all. */
    <T> void forEach(List<Callable<T>> jobs, Consumer<T> consumer) throws InterruptedException {
        ExecutorService service = Executors.newFixedThreadPool(threads);
        try {
            for (Future<T> result : jobs.stream().map(service::submit).toList()) {
                consumer.accept(result.get());
            }
        } catch (ExecutionException failed) {
            throw new IllegalStateException("a program of the laboratory failed", failed.getCause());
        } finally {
            service.shutdownNow();
        }
    }
}
