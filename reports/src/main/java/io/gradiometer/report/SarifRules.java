package io.gradiometer.report;

import io.gradiometer.detector.DetectorInfo;
import io.gradiometer.detector.Detectors;
import io.gradiometer.finding.Finding;
import io.gradiometer.finding.FindingIds;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The rules of a SARIF file: the ids that occur in it, by name. */
final class SarifRules {

    private final List<Finding> examples;

    private SarifRules(List<Finding> examples) {
        this.examples = examples;
    }

    static SarifRules of(Collection<Occurrence> occurrences) {
        Map<String, Finding> byId = new TreeMap<>();
        occurrences.forEach(occurrence -> byId.putIfAbsent(occurrence.finding().id(), occurrence.finding()));
        return new SarifRules(List.copyOf(byId.values()));
    }

    int indexOf(String id) {
        return examples.stream().map(Finding::id).toList().indexOf(id);
    }

    List<Map<String, @Nullable Object>> members() {
        return examples.stream().map(SarifRules::rule).toList();
    }

    private static Map<String, @Nullable Object> rule(Finding example) {
        String id = example.id();
        String summary = summary(id);
        return Tree.of(
                "id",
                id,
                "name",
                name(id),
                "shortDescription",
                SarifReport.text(summary),
                "help",
                Tree.of(
                        "text",
                        FindingIds.all().contains(id)
                                ? summary + ". More: docs/detectors/" + id + ".md"
                                : summary + ". A detector of this project's own.",
                        "markdown",
                        DetectorPage.of(id).orElse(summary)),
                "defaultConfiguration",
                Tree.of("level", SarifReport.level(example.severity())),
                "properties",
                Tree.of("tags", List.of("training", example.kind().id())));
    }

    /** Detectors of a user's own are not loaded where reports are written. */
    private static String summary(String id) {
        Optional<String> known = Detectors.catalogue().stream()
                .filter(detector -> detector.id().equals(id))
                .map(DetectorInfo::summary)
                .findFirst();
        return known.orElseGet(() -> id.replace('-', ' '));
    }

    /** Returns for instance {@code ExplodingGradient}. */
    private static String name(String id) {
        return Stream.of(id.split("-"))
                .filter(word -> !word.isEmpty())
                .map(word -> Character.toUpperCase(word.charAt(0)) + word.substring(1))
                .collect(Collectors.joining());
    }
}
