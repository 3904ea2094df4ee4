package io.gradiometer.examples;

import io.gradiometer.finding.FindingIds;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A run of a faulty program beside what should have been found in it.
 *
 * @param example that the program belongs to
 * @param run of its faulty half
 */
record Judged(Example example, Run run) {

    /** Tells whether at least one alarm belongs to the fault. */
    boolean isDetected() {
        return run.hasAlarm(example::allows);
    }

    /** Returns the expected findings that are there. */
    long found() {
        return example.expected().stream()
                .filter(any -> run.hasAlarm(any::contains))
                .count();
    }

    List<Set<String>> missed() {
        return example.expected().stream()
                .filter(any -> !run.hasAlarm(any::contains))
                .toList();
    }

    /** Returns what should have been noted and was not. */
    List<String> unnoted() {
        return example.noted().stream().filter(id -> !run.found().contains(id)).toList();
    }

    /** Tells whether the finding is there, be it as a note, and belongs to the fault. */
    boolean shows(String findingId) {
        return run.found().contains(findingId) && example.allows(findingId);
    }

    List<Alarm> spurious() {
        return run.alarms().stream()
                .filter(alarm -> !example.allows(alarm.id()))
                .toList();
    }

    /** Tells whether the fault is one whose cause must be named, and not only a symptom. */
    boolean hasCause() {
        return causes().findAny().isPresent();
    }

    /** Tells whether the cause that stands first is one of those that must be named. */
    boolean isFirstCauseRight() {
        return run.alarms().stream()
                .filter(Alarm::cause)
                .findFirst()
                .filter(first -> causes().anyMatch(anyOf -> anyOf.contains(first.id())))
                .isPresent();
    }

    private Stream<Set<String>> causes() {
        return example.expected().stream().filter(anyOf -> anyOf.stream().allMatch(FindingIds::isCause));
    }

    /** Returns after how many iterations a right alarm was first raised; the largest number where none was. */
    int firstRightAlarm() {
        return run.firstRaised().entrySet().stream()
                .filter(raised -> example.allows(raised.getKey()))
                .mapToInt(raised -> raised.getValue())
                .min()
                .orElse(Integer.MAX_VALUE);
    }
}
