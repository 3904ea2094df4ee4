package io.gradiometer.detector;

import io.gradiometer.finding.Fact;
import io.gradiometer.finding.Finding;
import io.gradiometer.finding.Numbers;
import io.gradiometer.finding.Severity;
import io.gradiometer.finding.Verdict;
import java.util.List;

/** Finds networks that answer the same whatever they are shown, while the labels differ. */
@DetectorInfo(
        id = "ignores-input",
        summary = "A network whose answers do not depend on its input",
        severity = Severity.ERROR,
        needs = {Signal.ACTIVATIONS, Signal.LABELS, Signal.LOSS, Signal.SKILL},
        speaksFrom = 1)
final class IgnoresInput extends CourseDetector {

    private final Limits limits;

    IgnoresInput(Limits limits) {
        this.limits = limits;
    }

    /**
     * @param spread of the answers over the spread of the labels below which they count as one answer
     * @param minReadings of the answers
     * @param minSteps before one answer is more than a first guess
     */
    record Limits(double spread, int minReadings, int minSteps) {
        static final Limits DEFAULT = new Limits(1e-3, 3, 20);
    }

    @Override
    Phase phase() {
        return Phase.CONSEQUENCES;
    }

    @Override
    Verdict judge(Course course, List<Finding> symptoms) {
        List<ActivityTrack> outputs = course.outputs();
        double labels = Math.sqrt(course.data().labels().stream()
                .mapToDouble(column -> column.deviation() * column.deviation())
                .average()
                .orElse(0));
        if (outputs.size() != 1 || labels == 0) {
            return new Verdict.NotApplicable("no single output whose labels differ");
        }
        ActivityTrack output = outputs.get(0);
        if (output.readings() < limits.minReadings || course.steps() < limits.minSteps) {
            return new Verdict.Inconclusive(limits.minReadings + " readings of its answers after " + limits.minSteps
                    + " iterations (" + output.readings() + " and " + course.steps() + " seen)");
        }
        double spread = output.spread() / labels;
        if (!(spread < limits.spread)) {
            return new Verdict.Clear(course.steps());
        }
        // One answer for all is how a loss that stands still, dead units or one class show themselves, too.
        boolean saidAlready = symptoms.stream().anyMatch(s -> s.severity() != Severity.INFO);
        Finding.Builder finding = Finding.of(
                        "ignores-input",
                        saidAlready ? Severity.INFO : Harm.severity(course),
                        "What '" + output.name() + "' answers differs from row to row by "
                                + Numbers.format(output.spread()) + ", where labels differ by "
                                + Numbers.format(labels) + ": the input makes no difference; "
                                + Harm.words(course) + ".")
                .layers(List.of(output.name()))
                .seen(course.firstIteration(), course.lastIteration(), course.lastIteration())
                .confidence(0.97)
                .fact(Fact.of("spread of the answers over that of the labels", spread, limits.spread));
        Harm.addFacts(finding, course);
        return Verdict.Found.one(finding.remedy(Advice.overfitOneBatch()).build());
    }
}
