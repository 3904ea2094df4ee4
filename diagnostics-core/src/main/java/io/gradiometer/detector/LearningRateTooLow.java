package io.gradiometer.detector;

import io.gradiometer.finding.Fact;
import io.gradiometer.finding.Finding;
import io.gradiometer.finding.Numbers;
import io.gradiometer.finding.Severity;
import io.gradiometer.finding.Verdict;
import java.util.Comparator;
import java.util.List;

/** Finds steps so short that a network which moves the right way does not get there. */
@DetectorInfo(
        id = "learning-rate-too-low",
        summary = "A learning rate whose steps are too short to get anywhere",
        severity = Severity.WARNING,
        needs = {Signal.UPDATES, Signal.PARAMETERS, Signal.LOSS, Signal.SKILL, Signal.YARDSTICK},
        speaksFrom = 3)
final class LearningRateTooLow extends CauseDetector {

    private final Limits limits;

    LearningRateTooLow(Limits limits) {
        super("slow-convergence", "loss-not-decreasing", "unchanged-weights", "class-collapse");
        this.limits = limits;
    }

    /**
     * @param gainRatio what the loss lost over what its gradients promised for the steps that were made: near 1 where steps are
     *     short, a half at the best length, 0 where they are too long; noise of minibatches lowers it
     * @param tiny update ratio of the fastest layer, at most, whose steps are too short whatever the loss does: where the customary
     *     range of 1e-4 to 1e-2 begins
     * @param sound update ratio to aim for
     * @param mostAtOnce factor by which the rate is raised at most
     * @param minPasses over the data: a short test is no slow training
     */
    record Limits(double gainRatio, double tiny, double sound, double mostAtOnce, int minPasses) {
        static final Limits DEFAULT = new Limits(0.5, 1e-4, 3e-3, 30, 3);
    }

    @Override
    Verdict judge(Course course, List<Finding> symptoms) {
        if (!course.isPoor()) {
            return new Verdict.Clear(course.steps());
        }
        LayerTrack fastest = course.layers().stream()
                .filter(layer -> Double.isFinite(layer.usualRatio()) && layer.moved())
                .max(Comparator.comparingDouble(LayerTrack::usualRatio))
                .orElse(null);
        if (fastest == null || course.passes().passes() < limits.minPasses) {
            return new Verdict.Inconclusive("steps that are known, in " + limits.minPasses + " passes over the data");
        }
        double rate = fastest.view.updater().learningRate();
        if (Double.isNaN(rate)) {
            return new Verdict.NotApplicable("the updater of '" + fastest.name() + "' has no learning rate");
        }
        Progress late = Progress.of(course.outcome());
        boolean rises = late.rise() > 0;
        double gainRatio = course.gain().ratio();
        boolean otherwiseIll = symptoms.stream().anyMatch(s -> s.severity() != Severity.INFO && !explains(s.id()));
        boolean keepsPromise = rises && gainRatio > limits.gainRatio;
        // So short that neither a rise nor a promise can be told from noise.
        boolean hardlyMoves = fastest.usualRatio() < limits.tiny;
        if (otherwiseIll || !course.isUnfinished() || !(keepsPromise || hardlyMoves)) {
            return new Verdict.Clear(course.steps());
        } else if (!keepsPromise) {
            return Verdict.Found.one(tinySteps(course, fastest, rate));
        }
        // On one curvature the ratio is 1 - rate / (2 · best rate).
        double factor = Math.min(
                limits.mostAtOnce, Math.max(limits.sound / fastest.usualRatio(), 0.5 / Math.max(0.02, 1 - gainRatio)));
        Finding.Builder finding = Finding.of(
                        "learning-rate-too-low",
                        Severity.WARNING,
                        "Steps are too short (learning rate " + Numbers.format(rate) + "): the loss fell by "
                                + Numbers.format(100 * gainRatio) + " % of what its gradients promised for them, where"
                                + " steps of the best length get half, and the skill still rises; "
                                + Harm.words(course) + ".")
                .layers(List.of(fastest.name()))
                .seen(course.firstIteration(), course.lastIteration(), course.lastIteration())
                .confidence(isScaled(course) ? 0.9 : 0.6)
                .fact(Fact.of("gain over what gradients promised", gainRatio, limits.gainRatio))
                .fact(Fact.of("update ratio, usually", fastest.usualRatio()))
                .fact(Fact.of("skill gained over the last half", late.rise()));
        Harm.addFacts(finding, course);
        return Verdict.Found.one(finding.remedy(Remedies.raiseLearningRate(
                        fastest,
                        rate,
                        Advice.roundDown(rate * factor),
                        "a gain ratio of " + Numbers.format(gainRatio) + " leaves room for it"))
                .build());
    }

    private Finding tinySteps(Course course, LayerTrack fastest, double rate) {
        Finding.Builder finding = Finding.of(
                        "learning-rate-too-low",
                        Severity.WARNING,
                        "Steps are too short (learning rate " + Numbers.format(rate) + "): even '" + fastest.name()
                                + "' moves by no more than " + Numbers.format(fastest.usualRatio())
                                + " of its weights at a time, and nothing else keeps it; " + Harm.words(course) + ".")
                .layers(List.of(fastest.name()))
                .seen(course.firstIteration(), course.lastIteration(), course.lastIteration())
                .confidence(isScaled(course) ? 0.85 : 0.6)
                .fact(Fact.of("update ratio, usually", fastest.usualRatio(), limits.tiny));
        Harm.addFacts(finding, course);
        double factor = Math.min(limits.mostAtOnce, limits.sound / fastest.usualRatio());
        return finding.remedy(Remedies.raiseLearningRate(
                        fastest,
                        rate,
                        Advice.roundDown(rate * factor),
                        "the fastest layer's steps are " + Numbers.format(fastest.usualRatio())
                                + " of its weights; aim for " + Numbers.format(limits.sound)))
                .build();
    }

    /** Steps look short beside inputs or targets that are too large: then these come first. */
    private static boolean isScaled(Course course) {
        double targets = course.data().labels().stream()
                .mapToDouble(DataTrack.Column::rms)
                .max()
                .orElse(0);
        return Inputs.of(course.data()).rms() <= Inputs.LARGE && targets <= UnscaledTarget.Limits.DEFAULT.rms();
    }
}
