package io.gradiometer.detector;

import io.gradiometer.finding.Finding;
import io.gradiometer.finding.FindingIds;
import io.gradiometer.finding.Remedy;
import io.gradiometer.finding.Severity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.BiPredicate;

/** Joins symptoms with the causes that explain them, and puts both in order. */
final class Story {

    private Story() {}

    /**
     * Returns symptoms, worst first, each naming its causes, likeliest first, and what cures the likeliest before all else; then the
     * causes in that order.
     *
     * @param explains whether a cause leads to a symptom, by their ids
     */
    static List<Finding> of(List<Finding> findings, BiPredicate<String, String> explains) {
        List<Finding> symptoms = findings.stream()
                .filter(finding -> finding.kind() == Finding.Kind.SYMPTOM)
                .sorted(Comparator.comparing(Finding::severity)
                        .reversed()
                        .thenComparing(symptom -> placeOf(symptom.id())))
                .toList();
        List<Finding> grave =
                symptoms.stream().filter(s -> s.severity() != Severity.INFO).toList();
        Comparator<Finding> likeliest = Comparator.comparingDouble(cause -> -likelihood(cause, grave, explains));
        List<Finding> causes = findings.stream()
                .filter(finding -> finding.kind() == Finding.Kind.CAUSE)
                .sorted(Comparator.comparing((Finding cause) -> cause.severity() == Severity.INFO)
                        .thenComparing(likeliest))
                .toList();
        List<Finding> ordered = new ArrayList<>();
        for (Finding symptom : symptoms) {
            List<Finding> leading = causes.stream()
                    .filter(cause -> cause.severity() != Severity.INFO || symptom.severity() == Severity.INFO)
                    .filter(cause -> explains.test(cause.id(), symptom.id()))
                    .toList();
            List<Remedy> cures = leading.stream()
                    .limit(1)
                    .map(cause -> cause.remedies().get(0))
                    .toList();
            ordered.add(symptom.because(leading.stream().map(Finding::id).toList(), cures));
        }
        ordered.addAll(causes);
        return ordered;
    }

    /** Those of custom detectors stand after ours. */
    private static int placeOf(String id) {
        int place = FindingIds.all().indexOf(id);
        return place < 0 ? Integer.MAX_VALUE : place;
    }

    /** A cause that leaves half of the symptoms unexplained is a quarter less likely than it looks by itself. */
    private static double likelihood(Finding cause, List<Finding> grave, BiPredicate<String, String> explains) {
        long explained = grave.stream()
                .filter(symptom -> explains.test(cause.id(), symptom.id()))
                .count();
        double share = grave.isEmpty() ? 1 : (double) explained / grave.size();
        return cause.confidence() * (0.5 + 0.5 * share);
    }
}
