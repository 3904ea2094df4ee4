package io.gradiometer.trace;

import io.gradiometer.signal.Magnitudes;
import io.gradiometer.signal.ModelView;
import io.gradiometer.signal.Prospect;
import io.gradiometer.signal.Step;
import io.gradiometer.signal.Validation;
import java.util.List;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a run in bounded memory: some eight megabytes, whatever its length.
 *
 * <p>Kept are the first steps whole, those in which something was not finite or jumped by a decade and those with the extremes
 * (as far as they fit, then ever fewer), the last one, and of all others every second, fourth, eighth … as the run grows. Beside
 * them, loss and gradients of all steps go into ever wider buckets.
 *
 * <p>What is kept depends on the steps alone, so that two equal runs leave equal traces. One writer; readers on other threads
 * see a consistent copy. A step costs some microseconds for fifty layers, and less than one where only the loss was read; that
 * allocates nothing once the run is long.
 */
@API(status = API.Status.EXPERIMENTAL)
public final class TraceRecorder {

    private final Memory memory;
    private @Nullable Outlet outlet;

    public TraceRecorder(ModelView model) {
        memory = new Memory(model);
    }

    /** Takes what was told of the network before it trained; to be called before its first step. */
    public synchronized void keep(Prospect prospect) {
        memory.keep(prospect);
    }

    /** Takes the next step. */
    public synchronized void keep(Step step) {
        memory.keep(step);
        Outlet open = outlet;
        if (open != null && open.takes()) {
            open.hand(TraceFile.STEP, memory.encoded(step));
        }
    }

    /** Takes a validation score; past a generous bound further ones are let go. */
    public synchronized void keep(Validation validation) {
        memory.keep(validation);
        Outlet open = outlet;
        if (open != null && open.takes()) {
            Bytes content = new Bytes(16);
            StepCodec.write(content, validation);
            open.hand(TraceFile.VALIDATION, content);
        }
    }

    /** Takes the histograms of one iteration, all layers together; of a long run some are kept. */
    public synchronized void keep(List<Magnitudes> reading) {
        memory.keep(reading);
        Outlet open = outlet;
        if (open != null && open.takes()) {
            open.hand(TraceFile.MAGNITUDES, memory.encoded(reading));
        }
    }

    /** Returns what is kept by now. */
    public synchronized Trace trace() {
        return memory.trace(true);
    }

    ModelView model() {
        return memory.model();
    }

    synchronized long events() {
        return memory.events();
    }

    /** Has everything from now on handed over, too; false if somebody else gets it already. */
    synchronized boolean attach(Outlet wanted) {
        boolean free = outlet == null;
        if (free) {
            outlet = wanted;
        }
        return free;
    }

    @SuppressWarnings("ReferenceEquality") // that very one
    synchronized void detach(Outlet mine) {
        if (outlet == mine) {
            outlet = null;
        }
    }

    /**
     * Fixes what is kept; only copying holds up the run.
     *
     * @param mine the outlet whose owner will write it
     * @param complete whether nothing is to come after it
     */
    @SuppressWarnings("ReferenceEquality") // that very one
    synchronized Snapshot snapshot(@Nullable Outlet mine, boolean complete) {
        if (mine != null && outlet == mine) {
            mine.catchUp();
        }
        return memory.snapshot(complete);
    }

    /** Returns what waits in the outlet; null if it is behind. */
    synchronized @Nullable Bytes fetch(Outlet mine, Bytes empty) {
        return mine.takes() ? mine.exchange(empty) : null;
    }

    synchronized void fallBehind(Outlet mine) {
        mine.fallBehind();
    }
}
