package io.gradiometer.trace;

import io.gradiometer.finding.JsonObject;
import io.gradiometer.signal.Forecast;
import io.gradiometer.signal.Prospect;
import io.gradiometer.signal.Smell;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What was told of a network, as members of JSON. */
final class ProspectJson {

    private ProspectJson() {}

    static Map<String, Object> write(Prospect prospect) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("inputRms", prospect.inputRms());
        json.put(
                "layers",
                prospect.forecast().layers().stream().map(ProspectJson::layer).toList());
        json.put("smells", prospect.smells().stream().map(ProspectJson::smell).toList());
        return json;
    }

    private static Map<String, Object> layer(Forecast.OfLayer layer) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", layer.name());
        json.put("outputRms", layer.outputRms());
        json.put("signalDecades", layer.signalDecades());
        json.put("unitSignalDecades", layer.unitSignalDecades());
        return json;
    }

    private static Map<String, Object> smell(Smell smell) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", smell.id());
        json.put("layer", smell.layer());
        json.put("summary", smell.summary());
        return json;
    }

    static Prospect read(JsonObject json) {
        List<Forecast.OfLayer> layers = json.objects("layers").stream()
                .map(layer -> new Forecast.OfLayer(
                        layer.text("name"),
                        layer.number("outputRms"),
                        layer.number("signalDecades"),
                        layer.number("unitSignalDecades")))
                .toList();
        List<Smell> smells = json.objects("smells").stream()
                .map(smell -> new Smell(smell.text("id"), smell.text("layer"), smell.text("summary")))
                .toList();
        return new Prospect(json.number("inputRms"), new Forecast(layers), smells);
    }
}
