package io.gradiometer.dl4j;

import io.gradiometer.dl4j.DataPlan.Scaling;
import io.gradiometer.finding.Change;
import java.util.HashMap;
import java.util.Map;
import org.deeplearning4j.nn.conf.layers.EmbeddingLayer;
import org.deeplearning4j.nn.conf.layers.EmbeddingSequenceLayer;

/** Remedies that change what a network is given to learn from, in which portions, and for how long. */
final class DataTreatments {

    private DataTreatments() {}

    static Map<String, Treatments.Treatment> byId() {
        Map<String, Treatments.Treatment> all = new HashMap<>();
        all.put("standardize-input", (own, change, data) -> scaled(own, Scaling.STANDARDISED));
        all.put("min-max-input", (own, change, data) -> scaled(own, Scaling.MIN_MAX));
        all.put(
                "standardize-targets",
                (own, change, data) -> own.with(own.data().withTargets(Scaling.STANDARDISED)));
        all.put("larger-batch", (own, change, data) -> batch(own, change, data));
        all.put("smaller-batch", (own, change, data) -> batch(own, change, data));
        all.put("shuffle", (own, change, data) -> own.with(own.data().withShuffling()));
        all.put("train-longer", (own, change, data) -> own.forLength(Math.max(1, Treatments.needed(change, "times"))));
        all.put(
                "early-stopping",
                (own, change, data) -> own.forLength(data.shareAt((int) Treatments.needed(change, "iteration"))));
        all.put("shorter-tbptt", (own, change, data) -> {
            own.network().truncate((int) Treatments.needed(change, "steps"));
            return own;
        });
        return all;
    }

    private static Regimen scaled(Regimen own, Scaling scaling) {
        boolean takesIndices = own.network().places().stream()
                .map(place -> LayerReader.unwrap(place.layer()))
                .anyMatch(layer -> layer instanceof EmbeddingLayer || layer instanceof EmbeddingSequenceLayer);
        if (takesIndices) {
            throw new UnfitException("inputs are numbers of an embedding's rows, which must not be scaled");
        }
        return own.with(own.data().withInputs(scaling));
    }

    private static Regimen batch(Regimen own, Change change, TrialData data) {
        int batch = (int) Treatments.needed(change, "batch");
        if (batch < 1 || batch > data.trainingExamples()) {
            throw new UnfitException(
                    "there are no " + batch + " examples for a batch: only " + data.trainingExamples() + " were given");
        }
        return own.with(own.data().withBatch(batch));
    }
}
