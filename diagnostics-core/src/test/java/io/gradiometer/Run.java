package io.gradiometer;

import io.gradiometer.signal.ModelView;
import io.gradiometer.signal.Step;
import io.gradiometer.signal.Validation;
import io.gradiometer.signal.Yardstick;
import java.util.List;
import java.util.function.Consumer;

/** A network, the steps it took, what simple models made of its examples, and validation scores, as a detector sees them. */
public record Run(ModelView model, List<Step> steps, Yardstick yardstick, List<Validation> validations) {

    public Run {
        steps = List.copyOf(steps);
        validations = List.copyOf(validations);
    }

    /** Hands the run to a fold: {@code run.feed(detector::start, detector::step)}. */
    public void feed(Consumer<ModelView> start, Consumer<Step> step) {
        start.accept(model);
        steps.forEach(step);
    }
}
