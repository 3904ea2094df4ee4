package io.gradiometer.examples;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** How right the diagnoses of many programs are. Programs that trained otherwise than they should do not count. */
final class Accuracy {

    private final List<Judged> faulty = new ArrayList<>();

    /** Each once, however many faulty programs it is the twin of. */
    private final Set<Run> twins = new LinkedHashSet<>();

    private final List<Pair> pairs = new ArrayList<>();
    private final List<Run> calibration = new ArrayList<>();
    private final List<Run> test = new ArrayList<>();
    private final List<String> left = new ArrayList<>();
    private int drawn;

    void add(Pair pair) {
        if (pair.isClear()) {
            pairs.add(pair);
            faulty.add(pair.judged());
            twins.add(pair.sound());
        } else {
            left.add("`" + pair.example().id() + "`, seed " + pair.sick().seed());
        }
    }

    /** Adds a program drawn by chance, which counts if it trained well. */
    void addDrawn(Run run, boolean forCalibration) {
        drawn++;
        if (run.isHealthy()) {
            (forCalibration ? calibration : test).add(run);
        }
    }

    int drawn() {
        return drawn;
    }

    int healthyDrawn() {
        return calibration.size() + test.size();
    }

    List<Judged> faulty() {
        return List.copyOf(faulty);
    }

    /** Returns the pairs of which one half did not train as it should. */
    List<String> left() {
        return List.copyOf(left);
    }

    List<Pair> pairs() {
        return List.copyOf(pairs);
    }

    /** Returns the pairs of an example, one for each seed. */
    List<Pair> pairsOf(Example example) {
        return pairs.stream()
                .filter(pair -> pair.example().id().equals(example.id()))
                .toList();
    }

    /** Faults that are worth no more than a note need not be detected. */
    Share detected() {
        List<Judged> grave =
                faulty.stream().filter(judged -> judged.example().isGrave()).toList();
        return new Share((int) grave.stream().filter(Judged::isDetected).count(), grave.size());
    }

    /** Returns how many of the findings that had to be there, be it as notes, are. */
    Share notes() {
        int noted = 0;
        int missed = 0;
        for (Judged judged : faulty) {
            noted += judged.example().noted().size();
            missed += judged.unnoted().size();
        }
        return new Share(noted - missed, noted);
    }

    /** Tells whether a faulty program shows the finding where it belongs, be it as a note. */
    boolean isShown(String id) {
        return faulty.stream().anyMatch(judged -> judged.shows(id));
    }

    Share labels() {
        int found = faulty.stream().mapToInt(judged -> (int) judged.found()).sum();
        int expected = faulty.stream()
                .mapToInt(judged -> judged.example().expected().size())
                .sum();
        return new Share(found, expected);
    }

    Share spurious() {
        int spurious =
                faulty.stream().mapToInt(judged -> judged.spurious().size()).sum();
        int all =
                faulty.stream().mapToInt(judged -> judged.run().alarms().size()).sum();
        return new Share(spurious, all);
    }

    Share firstCause() {
        List<Judged> caused = faulty.stream().filter(Judged::hasCause).toList();
        return new Share((int) caused.stream().filter(Judged::isFirstCauseRight).count(), caused.size());
    }

    /** Returns the median number of iterations until a right alarm, over the runs that have one. */
    int medianOfFirstRightAlarm() {
        int[] first = faulty.stream()
                .filter(Judged::isDetected)
                .mapToInt(Judged::firstRightAlarm)
                .sorted()
                .toArray();
        return first.length == 0 ? 0 : first[first.length / 2];
    }

    List<Run> twins() {
        return List.copyOf(twins);
    }

    List<Run> calibration() {
        return List.copyOf(calibration);
    }

    List<Run> test() {
        return List.copyOf(test);
    }

    static Share alarmed(List<Run> healthy) {
        return new Share(
                (int) healthy.stream().filter(run -> !run.alarms().isEmpty()).count(), healthy.size());
    }

    Stream<Run> healthy() {
        return Stream.of(twins, calibration, test).flatMap(Collection::stream);
    }

    /** Returns the ids that were expected or raised anywhere, in alphabetical order. */
    Set<String> ids() {
        Set<String> ids = new TreeSet<>();
        faulty.forEach(judged -> judged.example().expected().forEach(ids::addAll));
        faulty.forEach(judged -> judged.run().alarms().forEach(alarm -> ids.add(alarm.id())));
        healthy().forEach(run -> run.alarms().forEach(alarm -> ids.add(alarm.id())));
        return ids;
    }

    /** Returns how often the finding, or one that may stand for it, was there where it was expected. */
    Share foundWhereExpected(String id) {
        int expected = 0;
        int found = 0;
        for (Judged judged : faulty) {
            for (Set<String> anyOf : judged.example().expected()) {
                if (anyOf.contains(id)) {
                    expected++;
                    found += judged.run().hasAlarm(anyOf::contains) ? 1 : 0;
                }
            }
        }
        return new Share(found, expected);
    }

    /** Returns how many of the finding's alarms in faulty programs belong to the fault. */
    Share right(String id) {
        List<Judged> raised = faulty.stream()
                .filter(judged -> judged.run().hasAlarm(id::equals))
                .toList();
        return new Share(
                (int) raised.stream()
                        .filter(judged -> judged.example().allows(id))
                        .count(),
                raised.size());
    }

    Share falseAlarms(String id) {
        List<Run> all = healthy().toList();
        return new Share(
                (int) all.stream().filter(run -> run.hasAlarm(id::equals)).count(), all.size());
    }
}
