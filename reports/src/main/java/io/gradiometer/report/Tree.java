package io.gradiometer.report;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Objects of a JSON document, their members in the order in which they are named. */
final class Tree {

    private Tree() {}

    /** Returns an object of names, each before its value. */
    static Map<String, @Nullable Object> of(Object... namesAndValues) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            members.put(String.valueOf(namesAndValues[i]), namesAndValues[i + 1]);
        }
        return members;
    }
}
