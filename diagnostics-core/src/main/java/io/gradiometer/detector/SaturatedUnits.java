package io.gradiometer.detector;

import io.gradiometer.finding.Fact;
import io.gradiometer.finding.Finding;
import io.gradiometer.finding.Numbers;
import io.gradiometer.finding.Severity;
import io.gradiometer.finding.Verdict;
import java.util.List;
import java.util.Locale;

/**
 * Finds layers whose squashing activation sits in its flat ends, where the error hardly passes. Output layers that classify may:
 * there it is how sure they are.
 */
@DetectorInfo(
        id = "saturated-units",
        summary = "Squashing activations at their flat ends, which hardly pass the error on",
        severity = Severity.ERROR,
        needs = {Signal.ACTIVATIONS, Signal.LOSS, Signal.SKILL},
        speaksFrom = 1)
final class SaturatedUnits extends CourseDetector {

    private final Limits limits;

    SaturatedUnits(Limits limits) {
        this.limits = limits;
    }

    /**
     * @param share of a layer's values that must lie where the derivative is below a hundredth of its largest
     * @param minReadings of the layer
     */
    record Limits(double share, int minReadings) {
        static final Limits DEFAULT = new Limits(0.75, 3);
    }

    @Override
    Verdict judge(Course course, List<Finding> symptoms) {
        List<ActivityTrack> squashing = course.activity().stream()
                .filter(ActivityTrack::squashes)
                .filter(layer -> !isClassifier(layer))
                .toList();
        if (squashing.isEmpty()) {
            return new Verdict.NotApplicable("no layer but classifying outputs levels off");
        } else if (squashing.stream().noneMatch(layer -> layer.readings() >= limits.minReadings)) {
            return new Verdict.Inconclusive("activations of " + limits.minReadings + " iterations");
        }
        List<ActivityTrack> saturated = squashing.stream()
                .filter(layer -> layer.readings() >= limits.minReadings && layer.flat() >= limits.share)
                .toList();
        return saturated.isEmpty() ? new Verdict.Clear(course.steps()) : Verdict.Found.one(finding(course, saturated));
    }

    private static boolean isClassifier(ActivityTrack layer) {
        String loss = layer.view.loss();
        return loss != null && (loss.toUpperCase(Locale.ROOT).contains("XENT") || loss.contains("Likelihood"));
    }

    private Finding finding(Course course, List<ActivityTrack> saturated) {
        ActivityTrack worst = saturated.get(0);
        for (ActivityTrack layer : saturated) {
            worst = layer.flat() > worst.flat() ? layer : worst;
        }
        Finding.Builder finding = Finding.of(
                        "saturated-units",
                        Harm.severity(course),
                        Numbers.format(100 * worst.flat()) + " % of what '" + worst.name() + "' gives lies where its "
                                + worst.activation() + " is flat"
                                + (worst.flatSince() < 0 ? "" : " since iteration " + worst.flatSince()) + "; "
                                + Harm.words(course) + ".")
                .layers(saturated.stream().map(ActivityTrack::name).toList())
                .seen(
                        Math.max(course.firstIteration(), worst.flatSince()),
                        course.lastIteration(),
                        worst.lastIteration())
                .confidence(0.95)
                .fact(Fact.of("share of flat values in '" + worst.name() + "'", worst.flat(), limits.share));
        Harm.addFacts(finding, course);
        double rms = course.data().firstFeatures().rms();
        if (course.data().firstFeatures().isRead() && rms > Inputs.LARGE) {
            finding.evidence("the inputs have a root mean square of " + Numbers.format(rms)
                            + ", which drives the first layer to its ends")
                    .remedy(Advice.standardizeInput(rms));
        }
        return finding.remedy(Remedies.rectifier(worst)).build();
    }
}
