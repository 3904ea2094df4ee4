package io.gradiometer.agent;

import io.gradiometer.config.Configuration;
import io.gradiometer.config.Setting;
import io.gradiometer.config.Suggestion;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What stands behind the agent's jar on the command line: {@code output=DIR,key=value,…}.
 *
 * <p>What is wrong becomes a problem to tell, never an exception: the program has to run.
 *
 * @param output below which runs are written; null where settings say
 * @param exact whether everything is read in every iteration; null where settings say
 * @param include globs of classes, of a model or of the code that trains it; empty for all
 * @param exclude globs likewise; they come before {@code include}
 * @param failFast whether a run with an error is stopped by an exception
 * @param verbose whether ordinary events are told, too
 * @param problems one sentence each
 */
record Options(
        @Nullable String output,
        @Nullable String exact,
        List<String> include,
        List<String> exclude,
        boolean failFast,
        boolean verbose,
        List<String> problems) {

    private static final String OUTPUT = "output";
    private static final String EXACT = "exact";
    private static final String INCLUDE = "include";
    private static final String EXCLUDE = "exclude";
    private static final String FAIL_FAST = "failFast";
    private static final String VERBOSE = "verbose";
    private static final List<String> FLAGS = List.of(EXACT, FAIL_FAST, VERBOSE);
    private static final List<String> ALL = List.of(OUTPUT, EXACT, INCLUDE, EXCLUDE, FAIL_FAST, VERBOSE);

    Options {
        include = List.copyOf(include);
        exclude = List.copyOf(exclude);
        problems = List.copyOf(problems);
    }

    /**
     * Reads the options.
     *
     * <p>A comma begins a new option only where {@code name=} or a flag's name follows; else it belongs to the value before it.
     * What stands in single or double quotes is taken as it is.
     */
    static Options parse(String text) {
        Map<String, String> given = new HashMap<>();
        List<String> problems = new ArrayList<>();
        for (String option : split(text)) {
            read(option, given, problems);
        }
        return new Options(
                given.get(OUTPUT),
                given.get(EXACT),
                globs(given.getOrDefault(INCLUDE, "")),
                globs(given.getOrDefault(EXCLUDE, "")),
                Boolean.parseBoolean(given.get(FAIL_FAST)),
                Boolean.parseBoolean(given.get(VERBOSE)),
                problems);
    }

    /** Returns those options that are settings, too. */
    Configuration.Source asSource() {
        Map<String, String> settings = new HashMap<>();
        if (output != null) {
            settings.put(Setting.OUTPUT.key(), output);
        }
        if (exact != null) {
            settings.put(Setting.EXACT.key(), exact);
        }
        return new Configuration.Source("agent option", settings);
    }

    private static void read(String option, Map<String, String> given, List<String> problems) {
        int equals = option.indexOf('=');
        String name = (equals < 0 ? option : option.substring(0, equals)).strip();
        String value =
                equals < 0 ? "true" : unquoted(option.substring(equals + 1).strip());
        if (!ALL.contains(name) || (equals < 0 && !FLAGS.contains(name))) {
            problems.add(
                    ALL.contains(name)
                            ? "agent option '" + name + "' needs a value: " + name + "=…; it is ignored"
                            : "unknown agent option '" + name + "' is ignored" + orAll(Suggestion.of(name, ALL)));
        } else if (FLAGS.contains(name) && !value.equals("true") && !value.equals("false")) {
            problems.add("agent option '" + name + "' takes true or false, not '" + value + "'; it is ignored");
        } else if (value.isBlank()) {
            problems.add("agent option '" + name + "' is empty; it is ignored");
        } else if (given.putIfAbsent(name, value) != null) {
            problems.add("agent option '" + name + "' is given twice; the first counts");
        }
    }

    private static String orAll(String suggestion) {
        return suggestion.isEmpty() ? "; there are " + String.join(", ", ALL) : suggestion;
    }

    private static List<String> split(String text) {
        List<String> options = new ArrayList<>();
        for (String segment : atCommas(text)) {
            if (options.isEmpty() || segment.contains("=") || FLAGS.contains(segment.strip())) {
                options.add(segment);
            } else {
                options.add(options.remove(options.size() - 1) + "," + segment);
            }
        }
        return options;
    }

    /** Splits at commas outside of quotes; empty text has no segments. */
    private static List<String> atCommas(String text) {
        List<String> segments = new ArrayList<>();
        StringBuilder segment = new StringBuilder();
        char quote = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean opens =
                    quote == 0 && (c == '"' || c == '\'') && segment.toString().endsWith("=");
            if (opens) {
                quote = c;
            } else if (c == quote) {
                quote = 0;
            } else if (c == ',' && quote == 0) {
                segments.add(segment.toString());
                segment.setLength(0);
                continue;
            }
            segment.append(c);
        }
        if (!segment.isEmpty() || !segments.isEmpty()) {
            segments.add(segment.toString());
        }
        return segments;
    }

    private static String unquoted(String value) {
        boolean quoted = value.length() > 1
                && (value.charAt(0) == '"' || value.charAt(0) == '\'')
                && value.charAt(value.length() - 1) == value.charAt(0);
        return quoted ? value.substring(1, value.length() - 1) : value;
    }

    private static List<String> globs(String value) {
        List<String> globs = new ArrayList<>();
        for (String glob : value.split(",", -1)) {
            if (!glob.isBlank()) {
                globs.add(glob.strip());
            }
        }
        return globs;
    }

    /** Tells whether a network is to be observed, by its class and the class of the code that trains it. */
    boolean wants(String modelClass, String callerClass) {
        boolean included = include.isEmpty() || matchesAny(include, modelClass) || matchesAny(include, callerClass);
        return included && !matchesAny(exclude, modelClass) && !matchesAny(exclude, callerClass);
    }

    private static boolean matchesAny(List<String> globs, String className) {
        return globs.stream().anyMatch(glob -> className.matches(regex(glob)));
    }

    /** A star stands for anything, dots and dollars included. */
    private static String regex(String glob) {
        return Stream.of(glob.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
    }
}
