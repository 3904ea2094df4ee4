package io.gradiometer.detector;

import io.gradiometer.finding.Fact;
import io.gradiometer.finding.Finding;
import io.gradiometer.finding.Numbers;
import io.gradiometer.finding.Severity;
import io.gradiometer.finding.Verdict;
import java.util.List;

/** Finds single gradients that stand far above all around them and were gone again. */
@DetectorInfo(
        id = "gradient-spike",
        summary = "A single gradient far above those around it",
        severity = Severity.INFO,
        needs = {Signal.GRADIENTS, Signal.LOSS},
        speaksFrom = 33)
final class GradientSpike extends CourseDetector {

    private final Limits limits;

    GradientSpike(Limits limits) {
        this.limits = limits;
    }

    /**
     * @param times the median that a gradient must exceed, 10 at the least; ZClip and AutoClip cut off far below
     * @param share of the run at most, for what happens often is no spike
     */
    record Limits(double times, double share) {
        static final Limits DEFAULT = new Limits(20, 0.02);
    }

    @Override
    Verdict judge(Course course, List<Finding> symptoms) {
        Spikes spikes = course.spikes();
        if (!spikes.compared()) {
            return new Verdict.Inconclusive("33 gradients of biases, normalisations or output layer that are not 0");
        }
        boolean rare = spikes.count() <= Math.max(1, limits.share * course.steps());
        if (!(spikes.largestRatio() > limits.times && rare)) {
            return new Verdict.Clear(course.steps());
        }
        // Layers are clipped by all of their gradient, of which the biases may be a small part.
        double usual = course.layers().stream()
                .mapToDouble(LayerTrack::usualNorm)
                .filter(norm -> norm > 0)
                .max()
                .orElse(spikes.usual());
        return Verdict.Found.one(Finding.of(
                        "gradient-spike",
                        Severity.INFO,
                        "In iteration " + spikes.iteration()
                                + " the gradient of biases, normalisations and output layer was "
                                + Numbers.format(spikes.largestRatio()) + " times as large as usual before it; "
                                + Harm.words(course) + ".")
                .seen(spikes.iteration(), spikes.iteration(), spikes.iteration())
                .confidence(0.8)
                .fact(Fact.of("gradient over the median before it", spikes.largestRatio(), limits.times))
                .remedy(Advice.clipping(
                        Advice.roundDown(5 * usual),
                        "five times the largest usual norm; look at the batch of iteration " + spikes.iteration()
                                + ", too"))
                .build());
    }
}
