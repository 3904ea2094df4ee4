package io.gradiometer.finding;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.apiguardian.api.API;

/**
 * What a remedy sets, for a program to carry out what the summary says in words.
 *
 * @param layers that it concerns; empty where the remedy's id says enough
 * @param settings from names such as {@code learning-rate} to values, in the order of their names
 */
@API(status = API.Status.EXPERIMENTAL)
public record Change(List<String> layers, Map<String, String> settings) {

    /** The remedy's id says everything, or the remedy is nothing that a program could carry out. */
    public static final Change NONE = new Change(List.of(), Map.of());

    public Change {
        layers = List.copyOf(layers);
        settings = Collections.unmodifiableMap(new TreeMap<>(settings));
    }

    /** Returns a change of one setting. */
    public static Change of(String name, double value) {
        return NONE.and(name, value);
    }

    /** Returns this change with one more setting. */
    public Change and(String name, double value) {
        return and(name, Double.toString(value));
    }

    /** Returns this change with one more setting. */
    public Change and(String name, String value) {
        Map<String, String> more = new TreeMap<>(settings);
        more.put(name, value);
        return new Change(layers, more);
    }

    /** Returns this change of some layers only. */
    public Change in(List<String> names) {
        return new Change(names, settings);
    }

    /** Returns a setting that is a number; empty where there is none. */
    public OptionalDouble number(String name) {
        String value = settings.get(name);
        try {
            return value == null ? OptionalDouble.empty() : OptionalDouble.of(Double.parseDouble(value));
        } catch (NumberFormatException damaged) {
            // Read from a file that somebody else may have written.
            return OptionalDouble.empty();
        }
    }

    public boolean isNone() {
        return layers.isEmpty() && settings.isEmpty();
    }
}
