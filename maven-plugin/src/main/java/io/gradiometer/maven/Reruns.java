package io.gradiometer.maven;

import io.gradiometer.finding.Diagnosis;
import io.gradiometer.finding.OneLine;
import io.gradiometer.finding.RunInfo;
import io.gradiometer.trace.RecordedRun;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Of a test that ran more than once, the last time counts: of several sessions the last, in one JVM the last attempt.
 *
 * @param counted in order of their folders
 * @param flaky one sentence for each test whose attempts came out differently
 */
record Reruns(List<RecordedRun> counted, List<String> flaky) {

    Reruns {
        counted = List.copyOf(counted);
        flaky = List.copyOf(flaky);
    }

    /** A run of which the test is known. */
    private record OfTest(RecordedRun run, RunInfo info, RunInfo.TestRef test) {

        String name() {
            return info.module() + "/" + test.uniqueId();
        }

        String nameInJvm() {
            return run.folder().getParent() + "/" + name();
        }

        String health() {
            return Objects.requireNonNull(run.diagnosis()).health().id();
        }
    }

    static Reruns of(List<RecordedRun> runs) {
        List<OfTest> ofTests = new ArrayList<>();
        List<RecordedRun> counted = new ArrayList<>();
        for (RecordedRun run : runs) {
            Diagnosis diagnosis = run.diagnosis();
            RunInfo.TestRef test = diagnosis == null ? null : diagnosis.run().test();
            if (diagnosis == null || test == null) {
                counted.add(run);
            } else {
                ofTests.add(new OfTest(run, diagnosis.run(), test));
            }
        }
        List<String> flaky = new ArrayList<>();
        for (TreeMap<Integer, List<OfTest>> attempts : attempts(ofLastSessions(ofTests))) {
            List<OfTest> last = attempts.lastEntry().getValue();
            last.forEach(ofTest -> counted.add(ofTest.run()));
            String healths =
                    attempts.values().stream().map(Reruns::healths).distinct().collect(Collectors.joining(", then "));
            if (healths.contains(", then ")) {
                String title = last.get(0).info().title();
                flaky.add(OneLine.of(title + " is flaky: " + healths + "; the last result counts"));
            }
        }
        counted.sort(Comparator.comparing(run -> run.folder().toString()));
        flaky.sort(Comparator.naturalOrder());
        return new Reruns(counted, flaky);
    }

    private static List<OfTest> ofLastSessions(List<OfTest> runs) {
        Map<String, RunInfo> last = new HashMap<>();
        for (OfTest run : runs) {
            last.merge(run.name(), run.info(), (a, b) -> a.started().isAfter(b.started()) ? a : b);
        }
        return runs.stream()
                .filter(run -> run.info()
                        .session()
                        .equals(Objects.requireNonNull(last.get(run.name())).session()))
                .toList();
    }

    private static Iterable<TreeMap<Integer, List<OfTest>>> attempts(List<OfTest> runs) {
        Map<String, TreeMap<Integer, List<OfTest>>> attempts = new TreeMap<>();
        for (OfTest run : runs) {
            attempts.computeIfAbsent(run.nameInJvm(), name -> new TreeMap<>())
                    .computeIfAbsent(run.test().attempt(), number -> new ArrayList<>())
                    .add(run);
        }
        return attempts.values();
    }

    private static String healths(List<OfTest> attempt) {
        return attempt.stream().map(OfTest::health).distinct().sorted().collect(Collectors.joining(" and "));
    }
}
