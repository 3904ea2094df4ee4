package io.gradiometer.detector;

import io.gradiometer.finding.Fact;
import io.gradiometer.finding.Finding;
import io.gradiometer.finding.Numbers;
import io.gradiometer.finding.Severity;
import io.gradiometer.finding.Verdict;
import java.util.List;

/** Finds clipping that is configured, and held nothing back when gradients exploded. */
@DetectorInfo(
        id = "clipping-ineffective",
        summary = "Clipping whose threshold is above all that it should hold back",
        severity = Severity.ERROR,
        needs = {Signal.GRADIENTS, Signal.UPDATES, Signal.LOSS, Signal.SKILL},
        speaksFrom = 3)
final class ClippingIneffective extends CauseDetector {

    ClippingIneffective(Limits limits) {
        super("exploding-gradient", "gradient-spike", "loss-diverging", "loss-oscillating", "non-finite");
    }

    /** Nothing to set: the threshold that was never reached is the user's own. */
    record Limits() {
        static final Limits DEFAULT = new Limits();
    }

    @Override
    Verdict judge(Course course, List<Finding> symptoms) {
        List<LayerTrack> clipped = course.layers().stream()
                .filter(layer -> layer.view.updater().clips())
                .toList();
        if (clipped.isEmpty()) {
            return new Verdict.NotApplicable("no clipping is configured");
        }
        List<LayerTrack> idle =
                clipped.stream().filter(LayerTrack::clippingLetLongStepPass).toList();
        boolean explodes = symptoms.stream().anyMatch(s -> explains(s.id()) && s.severity() != Severity.INFO);
        if (idle.isEmpty() || !explodes) {
            return new Verdict.Clear(course.steps());
        }
        LayerTrack first = idle.get(0);
        String part = first.clipsElements() ? "element" : "norm";
        boolean never = first.clippingNeverTookEffect();
        double tooSmall = never ? first.largestToClip() : first.firstLongToClip();
        Finding.Builder finding = Finding.of(
                        "clipping-ineffective",
                        Harm.severity(course),
                        first.view.updater().clipping() + " at "
                                + Numbers.format(first.view.updater().clippingThreshold())
                                + (never ? " never took effect in " : " took effect too late in ") + Advice.names(idle)
                                + ": the largest " + part + " of a mean gradient was " + Numbers.format(tooSmall)
                                + (never ? "" : " when the first step of more than a tenth of the weights was made")
                                + "; " + Harm.words(course) + ".")
                .layers(idle.stream().map(LayerTrack::name).toList())
                .seen(course.firstIteration(), course.lastIteration(), first.firstLongIteration())
                .confidence(0.8)
                .fact(Fact.of(
                        "largest " + part + " of the gradient",
                        tooSmall,
                        first.view.updater().clippingThreshold()))
                .fact(Fact.of("update ratio, at most", first.peakRatio(), LayerTrack.LONG));
        Harm.addFacts(finding, course);
        StepAdvice.remedies(course.layers(), Growth.NONE).forEach(finding::remedy);
        return Verdict.Found.one(finding.remedy(Advice.overfitOneBatch()).build());
    }
}
