package io.gradiometer.trace;

import io.gradiometer.finding.Json;
import io.gradiometer.finding.JsonObject;
import io.gradiometer.signal.ModelView;
import io.gradiometer.signal.Prospect;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The header of a trace: the network in JSON, with what was told of it, so that any tool can tell what a file is about. */
final class HeaderJson {

    private HeaderJson() {}

    /** What a header holds. */
    record Header(ModelView model, Prospect prospect) {}

    static String write(ModelView model, Prospect prospect) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>(ModelViewJson.write(model));
        if (prospect.isKnown()) {
            json.put("prospect", ProspectJson.write(prospect));
        }
        return Json.write(json);
    }

    static Header read(String text) throws IOException {
        JsonObject json = new JsonObject(Json.readObject(text));
        JsonObject prospect = json.objectOrNull("prospect");
        return new Header(ModelViewJson.read(json), prospect == null ? Prospect.UNKNOWN : ProspectJson.read(prospect));
    }
}
