package io.gradiometer.dl4j;

import io.gradiometer.dl4j.GradientCheck.Slope;
import io.gradiometer.finding.Fact;
import io.gradiometer.finding.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Finds the layer at fault from which slopes are wrong and which are right.
 *
 * <p>A layer that computes its own gradient wrongly spoils nothing else; one that passes back a wrong error spoils every layer
 * before it. So the fault lies in the last layer with a wrong gradient, or, if everything up to there is wrong, perhaps in what
 * stands directly behind it.
 */
final class GradientReport {

    private final Specimen specimen;
    private final List<Slope> slopes;
    private final List<Fact> identities;

    GradientReport(Specimen specimen, List<Slope> slopes, List<Fact> identities) {
        this.specimen = specimen;
        this.slopes = slopes;
        this.identities = identities;
    }

    CheckResult result() {
        List<Slope> wrong = slopes.stream().filter(Slope::isWrong).toList();
        if (!wrong.isEmpty()) {
            return wrong(wrong);
        }
        List<Slope> right = slopes.stream().filter(Slope::isRight).toList();
        if (right.isEmpty()) {
            return CheckResult.failed(
                    GradientCheck.NAME,
                    "No parameter's gradient is large enough to be told from rounding, so none could be checked.",
                    List.of(Fact.of("parameters", slopes.size())),
                    List.of(
                            "assertThat(network).dependsOnInput(batch): the output may not depend on the parameters",
                            "a batch on which the network is not yet perfect"));
        } else if (!identities.isEmpty()) {
            return CheckResult.failed(
                    GradientCheck.NAME,
                    "The slopes of the loss agree with the gradient, but an identity that holds exactly does not.",
                    identities,
                    List.of("the backpropGradient or computeGradient of the layers named"));
        }
        double worst = right.stream().mapToDouble(Slope::error).max().orElse(Double.NaN);
        return CheckResult.passed(
                GradientCheck.NAME,
                "The gradient is the slope of the loss in " + right.size() + " of " + slopes.size() + " parameters"
                        + (right.size() < slopes.size()
                                ? "; in the others it is too small to be told from rounding."
                                : "."),
                List.of(Fact.of("largest relative error", worst, GradientCheck.TOLERANCE)));
    }

    private CheckResult wrong(List<Slope> wrong) {
        LayerSlot last = wrong.get(wrong.size() - 1).slot();
        List<Slope> there =
                wrong.stream().filter(slope -> slope.slot().equals(last)).toList();
        boolean isolated =
                slopes.stream().anyMatch(slope -> slope.isRight() && position(slope.slot()) <= position(last));
        String parameters = there.stream().map(Slope::parameter).collect(Collectors.joining(", "));
        String summary = "The gradient of layer '" + last.view().name() + "' (" + parameters
                + ") is not the slope of the loss" + share(there) + ".";
        List<Fact> facts = new ArrayList<>();
        for (Slope slope : wrong) {
            facts.add(Fact.of(
                    "relative error in '" + slope.slot().view().name() + "' " + slope.parameter(),
                    slope.error(),
                    GradientCheck.TOLERANCE));
        }
        return CheckResult.failed(GradientCheck.NAME, summary, facts, advice(last, isolated));
    }

    private static String share(List<Slope> there) {
        return there.stream()
                .mapToDouble(Slope::ratio)
                .filter(Double::isFinite)
                .mapToObj(ratio -> ", but " + Numbers.format(ratio) + " times it along its own direction")
                .findFirst()
                .orElse("");
    }

    private int position(LayerSlot slot) {
        return specimen.layout().slots().indexOf(slot);
    }

    private List<String> advice(LayerSlot last, boolean isolated) {
        List<String> advice = new ArrayList<>();
        if (isolated) {
            advice.add("the backpropGradient of '" + last.view().name() + "' ("
                    + last.view().type() + "): what it passes back is right, what it computes for itself is not");
            return advice;
        }
        if (last.view().isOutput()) {
            advice.add("the computeGradient of its loss function " + last.view().loss());
            advice.add("labels whose rows add up to 1, which softmax with MCXENT presumes");
        }
        List<String> own = ownCode(last);
        if (!own.isEmpty()) {
            advice.add("your own code from there on: " + String.join(", ", own));
        }
        advice.add("the backprop of its activation function");
        if (!last.view().isOutput()) {
            advice.add("the error (epsilon) that the layers directly behind it pass back");
        }
        return advice;
    }

    /** Returns classes that are not Deeplearning4j's, from the last wrong layer to the first right one behind it. */
    private List<String> ownCode(LayerSlot last) {
        List<String> own = new ArrayList<>();
        List<LayerSlot> slots = specimen.layout().slots();
        for (int i = position(last); i < slots.size(); i++) {
            LayerSlot slot = slots.get(i);
            for (Object part : specimen.parts(slot)) {
                if (isOwn(part.getClass())) {
                    own.add(part.getClass().getSimpleName() + " in layer '"
                            + slot.view().name() + "'");
                }
            }
            if (slopes.stream().anyMatch(slope -> slope.slot().equals(slot) && slope.isRight())) {
                break;
            }
        }
        return own;
    }

    private static boolean isOwn(Class<?> type) {
        return !type.getName().startsWith("org.deeplearning4j.")
                && !type.getName().startsWith("org.nd4j.");
    }
}
