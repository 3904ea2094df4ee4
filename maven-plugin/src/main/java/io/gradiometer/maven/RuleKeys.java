package io.gradiometer.maven;

import io.gradiometer.config.FailOn;
import io.gradiometer.config.Setting;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Turns rules and suppressions of a POM into the settings they stand for. */
final class RuleKeys {

    private static final String SEVERITIES =
            Arrays.stream(FailOn.values()).map(FailOn::id).collect(Collectors.joining(", "));

    private RuleKeys() {}

    /** Returns one setting a rule; rules that are not whole become mistakes. */
    static Map<String, String> of(List<Rule> rules, List<String> mistakes) {
        Map<String, String> keys = new TreeMap<>();
        for (int i = 0; i < rules.size(); i++) {
            Rule rule = rules.get(i);
            String id = text(rule.id());
            String severity = text(rule.severity());
            if (id.isEmpty() && rule.isForIdAlone()) {
                mistakes.add("<rule> (pom.xml, <rules>): has no <id>; it takes the id of a finding");
            } else if (severity.isEmpty()) {
                mistakes.add(
                        "<rule> '" + id + "' (pom.xml, <rules>): has no <severity>; it takes one of " + SEVERITIES);
            } else if (!rule.isForIdAlone()) {
                keys.put(Setting.PREFIX + "rule.pom-" + (i + 1), rule.text());
            } else if (keys.putIfAbsent(Setting.FAIL_ON.key() + "." + id, severity) != null) {
                mistakes.add("<rule> '" + id + "' (pom.xml, <rules>): stands there twice; one of them must go");
            }
        }
        return keys;
    }

    /** Returns one setting a suppression. */
    static Map<String, String> ofSuppressions(List<Suppression> suppressions) {
        Map<String, String> keys = new TreeMap<>();
        for (int i = 0; i < suppressions.size(); i++) {
            keys.put(
                    Setting.PREFIX + "suppress.pom-" + (i + 1),
                    suppressions.get(i).text());
        }
        return keys;
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value.trim();
    }
}
