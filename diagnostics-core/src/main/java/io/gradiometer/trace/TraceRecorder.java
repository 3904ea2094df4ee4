package io.gradiometer.trace;

import io.gradiometer.signal.LayerView;
import io.gradiometer.signal.ModelView;
import io.gradiometer.signal.Step;
import io.gradiometer.signal.Validation;
import java.util.ArrayList;
import java.util.List;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a run in bounded memory: the first steps whole, of later ones every second, fourth, eighth … as the run grows.
 *
 * <p>What is kept depends on the number of steps alone, so that two equal runs leave equal traces. One writer; readers on
 * other threads see a consistent copy.
 */
@API(status = API.Status.EXPERIMENTAL)
public final class TraceRecorder {

    /** Steps that are kept whatever comes later: most trouble begins early. */
    static final int WHOLE = 64;

    /** About eight megabytes of numbers. */
    private static final int NUMBERS = 1_000_000;

    private static final int MOST_STEPS = 2048;
    private static final int MOST_VALIDATIONS = 4096;

    private final ModelView model;
    private final int capacity;
    private final List<Step> steps = new ArrayList<>();
    private final List<Validation> validations = new ArrayList<>();
    private @Nullable Step lastUnlessKept;
    private long seen;
    private long stride = 1;

    public TraceRecorder(ModelView model) {
        this.model = model;
        int numbers = 16;
        for (LayerView layer : model.layers()) {
            numbers += 4 + 16 * layer.parameters().size();
        }
        capacity = Math.max(2 * WHOLE, Math.min(MOST_STEPS, NUMBERS / numbers));
    }

    /** Takes the next step. */
    public synchronized void keep(Step step) {
        if (isKept(seen)) {
            steps.add(step);
        }
        if (steps.size() > capacity) {
            thin();
        }
        lastUnlessKept = isKept(seen) ? null : step;
        seen++;
    }

    private boolean isKept(long index) {
        return index < WHOLE || index % stride == 0;
    }

    /** Takes a validation score; past a generous bound further ones are let go. */
    public synchronized void keep(Validation validation) {
        if (validations.size() < MOST_VALIDATIONS) {
            validations.add(validation);
        }
    }

    /** Drops every second of the later steps; those left are the ones at multiples of the doubled stride. */
    private void thin() {
        List<Step> later = new ArrayList<>(steps.subList(WHOLE, steps.size()));
        steps.subList(WHOLE, steps.size()).clear();
        long firstKept = (WHOLE + stride - 1) / stride * stride;
        for (int i = 0; i < later.size(); i++) {
            if ((firstKept + i * stride) % (2 * stride) == 0) {
                steps.add(later.get(i));
            }
        }
        stride *= 2;
    }

    /** Returns what is kept by now. */
    public synchronized Trace trace() {
        List<Step> all = new ArrayList<>(steps);
        if (lastUnlessKept != null) {
            all.add(lastUnlessKept);
        }
        return new Trace(model, all, validations, seen, true);
    }
}
