package io.gradiometer.detector;

import io.gradiometer.finding.Fact;
import io.gradiometer.finding.Finding;
import io.gradiometer.finding.Numbers;
import io.gradiometer.finding.Severity;
import io.gradiometer.finding.Verdict;
import java.util.List;

/** Finds layers that one learning rate moves at paces decades apart, which an adaptive updater would level. */
@DetectorInfo(
        id = "updater-unsuited",
        summary = "One learning rate that moves layers at paces decades apart",
        severity = Severity.INFO,
        needs = {Signal.UPDATES, Signal.PARAMETERS, Signal.LOSS, Signal.SKILL},
        speaksFrom = 10)
final class UpdaterUnsuited extends CauseDetector {

    private final Limits limits;

    UpdaterUnsuited(Limits limits) {
        super("slow-convergence", "vanishing-gradient", "loss-not-decreasing");
        this.limits = limits;
    }

    /**
     * @param decades between the fastest and the slowest layer
     */
    record Limits(double decades) {
        static final Limits DEFAULT = new Limits(2);
    }

    @Override
    Verdict judge(Course course, List<Finding> symptoms) {
        List<LayerTrack> moving = course.layers().stream()
                .filter(layer -> layer.usualRatio() > 0 && !layer.view.updater().adaptive())
                .toList();
        if (moving.size() < 2) {
            return new Verdict.NotApplicable("fewer than two layers that a plain updater moves");
        }
        LayerTrack fastest = moving.get(0);
        LayerTrack slowest = moving.get(0);
        for (LayerTrack layer : moving) {
            fastest = layer.usualRatio() > fastest.usualRatio() ? layer : fastest;
            slowest = layer.usualRatio() < slowest.usualRatio() ? layer : slowest;
        }
        double decades = Math.log10(fastest.usualRatio() / slowest.usualRatio());
        if (!(decades > limits.decades && course.isPoor())) {
            return new Verdict.Clear(course.steps());
        }
        Finding.Builder finding = Finding.of(
                        "updater-unsuited",
                        Severity.INFO,
                        "One learning rate moves '" + fastest.name() + "' by " + Numbers.format(fastest.usualRatio())
                                + " of its weights at a time and '" + slowest.name() + "' by "
                                + Numbers.format(slowest.usualRatio()) + "; " + Harm.words(course) + ".")
                .layers(List.of(slowest.name()))
                .seen(course.firstIteration(), course.lastIteration(), course.lastIteration())
                .confidence(0.5)
                .fact(Fact.of("decades between the paces of layers", decades, limits.decades));
        Harm.addFacts(finding, course);
        return Verdict.Found.one(
                finding.remedy(Remedies.adam(slowest.view.updater().name())).build());
    }
}
