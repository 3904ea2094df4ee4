package io.gradiometer.trace;

import io.gradiometer.finding.JsonObject;
import io.gradiometer.signal.DropoutView;
import io.gradiometer.signal.LayerView;
import io.gradiometer.signal.ModelView;
import io.gradiometer.signal.ParameterView;
import io.gradiometer.signal.Role;
import io.gradiometer.signal.UpdaterView;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A network as members of JSON. */
final class ModelViewJson {

    private ModelViewJson() {}

    static Map<String, @Nullable Object> write(ModelView model) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("kind", model.kind());
        json.put("parameters", model.parameters());
        json.put("dtype", model.dtype());
        json.put("backend", model.backend());
        json.put("seed", model.seed());
        json.put("layers", model.layers().stream().map(ModelViewJson::layer).toList());
        return json;
    }

    private static Map<String, @Nullable Object> layer(LayerView layer) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("name", layer.name());
        json.put("type", layer.type());
        json.put("activation", layer.activation());
        json.put("initialization", layer.initialization());
        json.put("updater", layer.updater().name());
        json.put("learningRate", layer.updater().learningRate());
        json.put("adaptive", layer.updater().adaptive());
        json.put("epsilon", layer.updater().epsilon());
        json.put("clipping", layer.updater().clipping());
        json.put("clippingThreshold", layer.updater().clippingThreshold());
        json.put("frozen", layer.frozen());
        json.put("loss", layer.loss());
        json.put("fanIn", layer.fanIn());
        json.put("fanOut", layer.fanOut());
        json.put(
                "dropouts",
                layer.dropouts().stream().map(ModelViewJson::dropout).toList());
        json.put(
                "parameters",
                layer.parameters().stream()
                        .map(p -> Map.of("name", p.name(), "role", p.role().name(), "length", p.length()))
                        .toList());
        return json;
    }

    private static Map<String, @Nullable Object> dropout(DropoutView dropout) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("type", dropout.type());
        json.put("kept", dropout.kept());
        return json;
    }

    static ModelView read(JsonObject json) {
        List<LayerView> layers =
                json.objects("layers").stream().map(ModelViewJson::readLayer).toList();
        return new ModelView(
                json.text("kind"),
                layers,
                json.integer("parameters"),
                json.text("dtype"),
                json.text("backend"),
                json.integer("seed"));
    }

    private static LayerView readLayer(JsonObject layer) {
        UpdaterView updater = new UpdaterView(
                layer.text("updater"),
                layer.number("learningRate"),
                layer.flag("adaptive"),
                layer.number("epsilon"),
                layer.text("clipping"),
                layer.number("clippingThreshold"));
        return new LayerView(
                layer.text("name"),
                layer.text("type"),
                layer.textOrNull("activation"),
                layer.textOrNull("initialization"),
                updater,
                layer.flag("frozen"),
                layer.textOrNull("loss"),
                layer.integer("fanIn"),
                layer.integer("fanOut"),
                layer.objects("dropouts").stream()
                        .map(d -> new DropoutView(d.text("type"), d.number("kept")))
                        .toList(),
                layer.objects("parameters").stream()
                        .map(p -> new ParameterView(p.text("name"), Role.valueOf(p.text("role")), p.integer("length")))
                        .toList());
    }
}
