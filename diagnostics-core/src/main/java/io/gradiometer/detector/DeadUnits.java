package io.gradiometer.detector;

import io.gradiometer.finding.Fact;
import io.gradiometer.finding.Finding;
import io.gradiometer.finding.Numbers;
import io.gradiometer.finding.Severity;
import io.gradiometer.finding.Verdict;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds rectified layers most of whose units give 0 for every example, so that no gradient reaches them any more. A third of dead
 * units in a network that learns is no disease.
 */
@DetectorInfo(
        id = "dead-units",
        summary = "Rectified units that give 0 for every example and so never learn again",
        severity = Severity.ERROR,
        needs = {Signal.ACTIVATIONS, Signal.LOSS, Signal.SKILL},
        speaksFrom = 1)
final class DeadUnits extends CourseDetector {

    private final Limits limits;

    DeadUnits(Limits limits) {
        this.limits = limits;
    }

    /**
     * @param share of a layer's units that must be dead: half of its capacity, SageMaker Debugger's limit, too
     * @param all share of a layer from which on hardly anything passes it
     * @param minRows without activity before a unit counts as dead: fewer than 3 in 1000 then, at a confidence of 95 %
     * @param minRowsOfAll the same for a layer without a single active unit, where one row already holds many values
     */
    record Limits(double share, double all, int minRows, int minRowsOfAll) {
        static final Limits DEFAULT = new Limits(0.5, 0.95, 1000, 64);
    }

    @Override
    Verdict judge(Course course, List<Finding> symptoms) {
        List<ActivityTrack> rectified =
                course.activity().stream().filter(ActivityTrack::rectifies).toList();
        if (rectified.isEmpty()) {
            return new Verdict.NotApplicable("no layer has units that can switch off");
        }
        List<ActivityTrack> dead = new ArrayList<>();
        boolean anySeen = false;
        int missing = 0;
        for (ActivityTrack layer : rectified) {
            anySeen |= layer.deadRows() >= limits.minRowsOfAll;
            if (layer.deadShare() >= limits.share && layer.deadRows() >= rowsNeeded(layer)) {
                dead.add(layer);
            } else if (layer.deadShare() >= limits.share) {
                missing = Math.max(missing, rowsNeeded(layer));
            }
        }
        if (!dead.isEmpty()) {
            return Verdict.Found.one(finding(course, dead));
        } else if (missing > 0 || !anySeen) {
            return new Verdict.Inconclusive(
                    "activations of " + Math.max(missing, limits.minRowsOfAll) + " rows or more");
        }
        return new Verdict.Clear(course.steps());
    }

    private int rowsNeeded(ActivityTrack layer) {
        return layer.deadShare() >= limits.all ? limits.minRowsOfAll : limits.minRows;
    }

    private Finding finding(Course course, List<ActivityTrack> dead) {
        ActivityTrack worst = dead.get(0);
        for (ActivityTrack layer : dead) {
            worst = layer.deadShare() > worst.deadShare() ? layer : worst;
        }
        Finding.Builder finding = Finding.of(
                        "dead-units",
                        Harm.severity(course),
                        Numbers.format(100 * worst.deadShare()) + " % of the " + worst.units() + " units of '"
                                + worst.name() + "' gave 0 for each of the last " + worst.deadRows() + " rows"
                                + more(dead.size() - 1)
                                + "; " + Harm.words(course) + ".")
                .layers(dead.stream().map(ActivityTrack::name).toList())
                .seen(course.firstIteration(), course.lastIteration(), worst.lastIteration())
                .confidence(worst.deadShare() >= limits.all ? 0.98 : 0.9)
                .fact(Fact.of("share of dead units in '" + worst.name() + "'", worst.deadShare(), limits.share))
                .fact(Fact.of("rows that it rests on", worst.deadRows(), rowsNeeded(worst)));
        Harm.addFacts(finding, course);
        explain(finding, course, dead);
        List<String> hidden = dead.stream()
                .filter(layer -> !layer.view.isOutput())
                .map(ActivityTrack::name)
                .toList();
        if (!hidden.isEmpty()) {
            finding.remedy(Advice.leakyRectifiers(hidden));
        }
        return finding.build();
    }

    private static String more(int others) {
        return others == 0
                ? ""
                : ", and " + others + (others == 1 ? " more layer is" : " more layers are") + " like it";
    }

    private static void explain(Finding.Builder finding, Course course, List<ActivityTrack> dead) {
        List<LayerTrack> layers = course.layers();
        LayerTrack jump = layers.stream()
                .filter(layer -> layer.peakRatio() > LayerTrack.LONG)
                .max((a, b) -> Double.compare(a.peakRatio(), b.peakRatio()))
                .orElse(null);
        dead.stream().filter(layer -> layer.view.isOutput()).forEach(output -> finding.evidence("'" + output.name()
                        + "' is the output layer: where its " + output.activation()
                        + " gives 0, no error passes back at all")
                .remedy(Advice.linearOutput(output.name(), output.activation())));
        if (jump != null) {
            finding.evidence("'" + jump.name() + "' moved by " + Numbers.format(jump.peakRatio())
                    + " of its weights in iteration " + jump.peakIteration() + ", which can push units out of reach");
            StepAdvice.remedies(layers, Growth.NONE).forEach(finding::remedy);
        } else {
            finding.ruledOut("steps too long: no layer moved by more than a tenth of its weights at once");
        }
    }
}
