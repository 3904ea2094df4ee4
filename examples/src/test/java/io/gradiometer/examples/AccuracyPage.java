package io.gradiometer.examples;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** The page that tells how right the diagnoses are. */
final class AccuracyPage {

    private final Accuracy accuracy;
    private final Laboratory.Options options;
    private final StringBuilder text = new StringBuilder();

    private AccuracyPage(Accuracy accuracy, Laboratory.Options options) {
        this.accuracy = accuracy;
        this.options = options;
    }

    static String of(Accuracy accuracy, Laboratory.Options options) {
        AccuracyPage page = new AccuracyPage(accuracy, options);
        page.introduction();
        page.inAll();
        page.eachFinding();
        page.eachProgram();
        page.falseAlarms();
        return page.text.toString();
    }

    private void introduction() {
        line("# How right it is");
        line("");
        line(
                "Written by the laboratory, `mvn -Plaboratory verify`; not by hand. It trains %d faulty programs beside their"
                        + " healthy twins, over %d seeds, and %d programs drawn by chance from what is customary.",
                Catalogue.all().size(), options.seeds(), accuracy.drawn());
        line("");
        line(
                "**Healthy** is decided by rows held out alone, never by a detector: a program drawn counts if it reaches 90 %% of"
                        + " what can be reached over the best constant answer, or comes within 10 points of it having learned at least"
                        + " half; what can be reached is the score of the rule that made the data. %d of %d were healthy. Those of even"
                        + " number calibrate the limits, those of odd number test them: no limit may be chosen by looking at the latter.",
                accuracy.healthyDrawn(), accuracy.drawn());
        line("");
        line(
                "**A pair** counts if the twin reaches half of what can be reached and leads its faulty half by 15 %% of it.");
        if (!accuracy.left().isEmpty()) {
            line("Left out for that reason: %s.", String.join("; ", accuracy.left()));
        }
        line("");
        line(
                "**Intervals** are those of Clopper and Pearson, which hold for independent trials: programs drawn are; the seeds of"
                        + " one program are not, so their intervals are too narrow.");
        line("");
    }

    private void inAll() {
        line("## In all");
        line("");
        line("| what | measured | limit |");
        line("|---|---|---|");
        line(
                "| detected: a warning or error that belongs to the fault | %s | ≥ 95 %% |",
                accuracy.detected().withInterval());
        line("| labels: expected findings that are there | %s | ≥ 80 %% |", accuracy.labels());
        line("| notes: findings that must be there at least as a note | %s | |", accuracy.notes());
        line(
                "| spurious: warnings and errors on faulty programs that do not belong to the fault | %s | ≤ 15 %% |",
                accuracy.spurious());
        line(
                "| first cause: the cause that stands first is the right one | %s | ≥ 75 %% |",
                accuracy.firstCause().withInterval());
        line(
                "| false alarms on drawn healthy programs, test half | %s | ≤ 2 %% |",
                Accuracy.alarmed(accuracy.test()).withInterval());
        line(
                "| false alarms on drawn healthy programs, calibration half | %s | |",
                Accuracy.alarmed(accuracy.calibration()).withInterval());
        line(
                "| false alarms on healthy twins | %s | ≤ 2 %% |",
                Accuracy.alarmed(accuracy.twins()).withInterval());
        line(
                "| iterations until the first right alarm, median (looked for after 5, 10, 20, …) | %d | |",
                accuracy.medianOfFirstRightAlarm());
        line("");
    }

    private void eachFinding() {
        line("## Each finding");
        line("");
        line(
                "*There* counts where one of several findings may stand for the other, as soon as one of them is there. *Right* are"
                        + " the alarms in faulty programs that belong to the fault.");
        line("");
        line("| finding | there where expected | right | false alarms on healthy programs |");
        line("|---|---|---|---|");
        for (String id : accuracy.ids()) {
            line(
                    "| `%s` | %s | %s | %s |",
                    id,
                    accuracy.foundWhereExpected(id),
                    accuracy.right(id),
                    accuracy.falseAlarms(id).withInterval());
        }
        line("");
    }

    private void eachProgram() {
        line("## Each faulty program");
        line("");
        line(
                "Scores are means over the seeds, on rows held out; in brackets that of the best constant answer and that of the rule"
                        + " that made the data.");
        line("");
        line("| program | fault | score | twin | detected | expected | missed | spurious | first right alarm |");
        line("|---|---|---|---|---|---|---|---|---|");
        for (Example example : Catalogue.all()) {
            List<Judged> runs =
                    accuracy.pairsOf(example).stream().map(Pair::judged).toList();
            if (!runs.isEmpty()) {
                eachProgram(example, runs);
            }
        }
        line("");
    }

    private void eachProgram(Example example, List<Judged> runs) {
        List<Run> twins = accuracy.pairsOf(example).stream().map(Pair::sound).toList();
        Run one = runs.get(0).run();
        int found = (int) runs.stream().filter(Judged::isDetected).count();
        String missed = String.join(
                "; ",
                runs.stream()
                        .flatMap(judged -> judged.missed().stream())
                        .map(anyOf ->
                                String.join(" or ", anyOf.stream().sorted().toList()))
                        .distinct()
                        .toList());
        String spurious = String.join(
                ", ",
                runs.stream()
                        .flatMap(judged -> judged.spurious().stream())
                        .map(Alarm::id)
                        .distinct()
                        .toList());
        String expected = String.join(
                "; ",
                example.expected().stream()
                        .map(anyOf ->
                                String.join(" or ", anyOf.stream().sorted().toList()))
                        .toList());
        int first = runs.stream().mapToInt(Judged::firstRightAlarm).sorted().toArray()[runs.size() / 2];
        line(
                "| `%s` | %s | %.2f (%.2f, %.2f) | %.2f | %d/%d | %s | %s | %s | %s |",
                example.id(),
                example.fault(),
                mean(runs.stream().map(Judged::run).toList()),
                one.trivial(),
                one.reference(),
                mean(twins),
                found,
                runs.size(),
                expected,
                missed,
                spurious,
                first == Integer.MAX_VALUE ? "–" : Integer.toString(first));
    }

    private void falseAlarms() {
        line("## Every false alarm");
        line("");
        line(
                "`mvn -Plaboratory verify -Dlaboratory=\"--only NUMBER\"` runs a drawn program again, with its name a pair.");
        line("");
        List<Run> alarmed = accuracy.healthy()
                .filter(run -> !run.alarms().isEmpty())
                .sorted(Comparator.comparing(Run::seed))
                .toList();
        if (alarmed.isEmpty()) {
            line("None.");
        }
        for (Run run : alarmed) {
            line(
                    "- %s, seed or number %d, score %.3f of %.3f:",
                    run.program(), run.seed(), run.score(), run.reference());
            run.alarms().forEach(alarm -> line("  - %s", alarm));
        }
    }

    private static double mean(List<Run> runs) {
        return runs.stream().mapToDouble(Run::score).average().orElse(Double.NaN);
    }

    private void line(String format, Object... values) {
        text.append(values.length == 0 ? format.replace("%%", "%") : String.format(Locale.ROOT, format, values))
                .append('\n');
    }
}
