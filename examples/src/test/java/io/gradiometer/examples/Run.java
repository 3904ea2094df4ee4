package io.gradiometer.examples;

import io.gradiometer.finding.Diagnosis;
import io.gradiometer.finding.Finding;
import io.gradiometer.finding.Severity;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * What became of a program, and what was found in it.
 *
 * @param program its id
 * @param seed of data and weights
 * @param score on rows held out
 * @param trivial what the best constant answer scores on them
 * @param reference what the rule that made the data scores on them
 * @param iterations that it took
 * @param alarms in the order of the diagnosis
 * @param found ids of all findings, notes included
 * @param firstRaised the number of iterations after which each finding was first seen at warning or error
 * @param undecided detectors that could not decide
 */
record Run(
        String program,
        long seed,
        double score,
        double trivial,
        double reference,
        int iterations,
        List<Alarm> alarms,
        Set<String> found,
        Map<String, Integer> firstRaised,
        List<String> undecided) {

    /** Share of what can be reached that a healthy program reaches. */
    private static final double HEALTHY_SHARE = 0.9;

    /** How far below what can be reached a healthy program may stay all the same, if it learned at least half. */
    private static final double HEALTHY_DISTANCE = 0.1;

    /** Trains the program under observation. The diagnosis is asked for after 5, 10, 20, … iterations, and at the end. */
    static Run of(String id, Program program, long seed) {
        Task task = program.task().apply(seed);
        Learner learner = program.design().build(task, seed);
        Watch watch = new Watch();
        Observed observed = learner.observed(watch::after);
        watch.diagnosis = observed::diagnosis;
        if (program.validates()) {
            for (int epoch = 0; epoch < program.epochs(); epoch++) {
                learner.train(task.batches(program.batch()), 1);
                observed.validation(task.score(learner.answers(task.unseen())));
            }
        } else {
            learner.train(task.batches(program.batch()), program.epochs());
        }
        Diagnosis diagnosis = observed.diagnosis();
        watch.note(diagnosis);
        return new Run(
                id,
                seed,
                task.score(learner.answers(task.unseen())),
                task.trivial(),
                task.reference(),
                watch.iterations,
                alarms(diagnosis),
                diagnosis.findings().stream().map(Finding::id).collect(Collectors.toUnmodifiableSet()),
                watch.firstRaised,
                diagnosis.inconclusive().stream()
                        .map(undecided -> undecided.id() + " (" + undecided.missing() + ")")
                        .toList());
    }

    /** Tells whether the program learned what can be learned, which no detector has a say in. */
    boolean isHealthy() {
        double possible = reference - trivial;
        double learned = score - trivial;
        return learned >= HEALTHY_SHARE * possible
                || (score >= reference - HEALTHY_DISTANCE && learned >= possible / 2);
    }

    boolean hasAlarm(Predicate<String> id) {
        return alarms.stream().map(Alarm::id).anyMatch(id);
    }

    private static List<Alarm> alarms(Diagnosis diagnosis) {
        return diagnosis.findings().stream()
                .filter(finding -> finding.severity().isAtLeast(Severity.WARNING))
                .map(Alarm::of)
                .toList();
    }

    /** Looks at a run while it trains. */
    private static final class Watch {
        private static final int FIRST = 5;
        private final Map<String, Integer> firstRaised = new LinkedHashMap<>();
        private Supplier<Diagnosis> diagnosis = () -> {
            throw new IllegalStateException("nothing is observed yet");
        };
        private int iterations;
        private int next = FIRST;

        private void after(int iteration) {
            iterations++;
            if (iterations == next) {
                next *= 2;
                note(diagnosis.get());
            }
        }

        private void note(Diagnosis asOfNow) {
            for (Finding finding : asOfNow.findings()) {
                if (finding.severity().isAtLeast(Severity.WARNING)) {
                    firstRaised.putIfAbsent(finding.id(), iterations);
                }
            }
        }
    }
}
