package io.gradiometer;

import io.gradiometer.signal.ModelView;
import io.gradiometer.signal.Step;
import java.util.List;
import java.util.function.Consumer;

/** A network and the steps it took, as a detector sees them. */
public record Run(ModelView model, List<Step> steps) {

    public Run {
        steps = List.copyOf(steps);
    }

    /** Hands the run to a fold: {@code run.feed(detector::start, detector::step)}. */
    public void feed(Consumer<ModelView> start, Consumer<Step> step) {
        start.accept(model);
        steps.forEach(step);
    }
}
