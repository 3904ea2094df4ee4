package io.gradiometer.detector;

import io.gradiometer.finding.Fact;
import io.gradiometer.finding.Finding;
import io.gradiometer.finding.Severity;
import io.gradiometer.finding.Verdict;
import java.util.List;

/** Finds layers that get no error at all from the first iteration on while others learn. */
@DetectorInfo(
        id = "unused-layer",
        summary = "A layer that no error ever reaches",
        severity = Severity.INFO,
        needs = {Signal.GRADIENTS, Signal.ACTIVATIONS},
        speaksFrom = 3)
final class UnusedLayer extends CauseDetector {

    private static final List<String> FADING = List.of("vanishing-gradient", "saturated-units");

    UnusedLayer(Limits limits) {
        super("unchanged-weights", "vanishing-gradient");
    }

    /** Nothing to set: a gradient that is exactly 0 in every iteration is no matter of degree. */
    record Limits() {
        static final Limits DEFAULT = new Limits();
    }

    @Override
    Verdict judge(Course course, List<Finding> symptoms) {
        List<LayerTrack> layers = course.layers();
        List<LayerTrack> unused =
                layers.stream().filter(LayerTrack::neverHadGradient).toList();
        boolean othersLearn = layers.stream().anyMatch(layer -> !layer.neverHadGradient());
        // Weights of 0 pass no error back either, whatever the layer is used for.
        boolean blank = layers.stream().anyMatch(layer -> layer.firstWeightRms() == 0);
        // Layers in a row all lead to the loss: there an error that fades, or meets flat activations, is rounded to 0
        // on its way.
        boolean inARow = course.model().kind().equals("MultiLayerNetwork");
        boolean fades =
                inARow && symptoms.stream().anyMatch(s -> s.severity() != Severity.INFO && FADING.contains(s.id()));
        boolean dead = course.activity().stream().anyMatch(layer -> layer.rectifies() && layer.deadShare() == 1);
        if (unused.isEmpty() || !othersLearn || blank || fades || dead) {
            return new Verdict.Clear(course.steps());
        }
        return Verdict.Found.one(Finding.of(
                        "unused-layer",
                        Severity.INFO,
                        "Every gradient of " + Advice.names(unused)
                                + " is exactly 0 from the first iteration on, while other layers learn: nothing that the loss"
                                + " depends on comes from there.")
                .layers(unused.stream().map(LayerTrack::name).toList())
                .seen(course.firstIteration(), course.lastIteration(), course.firstIteration() + 2)
                .confidence(0.9)
                .fact(Fact.of("iterations without a gradient", course.steps(), 0))
                .remedy(Remedies.removeOrConnect(unused.get(0).name()))
                .build());
    }
}
