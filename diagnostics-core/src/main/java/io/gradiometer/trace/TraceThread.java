package io.gradiometer.trace;

import java.util.ArrayList;
import java.util.List;

/** The one thread of this JVM that writes traces, so that no training waits for a disk. */
final class TraceThread {

    /** What a run may lose when its JVM is killed, beside what writing itself takes. */
    private static final int PAUSE_MILLIS = 250;

    private static final TraceThread THE_ONE = new TraceThread();

    private final List<LiveTrace> runs = new ArrayList<>();
    private boolean hurry;
    private boolean started;

    private TraceThread() {}

    static TraceThread get() {
        return THE_ONE;
    }

    synchronized void add(LiveTrace run) {
        runs.add(run);
        if (started) {
            notifyAll();
        } else {
            started = true;
            // Without the starter's inheritable variables: this thread belongs to no test.
            Thread thread = new Thread(null, this::work, "gradiometer-trace", 0, false);
            thread.setContextClassLoader(null);
            thread.setDaemon(true);
            thread.start();
        }
    }

    synchronized void remove(LiveTrace run) {
        runs.remove(run);
    }

    /** Has everything written soon. */
    synchronized void hurry() {
        hurry = true;
        notifyAll();
    }

    private void work() {
        while (true) {
            for (LiveTrace run : next()) {
                run.drain();
            }
        }
    }

    /** Waits until there is something to do. */
    @SuppressWarnings("WaitNotInLoop") // to wake for no reason is to write early
    private synchronized List<LiveTrace> next() {
        try {
            while (runs.isEmpty()) {
                wait();
            }
            if (!hurry) {
                wait(PAUSE_MILLIS);
            }
        } catch (InterruptedException nobodyElsesBusiness) {
            // This thread lives as long as its JVM, and there is no harm in writing early.
        }
        hurry = false;
        return List.copyOf(runs);
    }
}
