package io.gradiometer.config;

import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A pattern in which a star stands for any text; empty, it matches everything. */
record Glob(String text) {

    boolean matches(String name) {
        return text.isEmpty() || Pattern.matches(regex(), name);
    }

    String shown() {
        return text.isEmpty() ? "*" : text;
    }

    boolean matchesAny(Stream<String> names) {
        return text.isEmpty() || names.anyMatch(this::matches);
    }

    private String regex() {
        return Stream.of(text.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining("(?s:.*)"));
    }
}
