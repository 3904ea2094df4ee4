package io.gradiometer.report;

import io.gradiometer.finding.Fact;
import io.gradiometer.finding.Finding;
import io.gradiometer.finding.Iterations;
import io.gradiometer.finding.Numbers;
import io.gradiometer.finding.Proof;
import io.gradiometer.finding.Remedy;
import java.util.List;
import java.util.stream.Collectors;

/** What several formats say of a finding alike; texts as they came, which each format then bounds and escapes. */
final class FindingWords {

    /** Layers and facts beyond these say nothing new. */
    private static final int FEW = 6;

    private FindingWords() {}

    /** Returns for instance {@code layers dense_0, dense_1, iterations 12 to 80}. */
    static String where(Finding finding) {
        Iterations seen = finding.iterations();
        String when = seen.first() == seen.last()
                ? "iteration " + seen.first()
                : "iterations " + seen.first() + " to " + seen.last();
        return layers(finding.layers()) + ", " + when;
    }

    private static String layers(List<String> layers) {
        if (layers.isEmpty()) {
            return "the whole network";
        }
        String named = layers.stream().limit(FEW).map(FindingWords::name).collect(Collectors.joining(", "));
        return (layers.size() == 1 ? "layer " : "layers ")
                + named
                + (layers.size() > FEW ? " and " + (layers.size() - FEW) + " more" : "");
    }

    /** Returns the observed values beside their limits; empty where there are none. */
    static String observed(Finding finding) {
        return finding.facts().stream().limit(FEW).map(FindingWords::fact).collect(Collectors.joining(", "));
    }

    private static String fact(Fact fact) {
        Double limit = fact.limit();
        String value = name(fact.key()) + " " + Numbers.format(fact.value());
        return limit == null ? value : value + " (limit " + Numbers.format(limit) + ")";
    }

    /** Returns a remedy with what trying it showed. */
    static String remedy(Remedy remedy) {
        Proof proof = remedy.proof();
        return proof.status() == Proof.Status.NOT_TRIED
                ? remedy.summary()
                : remedy.summary() + " (tried: " + proof.status().id() + ", " + name(proof.metric()) + " "
                        + Numbers.format(proof.before()) + " → " + Numbers.format(proof.after()) + ")";
    }

    /** One long name must not push out all that stands behind it. */
    private static String name(String text) {
        return PlainText.line(text, 100);
    }
}
