package io.gradiometer.junit;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;

import io.gradiometer.config.Suggestion;
import io.gradiometer.detector.Detectors;
import io.gradiometer.finding.Diagnosis;
import io.gradiometer.finding.Disease;
import io.gradiometer.finding.Finding;
import io.gradiometer.finding.FindingText;
import io.gradiometer.finding.Health;
import io.gradiometer.finding.OneLine;
import io.gradiometer.finding.Severity;
import io.gradiometer.finding.Undecided;
import io.gradiometer.trace.RecordedRun;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/** The sentences of this module, so that verdicts and assertions speak alike. */
final class Texts {

    private Texts() {}

    /** Returns for instance {@code FraudModelTest.trains(): sick, 3 errors of one disease, 2 warnings in 2 networks}. */
    static String headline(String title, List<Diagnosis> networks) {
        List<String> parts = new ArrayList<>();
        parts.add(title + ": " + worst(networks).id());
        for (Severity severity : List.of(Severity.ERROR, Severity.WARNING, Severity.INFO)) {
            long number = 0;
            int diseases = 0;
            for (Diagnosis network : networks) {
                List<Finding> found = network.open().stream()
                        .filter(finding -> finding.severity() == severity)
                        .toList();
                number += found.size();
                diseases += Disease.of(found).size();
            }
            if (number > 0) {
                parts.add(counted(number, severity.id()) + (number > 1 && diseases == 1 ? " of one disease" : ""));
            }
        }
        String counts = String.join(", ", parts);
        return networks.size() > 1 ? counts + " in " + networks.size() + " networks" : counts;
    }

    private static Health worst(List<Diagnosis> networks) {
        for (Health health : List.of(Health.SICK, Health.SUSPECT, Health.INCONCLUSIVE)) {
            if (networks.stream().anyMatch(network -> network.health() == health)) {
                return health;
            }
        }
        return Health.HEALTHY;
    }

    static String noneObserved(String title) {
        return lines(
                title + ": no network was observed; call recorder.watch(model) or add the agent",
                "  where nothing trains, say so with @Undiagnosed(\"reason\")");
    }

    static String neverTrained(String title, List<Recorded> networks) {
        String watched = networks.size() == 1 ? "the network was watched" : networks.size() + " networks were watched";
        String reasons = networks.stream().map(Recorded::silence).distinct().collect(joining("; "));
        return title + ": " + watched + " but " + reasons + "; nothing can be said about a training that was not seen";
    }

    static String backendMissing(String title) {
        return lines(
                title + ": ND4J found no backend on the test class path, so nothing can train",
                "  add one of its own version in test scope: org.nd4j:nd4j-native-platform, which computes on the CPU, or"
                        + " nd4j-cuda-*-platform, which computes on a GPU");
    }

    /** Returns for instance {@code 14 networks observed, 6 sick, 0 suspect, 8 healthy}. */
    static String counts(List<RecordedRun> runs, Collection<Health> unwritten) {
        Map<Health, Long> byHealth = Stream.concat(
                        runs.stream()
                                .map(RecordedRun::diagnosis)
                                .filter(Objects::nonNull)
                                .map(Diagnosis::health),
                        unwritten.stream())
                .collect(groupingBy(health -> health, counting()));
        String counts = counted((long) runs.size() + unwritten.size(), "network") + " observed";
        for (Health health : List.of(Health.SICK, Health.SUSPECT, Health.HEALTHY)) {
            counts += ", " + byHealth.getOrDefault(health, 0L) + " " + health.id();
        }
        Long inconclusive = byHealth.get(Health.INCONCLUSIVE);
        return inconclusive == null ? counts : counts + ", " + inconclusive + " " + Health.INCONCLUSIVE.id();
    }

    static String counted(long number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }

    /** Renders findings of one network, each disease as a block. */
    static String findings(List<Finding> findings, Diagnosis network) {
        return FindingText.render(findings, network.run().seed());
    }

    /** Returns one line for each thing that detectors lacked to decide. */
    static String undecided(Diagnosis network) {
        return Undecided.byMissing(network.inconclusive()).entrySet().stream()
                .map(lack -> lack.getValue().stream().map(id -> "[" + id + "]").collect(joining(" "))
                        + " could not be judged, for want of " + OneLine.of(lack.getKey()))
                .collect(joining(System.lineSeparator()));
    }

    /** Says that a finding is not there, what is there instead, and what may have kept it from being there. */
    static String missing(String id, String layer, List<Diagnosis> networks) {
        String where = layer.isEmpty() ? "" : " in layer '" + layer + "'";
        return lines(
                "[" + id + "] was expected" + where + " and was not found; found instead: " + instead(networks),
                reasons(id, layer, networks));
    }

    private static String instead(List<Diagnosis> networks) {
        String found = networks.stream()
                .flatMap(network -> network.findings().stream())
                .map(Texts::inShort)
                .distinct()
                .collect(joining(", "));
        return found.isEmpty() ? "nothing" : found;
    }

    private static String inShort(Finding finding) {
        String text = "[" + finding.id() + "] (" + finding.severity().id() + ")";
        return finding.layers().isEmpty() ? text : text + " in " + quoted(finding.layers());
    }

    private static String reasons(String id, String layer, List<Diagnosis> networks) {
        Set<String> layers = new LinkedHashSet<>();
        networks.forEach(network -> layers.addAll(network.run().layers()));
        Stream<String> unknownLayer = layer.isEmpty() || layers.contains(layer)
                ? Stream.of()
                : Stream.of("  there is no layer '" + layer + "'" + Suggestion.of(layer, layers) + "; layers are "
                        + quoted(layers));
        Stream<String> unknownId = Detectors.findingIds().contains(id)
                ? Stream.of()
                : Stream.of("  '" + id + "' is no finding id" + Suggestion.of(id, Detectors.findingIds()));
        Stream<String> undecided = networks.stream()
                .flatMap(network -> network.inconclusive().stream())
                .filter(u -> u.id().equals(id))
                .map(u -> "  it could not be judged, for want of " + OneLine.of(u.missing()));
        return Stream.of(unknownLayer, unknownId, undecided)
                .flatMap(lines -> lines)
                .distinct()
                .collect(joining(System.lineSeparator()));
    }

    private static String quoted(Collection<String> names) {
        return names.stream().map(name -> "'" + OneLine.of(name) + "'").collect(joining(", "));
    }

    /** Joins blocks, empty ones left out. */
    static String lines(String... blocks) {
        return Stream.of(blocks).filter(block -> !block.isEmpty()).collect(joining(System.lineSeparator()));
    }
}
