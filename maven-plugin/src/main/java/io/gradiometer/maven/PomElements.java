package io.gradiometer.maven;

import io.gradiometer.config.Setting;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.codehaus.plexus.util.xml.Xpp3Dom;
import org.jspecify.annotations.Nullable;

/** Reads settings from a {@code <configuration>}, also those that only another goal takes: the tests' JVMs get them all. */
final class PomElements {

    private PomElements() {}

    /** Returns the text of an element; null where there is none. */
    static @Nullable String text(@Nullable Object configuration, String name) {
        Xpp3Dom element = configuration instanceof Xpp3Dom dom ? dom.getChild(name) : null;
        return element == null ? null : element.getValue();
    }

    /** Returns the rules that stand there. */
    static List<Rule> rules(@Nullable Object configuration) {
        return children(configuration, "rules").stream()
                .map(rule ->
                        new Rule(text(rule, "id"), text(rule, "test"), text(rule, "layer"), text(rule, "severity")))
                .toList();
    }

    /** Returns the suppressions that stand there. */
    static List<Suppression> suppressions(@Nullable Object configuration) {
        return children(configuration, "suppressions").stream()
                .map(one -> new Suppression(
                        text(one, "id"),
                        text(one, "test"),
                        text(one, "layer"),
                        text(one, "until"),
                        text(one, "reason")))
                .toList();
    }

    private static List<Xpp3Dom> children(@Nullable Object configuration, String name) {
        Xpp3Dom list = configuration instanceof Xpp3Dom dom ? dom.getChild(name) : null;
        return list == null ? List.of() : List.of(list.getChildren());
    }

    /** Returns every setting that has an element of its name. */
    static Map<Setting, String> settings(@Nullable Object configuration) {
        Map<Setting, String> settings = new EnumMap<>(Setting.class);
        for (Setting setting : Setting.values()) {
            String text = text(configuration, setting.key().substring(Setting.PREFIX.length()));
            if (text != null) {
                settings.put(setting, text);
            }
        }
        return settings;
    }
}
