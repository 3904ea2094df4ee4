package io.gradiometer.report.html;

import io.gradiometer.finding.Diagnosis;
import io.gradiometer.finding.Disease;
import io.gradiometer.finding.Finding;
import io.gradiometer.finding.Undecided;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The verdict on a run in words. */
final class Verdicts {

    private static final int FEW_LAYERS = 4;

    private Verdicts() {}

    /** Returns what counts, worst first. */
    static List<Disease> open(Diagnosis diagnosis) {
        return Disease.of(worstFirst(diagnosis.open()));
    }

    /** Returns what does not count, worst first. */
    static List<Disease> settled(Diagnosis diagnosis) {
        return Disease.of(worstFirst(
                diagnosis.findings().stream().filter(f -> !f.isOpen()).toList()));
    }

    private static List<Finding> worstFirst(List<Finding> findings) {
        return findings.stream()
                .sorted(Comparator.comparing(Finding::severity).reversed())
                .toList();
    }

    /** Returns the findings in the order of their numbers on the page. */
    static List<Finding> numbered(List<Disease> diseases) {
        return diseases.stream()
                .flatMap(disease -> Stream.concat(Stream.of(disease.head()), disease.others().stream()))
                .toList();
    }

    /** Returns the causes of a disease among its findings, likeliest first. */
    static List<Finding> causes(Disease disease) {
        List<String> because = disease.head().because();
        return disease.others().stream()
                .filter(finding -> because.contains(finding.id()))
                .sorted(Comparator.comparing(finding -> because.indexOf(finding.id())))
                .toList();
    }

    /** Returns one sentence that someone can read who never trained a network. */
    static String sentence(Diagnosis diagnosis) {
        return switch (diagnosis.health()) {
            case SICK -> Texts.say("verdict.sick", plain(open(diagnosis).get(0).head()));
            case SUSPECT ->
                Texts.say("verdict.suspect", plain(open(diagnosis).get(0).head()));
            case HEALTHY -> healthy(diagnosis);
            case INCONCLUSIVE -> Texts.say("verdict.inconclusive", missing(diagnosis));
        };
    }

    private static String plain(Finding head) {
        for (String cause : head.because()) {
            String because = Texts.find("plain." + cause);
            if (because != null) {
                return Texts.say("verdict.because", plainly(head), because);
            }
        }
        return plainly(head);
    }

    /** Detectors from outside have no plain words here: what they say themselves must do. */
    private static String plainly(Finding finding) {
        String plain = Texts.find("plain." + finding.id());
        return plain == null ? Names.sentence(finding.summary()).replaceFirst("\\.$", "") : plain;
    }

    private static String healthy(Diagnosis diagnosis) {
        String seen = count(diagnosis.run().iterations(), "iteration");
        if (!diagnosis.open().isEmpty()) {
            return Texts.say("verdict.healthy.notes", seen);
        }
        return Texts.say(diagnosis.findings().isEmpty() ? "verdict.healthy" : "verdict.healthy.settled", seen);
    }

    private static String missing(Diagnosis diagnosis) {
        return diagnosis.inconclusive().stream()
                .map(Undecided::missing)
                .distinct()
                .collect(Collectors.joining("; "));
    }

    /** Returns for instance {@code in dense_1, dense_2}, or that the whole network is meant. */
    static String place(Finding finding) {
        return "in " + layers(finding);
    }

    /** Returns the first few layers of a finding. */
    static String layers(Finding finding) {
        List<String> layers = finding.layers();
        if (layers.isEmpty()) {
            return Texts.say("place.network");
        }
        String named = layers.stream().limit(FEW_LAYERS).map(Names::brief).collect(Collectors.joining(", "));
        int more = layers.size() - FEW_LAYERS;
        return named + (more > 0 ? " and " + more + " more" : "");
    }

    /** Returns for instance {@code 1 layer}, {@code 3 layers}. */
    static String count(long number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }
}
