package io.gradiometer;

import io.gradiometer.signal.ModelView;
import io.gradiometer.signal.Validation;
import io.gradiometer.signal.Yardstick;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** Builds a run of healthy steps, changed where the test says so; later changes win. */
public final class RunBuilder {

    private final ModelView model;
    private final List<Consumer<StepBuilder>> changes = new ArrayList<>();
    private int steps = 50;
    private Yardstick yardstick = Yardstick.UNKNOWN;
    private final List<Validation> validations = new ArrayList<>();

    RunBuilder(ModelView model) {
        this.model = model;
    }

    /** Sets how many steps the run has: 50 if nothing is said. */
    public RunBuilder steps(int count) {
        steps = count;
        return this;
    }

    /** Says what a simple model reaches on 500 examples of the run, each seen ten times. */
    public RunBuilder yardstick(double skill) {
        return yardstick(new Yardstick(500, skill, skill, 10, false));
    }

    /** Says what simple models made of the examples; nothing is known of them if nothing is said. */
    public RunBuilder yardstick(Yardstick value) {
        yardstick = value;
        return this;
    }

    /** Hands in a validation score after an iteration. */
    public RunBuilder validation(int iteration, double score) {
        validations.add(new Validation(iteration, score));
        return this;
    }

    /** Changes every step; {@link StepBuilder#iteration()} tells which one it is. */
    public RunBuilder each(Consumer<StepBuilder> change) {
        changes.add(change);
        return this;
    }

    /** Changes one step. */
    public RunBuilder at(int iteration, Consumer<StepBuilder> change) {
        return each(step -> {
            if (step.iteration() == iteration) {
                change.accept(step);
            }
        });
    }

    /** Changes one step and all that follow it. */
    public RunBuilder from(int iteration, Consumer<StepBuilder> change) {
        return each(step -> {
            if (step.iteration() >= iteration) {
                change.accept(step);
            }
        });
    }

    /** Builds the run. */
    public Run build() {
        return new Run(
                model,
                IntStream.range(0, steps)
                        .mapToObj(iteration -> {
                            StepBuilder step = new StepBuilder(model, iteration);
                            changes.forEach(change -> change.accept(step));
                            return step.build();
                        })
                        .toList(),
                yardstick,
                validations);
    }
}
