package io.gradiometer.finding;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/** Reads members of a JSON object leniently: what is absent or of another type is the given default. */
@API(status = API.Status.INTERNAL)
public record JsonObject(Map<String, Object> members) {

    public String text(String name) {
        return members.get(name) instanceof String text ? text : "";
    }

    public @Nullable String textOrNull(String name) {
        return members.get(name) instanceof String text ? text : null;
    }

    public boolean flag(String name) {
        return Boolean.TRUE.equals(members.get(name));
    }

    public long integer(String name) {
        return members.get(name) instanceof Number number ? number.longValue() : 0;
    }

    /** Returns a number, also where it is written as {@code "NaN"} or {@code "Infinity"}; NaN where there is none. */
    public double number(String name) {
        Double value = numberOrNull(name);
        return value == null ? Double.NaN : value;
    }

    public @Nullable Double numberOrNull(String name) {
        Object value = members.get(name);
        if (value instanceof Number number) {
            return number.doubleValue();
        }
        if ("NaN".equals(value)) {
            return Double.NaN;
        } else if ("Infinity".equals(value)) {
            return Double.POSITIVE_INFINITY;
        } else if ("-Infinity".equals(value)) {
            return Double.NEGATIVE_INFINITY;
        }
        return null;
    }

    public List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        if (members.get(name) instanceof List<?> items) {
            for (Object item : items) {
                if (item instanceof String text) {
                    texts.add(text);
                }
            }
        }
        return texts;
    }

    public List<JsonObject> objects(String name) {
        List<JsonObject> objects = new ArrayList<>();
        if (members.get(name) instanceof List<?> items) {
            for (Object item : items) {
                if (item instanceof Map<?, ?> map) {
                    objects.add(of(map));
                }
            }
        }
        return objects;
    }

    public @Nullable JsonObject objectOrNull(String name) {
        return members.get(name) instanceof Map<?, ?> map ? of(map) : null;
    }

    public JsonObject object(String name) {
        JsonObject object = objectOrNull(name);
        return object == null ? new JsonObject(Map.of()) : object;
    }

    @SuppressWarnings("unchecked") // Json.readObject builds maps with string keys only
    private static JsonObject of(Map<?, ?> map) {
        return new JsonObject((Map<String, Object>) map);
    }
}
