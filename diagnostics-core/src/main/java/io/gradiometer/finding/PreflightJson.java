package io.gradiometer.finding;

import io.gradiometer.finding.PreflightReport.OfLayer;
import io.gradiometer.finding.PreflightReport.Pair;
import io.gradiometer.signal.Smell;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The member {@code preflight} of a diagnosis. */
final class PreflightJson {

    private PreflightJson() {}

    static Map<String, @Nullable Object> write(PreflightReport report) {
        return DiagnosisJson.ordered(
                "inputRms", report.inputRms(),
                "labelRms", report.labelRms(),
                "skill", report.skill(),
                "layers", report.layers().stream().map(PreflightJson::layer).toList(),
                "smells", report.smells().stream().map(PreflightJson::smell).toList());
    }

    private static Map<String, @Nullable Object> layer(OfLayer layer) {
        return DiagnosisJson.ordered(
                "name", layer.name(),
                "output", pair(layer.output()),
                "signalDecades", pair(layer.signalDecades()));
    }

    private static Map<String, @Nullable Object> pair(Pair pair) {
        return DiagnosisJson.ordered("foretold", pair.foretold(), "measured", pair.measured());
    }

    private static Map<String, @Nullable Object> smell(Smell smell) {
        return DiagnosisJson.ordered("id", smell.id(), "layer", smell.layer(), "summary", smell.summary());
    }

    /** Reads the member; what is absent is not known. */
    static PreflightReport read(JsonObject json) {
        List<OfLayer> layers = json.objects("layers").stream()
                .map(layer -> new OfLayer(
                        layer.text("name"), readPair(layer.object("output")), readPair(layer.object("signalDecades"))))
                .toList();
        List<Smell> smells = json.objects("smells").stream()
                .map(smell -> new Smell(smell.text("id"), smell.text("layer"), smell.text("summary")))
                .toList();
        return new PreflightReport(
                json.number("inputRms"), json.number("labelRms"), json.number("skill"), layers, smells);
    }

    private static Pair readPair(JsonObject json) {
        return new Pair(json.number("foretold"), json.number("measured"));
    }
}
