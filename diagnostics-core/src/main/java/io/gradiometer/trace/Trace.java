package io.gradiometer.trace;

import io.gradiometer.signal.ModelView;
import io.gradiometer.signal.Step;
import io.gradiometer.signal.Validation;
import java.util.List;
import org.apiguardian.api.API;

/**
 * What was kept of a run: enough to draw it and to examine it again.
 *
 * @param model the network
 * @param steps the first ones whole, later ones thinned evenly, the last always there
 * @param validations scores that the user handed in
 * @param stepsSeen how many steps there were in all
 * @param whole whether nothing was lost: false where a file ends before its end mark
 */
@API(status = API.Status.EXPERIMENTAL)
public record Trace(ModelView model, List<Step> steps, List<Validation> validations, long stepsSeen, boolean whole) {

    public Trace {
        steps = List.copyOf(steps);
        validations = List.copyOf(validations);
    }
}
