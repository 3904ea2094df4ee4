package io.gradiometer.config;

import io.gradiometer.finding.Finding;
import io.gradiometer.finding.FindingIds;
import io.gradiometer.finding.RunInfo;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apiguardian.api.API;

/**
 * The effective settings, each from the first source that states it.
 *
 * <p>Mistakes are gathered, not thrown, so that all of them can be told at once: see {@link #mistakes()}.
 */
@API(status = API.Status.EXPERIMENTAL)
public final class Configuration {

    /** The one file, on the test class path. */
    public static final String FILE = "gradiometer.properties";

    private static final String LIMIT = Setting.PREFIX + "limit.";
    private static final String FAIL_ON_ID = Setting.FAIL_ON.key() + ".";

    /** No setting: builds customarily keep our version under this name, and Surefire hands {@code -D} on to its JVMs. */
    private static final String VERSION = Setting.PREFIX + "version";

    private final Map<String, Value> values;
    private final List<Source> sources;

    private Configuration(Map<String, Value> values, List<Source> sources) {
        this.values = Collections.unmodifiableMap(values);
        this.sources = List.copyOf(sources);
    }

    /**
     * Where settings come from.
     *
     * @param name as messages call it: {@code pom.xml}, {@code system property}
     * @param settings by full key; keys that do not begin with the prefix are passed over
     */
    public record Source(String name, Map<String, String> settings) {
        public Source {
            settings = Map.copyOf(settings);
        }

        /** The JVM's system properties as they stand now. */
        public static Source systemProperties() {
            return new Source("system property", texts(System.getProperties()));
        }

        /** The file on a class path; empty if there is none. */
        public static Source file(ClassLoader classPath) {
            try (InputStream in = classPath.getResourceAsStream(FILE)) {
                return in == null ? new Source(FILE, Map.of()) : file(in);
            } catch (IOException e) {
                throw new ConfigurationException(List.of(FILE + " cannot be read: " + e.getMessage()));
            }
        }

        /** The file on the class path of the running thread. */
        public static Source fileOfThisThread() {
            ClassLoader loader = Thread.currentThread().getContextClassLoader();
            return file(loader == null ? ClassLoader.getSystemClassLoader() : loader);
        }

        /** The file's content. */
        public static Source file(InputStream in) throws IOException {
            Properties properties = new Properties();
            try {
                properties.load(in);
            } catch (IllegalArgumentException e) {
                throw new ConfigurationException(List.of(FILE + " is no properties file: " + e.getMessage()));
            }
            return new Source(FILE, texts(properties));
        }

        private static Map<String, String> texts(Properties properties) {
            Map<String, String> texts = new HashMap<>();
            for (String name : properties.stringPropertyNames()) {
                // Another thread may have removed it by now.
                String text = properties.getProperty(name);
                if (text != null) {
                    texts.put(name, text);
                }
            }
            return texts;
        }
    }

    private record Value(String text, String source) {}

    /** Merges sources, the most important first. */
    public static Configuration of(Source... sources) {
        return of(Arrays.asList(sources));
    }

    /** Merges sources, the most important first. */
    public static Configuration of(List<Source> sources) {
        Map<String, Value> values = new TreeMap<>();
        for (Source source : sources) {
            new TreeMap<>(source.settings()).forEach((key, text) -> {
                if (isOurs(key)) {
                    values.putIfAbsent(key, new Value(text.trim(), source.name()));
                }
            });
        }
        return new Configuration(values, sources);
    }

    /** The settings of a JVM that trains: system properties, then the file on the thread's class path. */
    public static Configuration ofThisJvm() {
        return of(Source.systemProperties(), Source.fileOfThisThread());
    }

    private static boolean isOurs(String key) {
        return key.startsWith(Setting.PREFIX) && !key.equals(VERSION);
    }

    private static Optional<String> mistakeIn(String key, String text, List<String> findingIds) {
        if (key.startsWith(LIMIT)) {
            return number(text);
        } else if (key.startsWith(FAIL_ON_ID)) {
            String id = key.substring(FAIL_ON_ID.length());
            return findingIds.contains(id)
                    ? Setting.failOnMistake(text)
                    : Optional.of("'" + id + "' is no finding id" + Suggestion.of(id, findingIds));
        }
        if (key.startsWith(Rule.PREFIX)) {
            return Rule.mistakeIn(text, findingIds);
        } else if (key.startsWith(Suppression.PREFIX)) {
            return Suppression.mistakeIn(text, findingIds);
        }
        List<String> known = Stream.of(Setting.values()).map(Setting::key).toList();
        return Setting.of(key)
                .map(setting -> setting.mistakeIn(text, findingIds))
                .orElseGet(() -> Optional.of("no such setting" + Suggestion.of(key, known)));
    }

    private static Optional<String> number(String text) {
        try {
            double limit = Double.parseDouble(text.trim());
            return limit > 0
                    ? Optional.empty()
                    : Optional.of("'" + text + "' is no limit: it has to be a positive number");
        } catch (NumberFormatException e) {
            return Optional.of("'" + text + "' is no number");
        }
    }

    /** Returns what is wrong, each with its place and the accepted form; empty if nothing is. */
    public List<String> mistakes() {
        return mistakes(FindingIds.all());
    }

    /**
     * The same where there are more findings than ours.
     *
     * @param findingIds all that there are
     */
    public List<String> mistakes(List<String> findingIds) {
        List<String> mistakes = new ArrayList<>();
        for (Source source : sources) {
            new TreeMap<>(source.settings()).forEach((key, text) -> {
                if (isOurs(key)) {
                    mistakeIn(key, text, findingIds)
                            .ifPresent(mistake -> mistakes.add(key + " (" + source.name() + "): " + mistake));
                }
            });
        }
        return mistakes;
    }

