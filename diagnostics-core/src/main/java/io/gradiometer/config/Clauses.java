package io.gradiometer.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What stands behind the name of a rule or a suppression: {@code key=value; key=value}.
 *
 * @param values by key
 * @param mistakes one clause each
 */
record Clauses(Map<String, String> values, List<String> mistakes) {

    static Clauses parse(String text, List<String> keys) {
        Map<String, String> values = new LinkedHashMap<>();
        List<String> mistakes = new ArrayList<>();
        Stream.of(text.split(";"))
                .filter(clause -> !clause.isBlank())
                .forEach(clause -> read(clause, keys, values, mistakes));
        return new Clauses(values, mistakes);
    }

    private static void read(String clause, List<String> keys, Map<String, String> values, List<String> mistakes) {
        int equals = clause.indexOf('=');
        String key = (equals < 0 ? clause : clause.substring(0, equals)).strip();
        if (equals < 0) {
            mistakes.add("'" + key + "' has no value; written are key=value, separated by semicolons");
        } else if (!keys.contains(key)) {
            mistakes.add("'" + key + "' is not one of " + String.join(", ", keys) + Suggestion.of(key, keys));
        } else if (values.putIfAbsent(key, clause.substring(equals + 1).strip()) != null) {
            mistakes.add("'" + key + "' stands there twice");
        }
    }

    String value(String key) {
        return values.getOrDefault(key, "");
    }

    Scope scope() {
        return new Scope(value("id"), new Glob(value("test")), new Glob(value("layer")));
    }

    /** Notes an id that no finding has. */
    void checkId(List<String> findingIds) {
        String id = value("id");
        if (!id.isEmpty() && !findingIds.contains(id)) {
            mistakes.add("'" + id + "' is no finding id" + Suggestion.of(id, findingIds));
        }
    }

    Optional<String> mistake() {
        return mistakes.stream().reduce((a, b) -> a + "; " + b);
    }

    /** Returns the id that a text names; empty where it names none. */
    static String idIn(String text) {
        return Clauses.parse(text, List.of("id")).value("id");
    }
}
