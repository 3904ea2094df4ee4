package io.gradiometer.maven;

import io.gradiometer.config.Configuration;
import io.gradiometer.config.Judge;
import io.gradiometer.config.Setting;
import io.gradiometer.finding.Diagnosis;
import io.gradiometer.finding.Finding;
import io.gradiometer.finding.OneLine;
import io.gradiometer.finding.Undecided;
import io.gradiometer.trace.RecordedRun;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Applies the core's judgement to every run of a build; it decides nothing itself. */
final class Gate {

    private final Judge judge;
    private final boolean failsUnread;

    Gate(Configuration configuration) {
        this.judge = new Judge(configuration, List.of());
        this.failsUnread = configuration.flag(Setting.FAIL_IF_INCONCLUSIVE);
    }

    /**
     * What a build has to say about its runs.
     *
     * @param warnings one for each finding or run that breaks a rule, and one for each folder that could not be read
     * @param counts in one line
     * @param broken whether a rule was broken
     */
    record Result(List<String> warnings, String counts, boolean broken) {
        Result {
            warnings = List.copyOf(warnings);
        }
    }

    /** Judges runs whose findings were marked before. */
    Result judge(List<RecordedRun> marked) {
        List<String> warnings = new ArrayList<>();
        Tally tally = new Tally();
        for (RecordedRun run : marked) {
            if (!run.problems().isEmpty()) {
                warnings.add(OneLine.of(String.join("; ", run.problems())));
            }
            Diagnosis diagnosis = run.diagnosis();
            if (diagnosis == null) {
                tally.unreadable(failsUnread);
            } else {
                judge(diagnosis, tally, warnings);
            }
        }
        return new Result(warnings, tally.toString(), tally.broken());
    }

    private void judge(Diagnosis diagnosis, Tally tally, List<String> warnings) {
        List<Finding> offending = judge.offending(diagnosis);
        boolean undecided = judge.failsAsInconclusive(diagnosis);
        String title = diagnosis.run().title();
        offending.forEach(finding -> warnings.add(FindingWarning.of(title, finding)));
        if (undecided) {
            warnings.add(OneLine.of(title + " could not be judged: " + missing(diagnosis)));
        }
        tally.judged(diagnosis, offending.size(), undecided);
    }

    private static String missing(Diagnosis diagnosis) {
        return diagnosis.inconclusive().stream().map(Gate::missing).collect(Collectors.joining("; "));
    }

    private static String missing(Undecided undecided) {
        return undecided.id() + " lacks " + undecided.missing();
    }
}
