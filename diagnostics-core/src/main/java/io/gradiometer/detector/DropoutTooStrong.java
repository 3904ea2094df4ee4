package io.gradiometer.detector;

import io.gradiometer.detector.Dropouts.Place;
import io.gradiometer.finding.Fact;
import io.gradiometer.finding.Finding;
import io.gradiometer.finding.Numbers;
import io.gradiometer.finding.Remedy;
import io.gradiometer.finding.Severity;
import io.gradiometer.finding.Verdict;
import java.util.List;

/** Finds dropout that keeps so little that a network cannot learn what a simple model learns from the same examples. */
@DetectorInfo(
        id = "dropout-too-strong",
        summary = "Dropout that keeps too little to learn from",
        severity = Severity.ERROR,
        needs = {Signal.LOSS, Signal.SKILL, Signal.YARDSTICK},
        speaksFrom = 10)
final class DropoutTooStrong extends CauseDetector {

    private final Limits limits;

    DropoutTooStrong(Limits limits) {
        super("loss-not-decreasing", "class-collapse", "ignores-input", "slow-convergence", "loss-oscillating");
        this.limits = limits;
    }

    /**
     * @param kept by one layer at least: Srivastava et al. (2014) find the error flat where units are kept with a probability of
     *     0.4 to 0.8, and rising below
     * @param share of the example, at least, in what reaches the output through all dropout: each that keeps p leaves p of it, the
     *     rest being chance
     */
    record Limits(double kept, double share) {
        static final Limits DEFAULT = new Limits(0.4, 0.05);
    }

    @Override
    Verdict judge(Course course, List<Finding> symptoms) {
        Dropouts dropouts = Dropouts.of(course.model());
        List<Place> places = dropouts.places();
        if (places.isEmpty()) {
            return new Verdict.NotApplicable("no layer drops anything");
        }
        Place strongest = dropouts.strongest().orElseThrow();
        if (!learnsTooLittle(course)) {
            return new Verdict.Clear(course.steps());
        } else if (strongest.kept() < limits.kept) {
            return Verdict.Found.one(ofOne(course, gravest(symptoms), places, strongest));
        }
        return dropouts.inARow() && dropouts.share() < limits.share
                ? Verdict.Found.one(ofAll(course, gravest(symptoms), places, dropouts.share()))
                : new Verdict.Clear(course.steps());
    }

    /** Where nothing can be learned, dropout is not to blame. */
    private static boolean learnsTooLittle(Course course) {
        return course.yardstick().isKnown()
                ? course.endsFarBelowYardstick()
                : course.outcome().learnedNothing();
    }

    private Finding ofOne(Course course, Severity severity, List<Place> places, Place strongest) {
        List<String> names = places.stream()
                .filter(place -> place.kept() < limits.kept)
                .map(place -> place.layer().name())
                .distinct()
                .toList();
        double kept = strongest.kept();
        Finding.Builder finding = Finding.of(
                        "dropout-too-strong",
                        severity,
                        strongest.dropout().type() + " in '" + strongest.layer().name() + "' keeps no more than "
                                + Numbers.percent(kept) + " (limit " + Numbers.percent(limits.kept) + "); "
                                + Harm.words(course) + ".")
                .layers(names)
                .fact(Fact.of(
                        "probability to keep a value in '" + strongest.layer().name() + "'", kept, limits.kept));
        if (!strongest.dropout().type().startsWith("Gaussian")) {
            finding.evidence("the number is the probability to keep a value, not to drop one: " + Numbers.format(kept)
                    + " drops " + Numbers.percent(1 - kept));
        }
        return finished(
                finding, course, Remedies.weakerDropout(strongest.dropout().type(), kept, 1 - kept));
    }

    private Finding ofAll(Course course, Severity severity, List<Place> places, double share) {
        double kept = Math.pow(0.5, 1.0 / places.size());
        Place first = places.get(0);
        Finding.Builder finding = Finding.of(
                        "dropout-too-strong",
                        severity,
                        "Dropout in " + places.size() + " places leaves the example "
                                + Numbers.percent(share) + " of what reaches the output (limit "
                                + Numbers.percent(limits.share) + "), and the rest to chance; " + Harm.words(course)
                                + ".")
                .layers(places.stream()
                        .map(place -> place.layer().name())
                        .distinct()
                        .toList())
                .fact(Fact.of("share of the example behind all dropout", share, limits.share));
        return finished(finding, course, Remedies.weakerDropout(first.dropout().type(), first.kept(), kept));
    }

    private static Finding finished(Finding.Builder finding, Course course, Remedy remedy) {
        finding.seen(course.firstIteration(), course.lastIteration(), course.lastIteration())
                .confidence(0.8);
        Harm.addFacts(finding, course);
        return finding.remedy(remedy).build();
    }
}
