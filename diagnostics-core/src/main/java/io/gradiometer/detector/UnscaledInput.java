package io.gradiometer.detector;

import io.gradiometer.finding.Fact;
import io.gradiometer.finding.Finding;
import io.gradiometer.finding.Numbers;
import io.gradiometer.finding.Severity;
import io.gradiometer.finding.Verdict;
import java.util.List;

/** Finds inputs far from what initialisations assume, where the network suffers. */
@DetectorInfo(
        id = "unscaled-input",
        summary = "Inputs whose columns are far from the size that networks start out for",
        severity = Severity.ERROR,
        needs = {Signal.INPUTS, Signal.LOSS, Signal.SKILL},
        speaksFrom = 1)
final class UnscaledInput extends CauseDetector {

    private final Limits limits;

    UnscaledInput(Limits limits) {
        super(
                "class-collapse",
                "dead-units",
                "exploding-gradient",
                "ignores-input",
                "loss-diverging",
                "loss-not-decreasing",
                "loss-oscillating",
                "non-finite",
                "saturated-units",
                "slow-convergence",
                "vanishing-gradient");
        this.limits = limits;
    }

    /**
     * @param rms of the largest column; initialisations assume about 1, and an order of magnitude drives any first layer
     * @param spreadRatio of the largest over the smallest column, whose square is the ratio of curvatures that one learning rate
     *     has to serve
     * @param offset of a column's mean over its deviation, which makes all inputs look alike
     */
    record Limits(double rms, double spreadRatio, double offset) {
        static final Limits DEFAULT = new Limits(Inputs.LARGE, 100, 10);
    }

    @Override
    Verdict judge(Course course, List<Finding> symptoms) {
        Inputs inputs = Inputs.of(course.data());
        if (inputs.columns() == 0) {
            return new Verdict.Inconclusive("inputs that could be described");
        }
        boolean large = inputs.rms() > limits.rms;
        boolean uneven = inputs.spreadRatio() > limits.spreadRatio;
        boolean offset = inputs.offset() > limits.offset;
        if (!(large || uneven || offset)) {
            return new Verdict.Clear(course.steps());
        }
        Finding.Builder finding = Finding.of(
                        "unscaled-input",
                        severity(course, symptoms),
                        "The inputs are not scaled: " + words(inputs, large, uneven) + "; " + Harm.words(course) + ".")
                .layers(
                        course.layers().isEmpty()
                                ? List.of()
                                : List.of(course.layers().get(0).name()))
                .seen(course.firstIteration(), course.lastIteration(), course.firstIteration())
                .confidence(confidence(inputs))
                .fact(Fact.of("root mean square of the largest column", inputs.rms(), limits.rms))
                .fact(Fact.of("largest over smallest deviation", inputs.spreadRatio(), limits.spreadRatio))
                .fact(Fact.of("mean over deviation, at most", inputs.offset(), limits.offset));
        Harm.addFacts(finding, course);
        return Verdict.Found.one(
                finding.remedy(Advice.standardizeInput(inputs.rms())).build());
    }

    /** Grows with each decade beyond what is usual. */
    private double confidence(Inputs inputs) {
        double decades = Math.max(
                Math.log10(inputs.rms() / limits.rms),
                Math.max(
                        Math.log10(inputs.spreadRatio() / limits.spreadRatio),
                        Math.log10(inputs.offset() / limits.offset)));
        return Math.min(0.95, 0.75 + 0.1 * Math.max(0, decades));
    }

    private Severity severity(Course course, List<Finding> symptoms) {
        boolean suffers = course.isPoor() || gravest(symptoms) != Severity.INFO;
        return suffers ? Harm.severity(course) : Severity.INFO;
    }

    private static String words(Inputs inputs, boolean large, boolean uneven) {
        String size = "the largest column has a root mean square of " + Numbers.format(inputs.rms());
        if (uneven) {
            return size + ", and columns differ by a factor of " + Numbers.format(inputs.spreadRatio());
        }
        return large
                ? size
                : "a column lies " + Numbers.format(inputs.offset()) + " times its own deviation away from 0";
    }
}
