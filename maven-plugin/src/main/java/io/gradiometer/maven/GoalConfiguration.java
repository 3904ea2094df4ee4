package io.gradiometer.maven;

import io.gradiometer.config.Configuration;
import io.gradiometer.config.Configuration.Source;
import io.gradiometer.config.ConfigurationException;
import io.gradiometer.config.Setting;
import io.gradiometer.config.Suggestion;
import io.gradiometer.finding.FindingIds;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a goal was told, from every place it can be told: system property, then POM, then file, then default.
 *
 * <p>Maven itself would let a value in the POM win over {@code -D}, so properties are read here and not left to it.
 */
final class GoalConfiguration {

    private final Map<String, String> systemProperties = new TreeMap<>();
    private final Map<String, String> pomProperties = new TreeMap<>();
    private final Map<Setting, String> elements = new EnumMap<>(Setting.class);
    private final List<Rule> rules = new ArrayList<>();
    private final List<Suppression> suppressions = new ArrayList<>();
    private Source file = new Source(Configuration.FILE, Map.of());
    private String defaultOutput = Setting.OUTPUT.defaultValue();

    /** Adds what {@code -D} says; what is added later wins. */
    GoalConfiguration systemProperties(Properties properties) {
        systemProperties.putAll(ours(properties));
        return this;
    }

    /** Adds the POM's {@code <properties>}. */
    GoalConfiguration pomProperties(Properties properties) {
        pomProperties.putAll(ours(properties));
        return this;
    }

    /** Adds an element of the goal's {@code <configuration>}; null where the POM does not have it. */
    GoalConfiguration element(Setting setting, @Nullable String value) {
        if (value != null) {
            elements.put(setting, value);
        }
        return this;
    }

    /** Adds the goal's {@code <rules>}. */
    GoalConfiguration rules(@Nullable List<Rule> added) {
        if (added != null) {
            rules.addAll(added);
        }
        return this;
    }

    /** Adds the goal's {@code <suppressions>}. */
    GoalConfiguration suppressions(@Nullable List<Suppression> added) {
        if (added != null) {
            suppressions.addAll(added);
        }
        return this;
    }

    /** Reads the settings file in the folder, if there is one. */
    GoalConfiguration file(Path folder) throws IOException {
        Path path = folder.resolve(Configuration.FILE);
        if (Files.isRegularFile(path)) {
            try (InputStream in = Files.newInputStream(path)) {
                file = Source.file(in);
            }
        }
        return this;
    }

    /** Sets where runs lie if nobody says so. */
    GoalConfiguration defaultOutput(String path) {
        defaultOutput = path;
        return this;
    }

    /** Returns what the command line and the POM say, by key: the tests' JVMs have the file themselves, but not these. */
    Map<String, String> withoutFile() {
        Map<String, String> merged = new TreeMap<>();
        for (Source source : commandLineAndPom(new ArrayList<>())) {
            source.settings().forEach((key, value) -> merged.putIfAbsent(key, value.strip()));
        }
        return merged;
    }

    private List<Source> commandLineAndPom(List<String> mistakes) {
        List<Source> sources = new ArrayList<>();
        sources.add(new Source("system property", systemProperties));
        elements.forEach((setting, value) -> {
            if (!cameFromProperty(setting, value)) {
                sources.add(new Source(element(setting), Map.of(setting.key(), value)));
            }
        });
        sources.add(new Source("pom.xml, <rules>", RuleKeys.of(rules, mistakes)));
        sources.add(new Source("pom.xml, <suppressions>", RuleKeys.ofSuppressions(suppressions)));
        sources.add(new Source("pom.xml, <properties>", pomProperties));
        return sources;
    }

    /**
     * Merges everything.
     *
     * @throws ConfigurationException with all mistakes at once, unless the goal is to be skipped anyway
     */
    Configuration build() {
        List<String> mistakes = new ArrayList<>();
        List<Source> sources = new ArrayList<>(commandLineAndPom(mistakes));
        sources.add(file);
        sources.add(new Source("default", Map.of(Setting.OUTPUT.key(), defaultOutput)));

        Configuration configuration = Configuration.of(sources);
        mistakes.addAll(configuration.mistakes(possibleIds(configuration)));
        if (!mistakes.isEmpty() && !configuration.flag(Setting.SKIP)) {
            throw new ConfigurationException(mistakes);
        }
        return configuration;
    }

    /** No goal loads the detectors that users bring along: an id that resembles none of ours may be one of theirs. */
    private static List<String> possibleIds(Configuration configuration) {
        List<String> ids = new ArrayList<>(FindingIds.all());
        configuration.namedIds().stream()
                .filter(FindingIds::isWellFormed)
                .filter(id -> Suggestion.of(id, FindingIds.all()).isEmpty())
                .forEach(ids::add);
        return ids;
    }

    /** Maven fills a parameter from its property where the POM has no element; that is no element then. */
    private boolean cameFromProperty(Setting setting, String value) {
        return value.equals(systemProperties.get(setting.key())) || value.equals(pomProperties.get(setting.key()));
    }

    private static String element(Setting setting) {
        return "pom.xml, <" + setting.key().substring(Setting.PREFIX.length()) + ">";
    }

    private static Map<String, String> ours(Properties properties) {
        Map<String, String> ours = new TreeMap<>();
        for (String key : properties.stringPropertyNames()) {
            if (key.startsWith(Setting.PREFIX)) {
                ours.put(key, properties.getProperty(key));
            }
        }
        return ours;
    }
}
