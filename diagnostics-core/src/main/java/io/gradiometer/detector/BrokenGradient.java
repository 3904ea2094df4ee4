package io.gradiometer.detector;

import io.gradiometer.finding.Fact;
import io.gradiometer.finding.Finding;
import io.gradiometer.finding.Numbers;
import io.gradiometer.finding.Severity;
import io.gradiometer.finding.Verdict;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.math3.stat.descriptive.moment.Mean;
import org.apache.commons.math3.stat.descriptive.moment.Variance;

/** Finds gradients that point the wrong way: the loss rises where they promise that it falls, and steps are not to blame. */
@DetectorInfo(
        id = "broken-gradient",
        summary = "A loss that rises where its gradients promise that it falls",
        severity = Severity.INFO,
        needs = {Signal.GRADIENTS, Signal.UPDATES, Signal.LOSS},
        speaksFrom = 20)
final class BrokenGradient extends CauseDetector {

    private static final int PARTS = 4;

    private static final double STANDARD_ERRORS = 3;

    private final Limits limits;

    BrokenGradient(Limits limits) {
        super("loss-diverging", "loss-not-decreasing", "exploding-gradient", "non-finite");
        this.limits = limits;
    }

    /**
     * @param opposite share of what gradients promised by which the loss rose instead
     * @param minSteps in a row of which everything was read
     * @param minPasses over the data: before, batches that come later may be the harder ones
     */
    record Limits(double opposite, int minSteps, int minPasses) {
        static final Limits DEFAULT = new Limits(0.25, 20, 3);
    }

    @Override
    Verdict judge(Course course, List<Finding> symptoms) {
        GainTrack gain = course.gain();
        if (Double.isFinite(course.penaltyShare())) {
            return new Verdict.NotApplicable("a penalty moves the weights as well");
        } else if (gain.steps() < limits.minSteps) {
            return new Verdict.Inconclusive(
                    limits.minSteps + " iterations in a row of which everything was read (" + gain.steps() + " seen)");
        } else if (Double.isNaN(gain.ratio())) {
            return new Verdict.Inconclusive("losses and gradients that are finite, and steps that are known");
        } else if (gain.ratio() > -limits.opposite) {
            return new Verdict.Clear(course.steps());
        } else if (course.passes().passes() < limits.minPasses) {
            return new Verdict.Inconclusive(limits.minPasses + " passes over the data ("
                    + course.passes().passes() + " seen): what comes later may be harder");
        } else if (!risesThroughout(gain.losses()) || mayStepOver(gain)) {
            return new Verdict.Inconclusive(
                    "a rise beyond the noise of batches, and too slow for steps that are too long");
        }
        return Verdict.Found.one(Finding.of(
                        "broken-gradient",
                        Severity.INFO,
                        "The loss rose by " + Numbers.format(-100 * gain.ratio())
                                + " % of what its gradients promised that it would fall, steadily, and far too slowly for"
                                + " steps that are too long: gradients point the wrong way; " + Harm.words(course)
                                + ".")
                .seen(course.firstIteration(), course.lastIteration(), course.lastIteration())
                .confidence(0.8)
                .fact(Fact.of("gain over what gradients promised", gain.ratio(), -limits.opposite))
                .fact(Fact.of("factor by which the loss grew", growth(gain.losses())))
                .remedy(Remedies.checkGradients())
                .build());
    }

    /** Tells whether each quarter of the losses is above the one before, and the last one above the first beyond all noise. */
    private static boolean risesThroughout(double[] losses) {
        double before = Double.NEGATIVE_INFINITY;
        for (int part = 0; part < PARTS; part++) {
            double here = mean(losses, part);
            if (!(here > before)) {
                return false;
            }
            before = here;
        }
        double noise = Math.sqrt(squaredError(losses, 0) + squaredError(losses, PARTS - 1));
        return mean(losses, PARTS - 1) - mean(losses, 0) > STANDARD_ERRORS * noise;
    }

    private static double squaredError(double[] losses, int part) {
        double[] values = part(losses, part);
        return new Variance().evaluate(values) / values.length;
    }

    /**
     * Tells whether too long a step explains the rise. On one curvature c, a rate η keeps the share ρ = 1 − η·c/2 of its promise and
     * multiplies the loss by (1 − η·c)² = (1 − 2ρ)² in each step. Half of that exponent is left for curvatures that differ.
     */
    private static boolean mayStepOver(GainTrack gain) {
        double grown = Math.log(growth(gain.losses()));
        return !(grown < gain.steps() * Math.log(1 - 2 * gain.ratio()));
    }

    private static double growth(double[] losses) {
        return mean(losses, PARTS - 1) / mean(losses, 0);
    }

    private static double mean(double[] losses, int part) {
        return new Mean().evaluate(part(losses, part));
    }

    private static double[] part(double[] losses, int part) {
        return Arrays.copyOfRange(losses, losses.length * part / PARTS, losses.length * (part + 1) / PARTS);
    }
}
