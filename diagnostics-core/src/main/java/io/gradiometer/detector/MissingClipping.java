package io.gradiometer.detector;

import io.gradiometer.finding.Fact;
import io.gradiometer.finding.Finding;
import io.gradiometer.finding.Severity;
import io.gradiometer.finding.Verdict;
import java.util.List;

/** Finds recurrent networks whose gradients explode and that clip nothing. */
@DetectorInfo(
        id = "missing-clipping",
        summary = "A recurrent network that explodes and clips nothing",
        severity = Severity.INFO,
        needs = {Signal.GRADIENTS, Signal.UPDATES, Signal.LOSS},
        speaksFrom = 3)
final class MissingClipping extends CauseDetector {

    MissingClipping(Limits limits) {
        super("exploding-gradient", "gradient-spike", "loss-diverging", "non-finite");
    }

    /** Nothing to set: whether clipping is configured is no matter of degree. */
    record Limits() {
        static final Limits DEFAULT = new Limits();
    }

    @Override
    Verdict judge(Course course, List<Finding> symptoms) {
        List<LayerTrack> recurrent =
                course.layers().stream().filter(LayerTrack::isRecurrent).toList();
        if (recurrent.isEmpty()) {
            return new Verdict.NotApplicable("no layer is recurrent");
        }
        boolean explodes = gravest(symptoms) != Severity.INFO;
        if (!explodes
                || recurrent.stream().anyMatch(layer -> layer.view.updater().clips())) {
            return new Verdict.Clear(course.steps());
        }
        LayerTrack first = recurrent.get(0);
        double usual = first.usualNorm();
        Finding.Builder finding = Finding.of(
                        "missing-clipping",
                        Severity.INFO,
                        Advice.names(recurrent)
                                + (recurrent.size() == 1 ? " repeats" : " repeat")
                                + " the same weights over time, where a gradient multiplies with each step back, and"
                                + " nothing clips it; " + Harm.words(course) + ".")
                .layers(recurrent.stream().map(LayerTrack::name).toList())
                .seen(course.firstIteration(), course.lastIteration(), course.lastIteration())
                .confidence(0.7);
        if (!(usual > 0)) {
            return Verdict.Found.one(finding.remedy(Advice.clipping(1, "customary; no finite gradient was seen"))
                    .build());
        }
        return Verdict.Found.one(finding.fact(Fact.of("norm of the gradient of '" + first.name() + "', usually", usual))
                .remedy(Advice.clipping(
                        Advice.roundDown(Math.max(1e-3, 5 * usual)),
                        "five times the usual norm of '" + first.name() + "'"))
                .build());
    }
}
