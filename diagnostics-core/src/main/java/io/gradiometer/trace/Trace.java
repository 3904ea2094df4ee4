package io.gradiometer.trace;

import io.gradiometer.signal.Magnitudes;
import io.gradiometer.signal.ModelView;
import io.gradiometer.signal.Prospect;
import io.gradiometer.signal.Step;
import io.gradiometer.signal.Validation;
import java.util.List;
import org.apiguardian.api.API;

/**
 * What was kept of a run: enough to draw it and to examine it again.
 *
 * @param model the network
 * @param prospect what was told of it before it trained
 * @param steps the first ones whole, then those that stand out, others thinned, the last always there; not all of them
 *     {@linkplain Step#full full}
 * @param validations scores that the user handed in
 * @param magnitudes histograms, of some iterations
 * @param series every step, in buckets
 * @param stepsSeen how many steps there were in all
 * @param whole whether nothing was lost: false where a run was broken off, or its file ends too early
 */
@API(status = API.Status.EXPERIMENTAL)
public record Trace(
        ModelView model,
        Prospect prospect,
        List<Step> steps,
        List<Validation> validations,
        List<Magnitudes> magnitudes,
        List<Series> series,
        long stepsSeen,
        boolean whole) {

    public Trace {
        steps = List.copyOf(steps);
        validations = List.copyOf(validations);
        magnitudes = List.copyOf(magnitudes);
        series = List.copyOf(series);
    }

    /** A trace of steps and validations alone. */
    public Trace(ModelView model, List<Step> steps, List<Validation> validations, long stepsSeen, boolean whole) {
        this(model, Prospect.UNKNOWN, steps, validations, List.of(), List.of(), stepsSeen, whole);
    }

    /** Returns the kept steps of which everything was read. */
    public List<Step> fullSteps() {
        return steps.stream().filter(Step::full).toList();
    }
}
