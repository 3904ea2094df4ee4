package io.gradiometer.dl4j;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A thread for experiments on copies of a user's network.
 *
 * <p>Deeplearning4j reseeds the random state of the thread that builds or initialises a network, and keeps workspaces for each
 * thread: the user's must find nothing changed. What trains here is nobody's run, so the agent leaves it out.
 */
final class OwnThread extends Thread {

    private OwnThread(Runnable work) {
        // Thread locals would bring the user's observation scope along.
        super(null, work, "gradiometer-check", 0, false);
        setDaemon(true);
        setContextClassLoader(Thread.currentThread().getContextClassLoader());
    }

    /** Tells whether the calling thread is one of ours. */
    static boolean isCurrent() {
        return Thread.currentThread() instanceof OwnThread;
    }

    /** Waits for the result of some work. What it throws comes out as it is, with the caller's trace attached. */
    static <T> T compute(Callable<T> work) {
        FutureTask<T> task = new FutureTask<>(() -> {
            try {
                return work.call();
            } finally {
                Nd4j.getWorkspaceManager().destroyAllWorkspacesForCurrentThread();
            }
        });
        new OwnThread(task).start();
        try {
            return task.get();
        } catch (InterruptedException e) {
            task.cancel(true);
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a network was being checked", e);
        } catch (ExecutionException e) {
            throw asThrownHere(e);
        }
    }

    private static RuntimeException asThrownHere(ExecutionException wrapper) {
        Throwable cause = wrapper.getCause();
        if (cause instanceof Error error) {
            throw error;
        } else if (cause instanceof UnfitException unfit) {
            return unfit;
        }
        return new IllegalStateException("the check could not be made: " + cause, cause);
    }

    /** Ends an experiment that nobody waits for any more. */
    static void stopIfAbandoned() {
        if (Thread.currentThread().isInterrupted()) {
            throw new IllegalStateException("nobody waits for this check any more");
        }
    }
}
