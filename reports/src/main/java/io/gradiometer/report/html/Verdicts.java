package io.gradiometer.report.html;

import io.gradiometer.finding.Diagnosis;
import io.gradiometer.finding.Finding;
import io.gradiometer.finding.Undecided;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** The verdict on a run in words. */
final class Verdicts {

    private static final int FEW_LAYERS = 4;

    private Verdicts() {}

    /** Returns the findings that count, worst first. */
    static List<Finding> open(Diagnosis diagnosis) {
        return worstFirst(diagnosis.open());
    }

    /** Returns the findings that do not count, worst first. */
    static List<Finding> settled(Diagnosis diagnosis) {
        return worstFirst(diagnosis.findings().stream().filter(f -> !f.isOpen()).toList());
    }

    private static List<Finding> worstFirst(List<Finding> findings) {
        return findings.stream()
                .sorted(Comparator.comparing(Finding::severity).reversed())
                .toList();
    }

    /** Returns one sentence: the worst of it, or why there is nothing to say. */
    static String sentence(Diagnosis diagnosis) {
        List<Finding> open = open(diagnosis);
        return switch (diagnosis.health()) {
            case SICK, SUSPECT -> open.get(0).summary();
            case HEALTHY -> healthy(diagnosis);
            case INCONCLUSIVE -> "This run could not be judged; needed: " + missing(diagnosis) + ".";
        };
    }

    private static String healthy(Diagnosis diagnosis) {
        String seen = "in " + count(diagnosis.run().iterations(), "iteration");
        if (!open(diagnosis).isEmpty()) {
            return "Nothing was found that hurts this training " + seen + ", only something worth knowing.";
        }
        return settled(diagnosis).isEmpty()
                ? "Nothing was found that hurts this training, " + seen + "."
                : "Nothing counts against this training, " + seen + ": what was found is expected or set aside.";
    }

    private static String missing(Diagnosis diagnosis) {
        return diagnosis.inconclusive().stream()
                .map(Undecided::missing)
                .distinct()
                .collect(Collectors.joining("; "));
    }

    /** Returns for instance {@code in dense_1, dense_2}, or nothing where the whole network is meant. */
    static String place(Finding finding) {
        List<String> layers = finding.layers();
        if (layers.isEmpty()) {
            return "in the whole network";
        }
        String named = layers.stream().limit(FEW_LAYERS).collect(Collectors.joining(", "));
        int more = layers.size() - FEW_LAYERS;
        return "in " + named + (more > 0 ? " and " + more + " more" : "");
    }

    /** Returns for instance {@code 1 layer}, {@code 3 layers}. */
    static String count(long number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }
}