    /** Returns the effective text of a setting. */
    public String text(Setting setting) {
        Value value = values.get(setting.key());
        return value == null ? setting.defaultValue() : value.text();
    }

    public boolean flag(Setting setting) {
        return Boolean.parseBoolean(text(setting));
    }

    /**
     * Returns from which severity on a finding fails: by the rule that says most of it, else by what is set for its id, else by what is
     * set for all.
     */
    FailOn failOn(Finding finding, RunInfo run) {
        return rules().stream()
                .filter(rule -> rule.scope().covers(finding, run))
                .min(Rule.BY_PRECEDENCE)
                .map(Rule::failOn)
                .orElseGet(() -> failOn(finding.id()));
    }

    /** Returns from which severity on a finding with this id fails, where no rule says otherwise. */
    public FailOn failOn(String findingId) {
        Value special = values.get(FAIL_ON_ID + findingId);
        String text = special == null ? text(Setting.FAIL_ON) : special.text();
        return FailOn.parse(text).orElse(FailOn.ERROR);
    }

    /** Returns the rules that have a name of their own, those without a mistake. */
    List<Rule> rules() {
        return named(Rule.PREFIX, Rule::mistakeIn, Rule::parse);
    }

    /** Returns what is known and does not count for a while, where it is written without a mistake. */
    List<Suppression> suppressions() {
        return named(Suppression.PREFIX, Suppression::mistakeIn, Suppression::parse);
    }

    private <T> List<T> named(
            String prefix,
            BiFunction<String, List<String>, Optional<String>> mistakeIn,
            BiFunction<String, String, T> parse) {
        List<T> all = new ArrayList<>();
        values.forEach((key, value) -> {
            // Which ids there are is for those to say who tell of mistakes: any will do here.
            List<String> ids = List.of(Clauses.idIn(value.text()));
            if (key.startsWith(prefix) && mistakeIn.apply(value.text(), ids).isEmpty()) {
                all.add(parse.apply(key.substring(prefix.length()), value.text()));
            }
        });
        return all;
    }

    /** Returns the formats to write, in a fixed order; those that do not exist are {@linkplain #mistakes() mistakes}. */
    public Set<Format> formats() {
        return Setting.ids(text(Setting.FORMATS))
                .flatMap(name -> Format.of(name).stream())
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Format.class)));
    }

    /** Returns the ids of findings that are switched off. */
    public Set<String> ignored() {
        return Setting.ids(text(Setting.IGNORE)).collect(Collectors.toSet());
    }

    /** Returns every id that is written anywhere, whether or not there is such a finding. */
    public Set<String> namedIds() {
        Set<String> ids = new TreeSet<>(ignored());
        values.keySet().stream()
                .filter(key -> key.startsWith(FAIL_ON_ID))
                .forEach(key -> ids.add(key.substring(FAIL_ON_ID.length())));
        Stream.of(rules().stream().map(Rule::scope), suppressions().stream().map(Suppression::scope))
                .flatMap(scopes -> scopes)
                .map(Scope::id)
                .filter(id -> !id.isEmpty())
                .forEach(ids::add);
        return ids;
    }

    /** Returns the limits that were set for a detector, by key. */
    public Map<String, Double> limits(String detectorId) {
        String prefix = LIMIT + detectorId + ".";
        Map<String, Double> limits = new LinkedHashMap<>();
        values.forEach((key, value) -> {
            if (key.startsWith(prefix) && number(value.text()).isEmpty()) {
                limits.put(key.substring(prefix.length()), Double.valueOf(value.text()));
            }
        });
        return limits;
    }

    /** Returns every limit that was set, as {@code detector.key}, with the source that set it. */
    public Map<String, String> limitSources() {
        Map<String, String> sources = new LinkedHashMap<>();
        values.forEach((key, value) -> {
            if (key.startsWith(LIMIT)) {
                sources.put(key.substring(LIMIT.length()), value.source());
            }
        });
        return sources;
    }

    /** Returns whether a setting was made anywhere. */
    public boolean states(Setting setting) {
        return values.containsKey(setting.key());
    }

    /**
     * Returns the settings of a run with those that judge it in place of its own.
     *
     * <p>What the run has switched off stays so: an annotation may have said that, which no later judge can know.
     */
    Map<String, String> judging(Map<String, String> ofTheRun) {
        Map<String, String> all = new TreeMap<>(ofTheRun);
        all.keySet().removeIf(Configuration::judges);
        effective().forEach((key, text) -> {
            if (judges(key)) {
                all.put(key, text);
            }
        });
        Set<String> ignored = new TreeSet<>(ignored());
        Setting.ids(ofTheRun.getOrDefault(Setting.IGNORE.key(), "")).forEach(ignored::add);
        all.put(Setting.IGNORE.key(), String.join(",", ignored));
        return all;
    }

    private static boolean judges(String key) {
        return key.equals(Setting.FAIL_ON.key())
                || key.equals(Setting.FAIL_IF_INCONCLUSIVE.key())
                || key.equals(Setting.BASELINE.key())
                || key.startsWith(FAIL_ON_ID)
                || key.startsWith(Rule.PREFIX)
                || key.startsWith(Suppression.PREFIX);
    }

    /** Returns every setting as it counts, defaults included, for the record. */
    public Map<String, String> effective() {
        Map<String, String> effective = new TreeMap<>();
        for (Setting setting : Setting.values()) {
            effective.put(setting.key(), text(setting));
        }
        values.forEach((key, value) -> effective.put(key, value.text()));
        return effective;
    }
}
