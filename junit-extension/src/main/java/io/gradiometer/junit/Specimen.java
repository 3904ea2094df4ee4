package io.gradiometer.junit;

import io.gradiometer.signal.ModelView;
import io.gradiometer.signal.Step;
import io.gradiometer.trace.Trace;
import io.gradiometer.trace.TraceRecorder;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A run on which a detector is tried.
 *
 * @param name in words
 * @param model the network
 * @param steps in order
 * @param hasUnits whether loss and gradients can be counted in other units: not where they are near the end of what can be counted
 */
record Specimen(String name, ModelView model, List<Step> steps, boolean hasUnits) {

    private static final int STEPS = 120;
    private static final int CYCLE = 500;

    /** Exact in binary, so that nothing is rounded. */
    private static final double OTHER_UNIT = 8;

    Specimen {
        steps = List.copyOf(steps);
    }

    /** Returns networks of several shapes in every mood. */
    static Stream<Specimen> all() {
        return Stream.of(SpecimenModel.values())
                .flatMap(model -> Stream.of(Mood.values()).map(mood -> of(model, mood, STEPS)));
    }

    /** Returns a run in which something happens now and then. */
    static Specimen restless() {
        return of(SpecimenModel.STACK, Mood.RESTLESS, CYCLE);
    }

    static Specimen recorded(Trace trace) {
        return new Specimen("a recorded run", trace.model(), trace.steps(), true);
    }

    private static Specimen of(SpecimenModel model, Mood mood, int count) {
        ModelView view = model.view();
        return new Specimen(
                model + " that " + mood,
                view,
                IntStream.range(0, count)
                        .mapToObj(iteration -> SpecimenStep.of(view, mood, iteration))
                        .toList(),
                mood.hasUnits());
    }

    /** Returns what a trace gives back of it. */
    Specimen replayed() {
        TraceRecorder recorder = new TraceRecorder(model);
        steps.forEach(recorder::keep);
        return new Specimen(name + ", replayed", model, recorder.trace().steps(), hasUnits);
    }

    Specimen inOtherUnits() {
        return new Specimen(
                name + ", in other units",
                model,
                steps.stream()
                        .map(step -> SpecimenStep.scaled(step, OTHER_UNIT))
                        .toList(),
                hasUnits);
    }

    @Override
    public String toString() {
        return name;
    }
}
